import type { DayApplication } from "../../worker/features/dashboard/schema";
import { absolute, daysSince } from "../lib/time";
import { Button, Card, Icon } from "../ui";
import { shown } from "./greeting";

/** How long somebody has stood where they are, in days. */
function standing(iso: string): string {
  const days = daysSince(iso);
  return days === 1 ? "1 day" : `${days} days`;
}

/** Who has stood in an open stage for longest: nobody should be forgotten. */
export function Waiting({ applications }: { applications: readonly DayApplication[] }) {
  // Whoever came today has not waited yet.
  const long = applications.filter(({ enteredAt }) => daysSince(enteredAt) > 0);
  if (long.length === 0) return null;
  return (
    <Card title="Waiting longest" flush>
      <ul class="lines">
        {long.map((application) => (
          <li key={application.id} class="line">
            <span class="line-main">
              <a class="day-link" href={`/jobs/${application.jobId}?person=${application.id}`}>
                {application.name}
              </a>
              <span class="line-under">
                {application.stageName} · <a href={`/jobs/${application.jobId}`}>{application.jobTitle}</a>
              </span>
            </span>
            <time
              class="day-since num"
              dateTime={application.enteredAt}
              title={absolute(application.enteredAt)}
            >
              {standing(application.enteredAt)}
            </time>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Applications that may not be from people, until somebody looks at them. */
export function ToCheck({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <div class="day-note">
      <Icon name="shield-check" />
      <span>{count === 1 ? "1 application to check." : `${shown(count)} applications to check.`}</span>
      <Button size="s" href="/applications/held" iconEnd="arrow-right">
        Check
      </Button>
    </div>
  );
}

/** Documents that wait for somebody's look. */
export function ToReview({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <div class="day-note">
      <Icon name="file-check" />
      <span>
        {count === 1 ? "1 document waits for review." : `${shown(count)} documents wait for review.`}
      </span>
      <Button size="s" href="/documents/review" iconEnd="arrow-right">
        Review
      </Button>
    </div>
  );
}
