import { useTeam } from "../lib/team";
import { Avatar, IconButton, Select } from "../ui";

export interface InterviewersProps {
  ids: readonly string[];
  onIds: (ids: string[]) => void;
  /** Names of those who are nobody's colleague, like the client's people. */
  names?: ReadonlyMap<string, string>;
  error?: string | null;
}

/** Who talks with the candidate. */
export function Interviewers({ ids, onIds, names, error }: InterviewersProps) {
  const team = useTeam();
  const nameOf = (id: string) => team.find((one) => one.id === id)?.name ?? names?.get(id) ?? "Somebody";
  const others = team.filter(({ id }) => !ids.includes(id));
  return (
    <div class="stack interviewers">
      <Select
        label="Interviewers"
        hint="None of them can be booked twice at the same time."
        error={error}
        value=""
        disabled={others.length === 0}
        placeholder={others.length === 0 ? "Everybody is in it" : "Add somebody"}
        options={others.map(({ id, name }) => ({ value: id, label: name }))}
        onValue={(id) => id && onIds([...ids, id])}
      />
      {ids.length > 0 && (
        <ul class="interviewer-list" aria-label="Chosen interviewers">
          {ids.map((id) => (
            <li key={id} class="interviewer">
              <Avatar name={nameOf(id)} id={id} size={24} />
              <span>{nameOf(id)}</span>
              <IconButton
                icon="x"
                size="s"
                label={`Take ${nameOf(id)} out`}
                onClick={() => onIds(ids.filter((other) => other !== id))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
