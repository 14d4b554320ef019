import type { CandidateHome, OwnApplication } from "../../worker/features/portal/schema";
import { sinceDay } from "../agent/standing";
import { date } from "../lib/time";

/** What stands at the top: a sentence, and what goes with it. */
export interface Standing {
  heading: string;
  lead: string;
}

/** Where one application stands, as a sentence. */
export function sentence({ kind, stage, job }: OwnApplication, organization: string): string {
  if (kind === "hired") return `The job ${job.title} is yours`;
  if (kind === "rejected") return `${organization} won’t go on with your application for ${job.title}`;
  if (kind === "withdrawn") return `Your application for ${job.title} is withdrawn`;
  return `Your application for ${job.title}: ${stage}`;
}

/** The sentence that says where a candidate stands, and since when. */
export function standing(home: CandidateHome, name: string, organization: string): Standing {
  const { confirmed, applications } = home;
  if (!confirmed) {
    return {
      heading: `Hello ${name}`,
      lead: `Your account at ${organization} is there. One thing is left to do.`,
    };
  }
  const open = applications.filter(({ kind }) => kind === "open");
  const byDate = (list: OwnApplication[]) => [...list].sort((a, b) => b.since.localeCompare(a.since));
  const [newest] = byDate(open.length > 0 ? open : applications);
  if (!newest) {
    return { heading: `Hello ${name}`, lead: `You have not applied for a job at ${organization} yet.` };
  }
  if (open.length > 1) {
    return {
      heading: `${open.length} of your applications are under way`,
      lead: `The latest news: ${newest.job.title} is in “${newest.stage}” since ${sinceDay(newest.since)}.`,
    };
  }
  return { heading: sentence(newest, organization), lead: `Since ${sinceDay(newest.since)}.` };
}

/** Until when an answer is promised, in words. */
export function promiseText(
  { promise }: Pick<OwnApplication, "promise">,
  organization: string,
): string | null {
  if (!promise) return null;
  return promise.late
    ? `${organization} promised you an answer by ${date(promise.by)}. It is late, and the team sees that too.`
    : `You get an answer by ${date(promise.by)}.`;
}
