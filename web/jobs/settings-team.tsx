import { useRef } from "preact/hooks";
import type { Job, JobTeam, TeamMember } from "../../worker/features/jobs/schema";
import { errorText, get, put } from "../lib/client";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, Loading, Skeleton, toast } from "../ui";
import { TeamPicker } from "./team-picker";

/** A job's hiring team, saved as one goes. */
export function SettingsTeam({ job }: { job: Job }) {
  const path = `/api/jobs/${job.id}/team`;
  const loaded = useLoad((signal) => get<JobTeam>(path, {}, { signal }), [path]);
  // One after the other: the last choice must be the last to arrive.
  const line = useRef(Promise.resolve());
  const save = (team: TeamMember[]) => {
    loaded.set((before) => ({ ...before, data: team }));
    line.current = line.current.then(async () => {
      try {
        await put<JobTeam>(path, { team: team.map(({ userId, role }) => ({ userId, role })) });
        toast({ text: "The hiring team is saved.", tone: "good" });
      } catch (error) {
        toast({ text: errorText(error), tone: "warn" });
        loaded.reload();
      }
    });
  };
  return (
    <div class="job-settings">
      <Card>
        {loaded.data ? (
          <TeamPicker team={loaded.data.data} onTeam={save} />
        ) : loaded.error ? (
          <LoadTrouble what="The hiring team" error={loaded.error} onRetry={loaded.reload} />
        ) : (
          <Loading label="Loading the hiring team">
            <Skeleton lines={4} />
          </Loading>
        )}
      </Card>
    </div>
  );
}
