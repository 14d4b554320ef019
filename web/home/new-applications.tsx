import type { DayApplication, MyDay } from "../../worker/features/dashboard/schema";
import { Ago } from "../lib/ago";
import { Button, Card, EmptyState } from "../ui";
import { shown } from "./greeting";

const NAMES = 3;
const list = new Intl.ListFormat("en", { type: "conjunction" });

/** New applications by their job, the job with the newest one first. */
export function byJob(applications: readonly DayApplication[]): DayApplication[][] {
  const jobs = new Map<string, DayApplication[]>();
  for (const application of applications) {
    const known = jobs.get(application.jobId);
    if (known) known.push(application);
    else jobs.set(application.jobId, [application]);
  }
  return [...jobs.values()];
}

export interface NewApplicationsProps {
  applications: readonly DayApplication[];
  /** How many there are in all. */
  count: number;
  scope: MyDay["scope"];
}

/** Who applied and wasn't looked at yet, with the way straight into looking. */
export function NewApplications({ applications, count, scope }: NewApplicationsProps) {
  return (
    <Card
      title="New applications"
      flush
      actions={
        count > 0 && (
          <span class="quiet num">{scope === "mine" ? shown(count) : `${shown(count)} in all jobs`}</span>
        )
      }
    >
      {applications.length === 0 ? (
        <EmptyState icon="inbox" title="Nobody new">
          {scope === "mine"
            ? "Whoever applies to a job in whose hiring team you are appears here."
            : "Whoever applies appears here."}
        </EmptyState>
      ) : (
        <ul class="lines">
          {byJob(applications).map((group) => {
            const [first] = group;
            if (!first) return null;
            const names = group.slice(0, NAMES).map(({ name }) => name);
            const more = group.length - names.length;
            const flagged = group.filter((one) => one.flagged).length;
            return (
              <li key={first.jobId} class="line">
                <span class="line-main">
                  <a class="day-link" href={`/jobs/${first.jobId}`}>
                    {first.jobTitle}
                  </a>
                  <span class="line-under">
                    {list.format(more > 0 ? [...names, `${more} more`] : names)}
                    {flagged > 0 && `, ${flagged} flagged`} · <Ago at={first.enteredAt} />
                  </span>
                </span>
                <Button
                  size="s"
                  href={`/jobs/${first.jobId}/triage`}
                  iconEnd="arrow-right"
                  aria-label={`Triage ${group.length} for ${first.jobTitle}`}
                >
                  Triage {group.length}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
