import { eq, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { jobs } from "../jobs/table";
import { applications } from "../pipelines/table";
import type { EqualOpportunitySums } from "./schema";
import { equalOpportunityAnswers } from "./table";
import { EQUAL_OPPORTUNITY_QUESTIONS } from "./words";

/** People of the smallest group that is shown. */
export const SMALLEST_GROUP = 5;

/**
 * Which of some groups may be shown beside their sum: none smaller than five, and none by which a hidden one
 * could be worked out. What is hidden is always two groups at least, and five people.
 *
 * @returns the counts, null where they stay hidden
 */
export function shownGroups(counts: readonly number[]): (number | null)[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const hidden = new Set(counts.flatMap((count, i) => (count < SMALLEST_GROUP ? [i] : [])));
  if (total < SMALLEST_GROUP) return counts.map(() => null);
  const sum = () => [...hidden].reduce((people, i) => people + (counts[i] ?? 0), 0);
  // The smallest of those that are left goes with what could be told by subtraction.
  const rest = counts.map((_, i) => i).toSorted((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0));
  for (const i of rest) {
    if (hidden.size === 0 || (hidden.size > 1 && sum() >= SMALLEST_GROUP)) break;
    hidden.add(i);
  }
  return counts.map((count, i) => (hidden.has(i) ? null : count));
}

interface Cell {
  jobId: string;
  key: string;
  value: string;
  count: number;
}

/** How many said what, by job: of applications that the team took in. */
function selectCells(ctx: Ctx, jobId: string | null) {
  return ctx.db.sql<Cell>(sql`select e.job_id as jobId, a.key as key, a.value as value, count(*) as count
    from ${equalOpportunityAnswers} e join json_each(e.answers) a
    where e.org_id = ${ctx.orgId} and ${jobId === null ? sql`1` : sql`e.job_id = ${jobId}`}
      and exists (select 1 from ${applications} p where p.org_id = ${ctx.orgId} and p.id = e.application_id)
    group by e.job_id, a.key, a.value`);
}

const countsOf = (cells: readonly Cell[], key: string) => {
  const question = EQUAL_OPPORTUNITY_QUESTIONS.find((one) => one.key === key);
  return (question?.options ?? []).map(({ value }) =>
    cells.reduce((sum, cell) => sum + (cell.key === key && cell.value === value ? cell.count : 0), 0),
  );
};

/**
 * What the people of a job, or of the whole organization, said for statistics alone: sums of groups that are
 * large enough. Nothing here leads to a person, also not by subtracting jobs from the whole.
 * @throws DomainError `not-found`
 */
export async function equalOpportunitySums(ctx: Ctx, jobId: string | null): Promise<EqualOpportunitySums> {
  const [found, cells] = await ctx.db.read(
    ctx.db.select({ id: jobs.id }, jobs, { where: eq(jobs.id, jobId ?? "") }),
    selectCells(ctx, jobId),
  );
  if (jobId !== null && !found[0]) throw notFound("job");
  return {
    jobId,
    smallest: SMALLEST_GROUP,
    questions: EQUAL_OPPORTUNITY_QUESTIONS.map(({ key, label, options }) => {
      const counts = countsOf(cells, key);
      const groups = jobId === null ? ofAll(cells, key, counts) : shownGroups(counts);
      const answered = counts.reduce((sum, count) => sum + count, 0);
      const told = answered >= SMALLEST_GROUP && (jobId !== null || sumIsSafe(cells, key, answered));
      return {
        key,
        label,
        answered: told ? answered : null,
        groups: options.map((option, i) => ({ ...option, count: groups[i] ?? null })),
      };
    }),
  };
}

/** The answers to one question, apart by job. */
function byJob(cells: readonly Cell[], key: string): number[][] {
  const jobIds = [...new Set(cells.filter((cell) => cell.key === key).map((cell) => cell.jobId))];
  return jobIds.map((id) =>
    countsOf(
      cells.filter((cell) => cell.jobId === id),
      key,
    ),
  );
}

/** True where what several jobs hide is two of them at least and five people, or nothing. */
const isSafe = (hidden: readonly number[]) =>
  hidden.length === 0 ||
  (hidden.length > 1 && hidden.reduce((sum, count) => sum + count, 0) >= SMALLEST_GROUP);

function ofAll(cells: readonly Cell[], key: string, counts: readonly number[]): (number | null)[] {
  const jobsOf = byJob(cells, key).map((own) => ({ own, shown: shownGroups(own) }));
  const safe = counts.map((count, i) => {
    // Of jobs that show this group, it can be subtracted: what is left must not be one job's.
    const hidden = jobsOf.flatMap(({ own, shown }) => (shown[i] === null ? [own[i] ?? 0] : []));
    return isSafe(hidden.filter((people) => people > 0)) ? count : null;
  });
  // What falls out here is hidden like a group that is too small, with one more where it stands alone.
  const shown = shownGroups(counts.map((count, i) => (safe[i] === null ? 0 : count)));
  return shown.map((count, i) => (safe[i] === null ? null : count));
}

function sumIsSafe(cells: readonly Cell[], key: string, answered: number): boolean {
  const sums = byJob(cells, key).map((own) => own.reduce((sum, count) => sum + count, 0));
  return answered >= SMALLEST_GROUP && isSafe(sums.filter((sum) => sum < SMALLEST_GROUP));
}
