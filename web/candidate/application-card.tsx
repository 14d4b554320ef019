import type { OwnApplication } from "../../worker/features/portal/schema";
import { Ago } from "../lib/ago";
import { Card, StagePath } from "../ui";
import { promiseText, sentence } from "./standing";

export interface ApplicationCardProps {
  application: OwnApplication;
  organization: string;
}

/** One application among others: where it stands, its way, and what is promised. */
export function ApplicationCard({ application, organization }: ApplicationCardProps) {
  const { id, job, kind, stages, next, appliedAt } = application;
  const promise = promiseText(application, organization);
  return (
    <Card
      title={job.title}
      actions={
        <a href={`/my-applications/${id}`}>
          Details<span class="sr-only"> of your application for {job.title}</span>
        </a>
      }
    >
      <div class="stack">
        <p class="own-standing">
          {kind === "open" ? application.stage : sentence(application, organization)}
          <span class="quiet">
            , since <Ago at={application.since} />
          </span>
        </p>
        {stages.length > 1 && (
          <StagePath stages={stages} label={`The way of your application for ${job.title}`} />
        )}
        {kind === "open" && (next || promise) && (
          <p>
            {next} {promise}
          </p>
        )}
        <p class="quiet">
          You applied <Ago at={appliedAt} />.
        </p>
      </div>
    </Card>
  );
}
