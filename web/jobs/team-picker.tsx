import type { TeamMember } from "../../worker/features/jobs/schema";
import { TEAM_ROLES } from "../../worker/features/jobs/words";
import type { Colleagues } from "../../worker/features/users/schema";
import { errorText, get } from "../lib/client";
import { useLoad } from "../lib/load";
import { Avatar, Banner, Button, EmptyState, IconButton, Select } from "../ui";
import { teamRoleWord } from "./words";

export interface TeamPickerProps {
  team: readonly TeamMember[];
  onTeam: (team: TeamMember[]) => void;
}

const ROLES = TEAM_ROLES.map((value) => ({ value, label: teamRoleWord(value) }));

/** Who works on a job, and as what. */
export function TeamPicker({ team, onTeam }: TeamPickerProps) {
  const loaded = useLoad((signal) => get<Colleagues>("/api/me/team", {}, { signal }), []);
  const others = (loaded.data?.data ?? []).filter(({ id }) => !team.some(({ userId }) => userId === id));
  return (
    <div class="stack job-team">
      {team.length === 0 ? (
        <EmptyState icon="users" title="Nobody is in the hiring team yet">
          Whoever is in it hears of new applications, and finds the job under “My jobs”.
        </EmptyState>
      ) : (
        <ul class="job-team-list" aria-label="Hiring team">
          {team.map((member) => (
            <li key={member.userId} class="job-team-member">
              <Avatar name={member.name} id={member.userId} size={28} />
              <span class="job-team-who">
                <strong>{member.name}</strong>
                <span class="quiet job-team-mail">{member.email}</span>
              </span>
              <Select
                label={`What ${member.name} does`}
                hideLabel
                value={member.role}
                options={
                  ROLES.some(({ value }) => value === member.role)
                    ? ROLES
                    : [...ROLES, { value: member.role, label: member.role }]
                }
                onValue={(role) =>
                  onTeam(team.map((one) => (one.userId === member.userId ? { ...one, role } : one)))
                }
              />
              <IconButton
                icon="x"
                size="s"
                label={`Take ${member.name} out`}
                onClick={() => onTeam(team.filter(({ userId }) => userId !== member.userId))}
              />
            </li>
          ))}
        </ul>
      )}
      {loaded.error && !loaded.data ? (
        <Banner tone="warn" action={<Button onClick={loaded.reload}>Try again</Button>}>
          Your colleagues can’t be listed. {errorText(loaded.error)}
        </Banner>
      ) : (
        <div class="job-team-add">
          <Select
            label="Add a colleague"
            value=""
            disabled={others.length === 0}
            placeholder={
              !loaded.data ? "Loading…" : others.length === 0 ? "Everybody is in it" : "Choose somebody"
            }
            options={others.map(({ id, name, role }) => ({
              value: id,
              label: role === "admin" ? `${name} (admin)` : name,
            }))}
            onValue={(id) => {
              const found = others.find((one) => one.id === id);
              if (found)
                onTeam([
                  ...team,
                  { userId: found.id, name: found.name, email: found.email, role: "recruiter" },
                ]);
            }}
          />
        </div>
      )}
    </div>
  );
}
