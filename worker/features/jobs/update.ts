import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { commit, type NewAudit, type NewEvent, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, DomainError, invalid, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { selectClient } from "../clients/clients";
import { countJobs } from "../clients/counts";
import { pipelines } from "../pipelines/table";
import { users } from "../users/table";
import { selectApplied, someoneApplied } from "./applied";
import { statusEvent, updatedEvent } from "./events";
import { getJob, type JobRow, presentJob, selectJobs } from "./jobs";
import { activeClient } from "./new-job";
import type { Job, JobChange } from "./schema";
import { jobs, jobTeam } from "./table";
import { indexJobs } from "./text";
import { CLOSING_CHOICES, JOB_TRANSITIONS, type JobStatus } from "./words";

type Fields = Omit<JobChange, "openApplications" | "reason">;

/** Statuses in which a job has ended. */
const ENDED: readonly JobStatus[] = ["closed", "filled"];
const words = (status: JobStatus) => status.replace("_", " ");

/**
 * Changes the sent fields of a job, its status too. Values that are there already change nothing.
 * @throws DomainError `not-found`, `outdated`, `invalid`; `conflict` for a status that can't follow, for people
 * under way of whom nothing is said, and for another client once somebody applied
 */
export async function updateJob(ctx: Ctx, id: string, sent: JobChange, ifVersion?: number): Promise<Job> {
  const { openApplications, reason: _reason, ...change } = sent;
  const attempt = async (): Promise<Job> => {
    const [rows, clientRows, applied] = await ctx.db.read(
      selectJobs(ctx, eq(jobs.id, id)),
      selectClient(ctx, change.clientId ?? ""),
      selectApplied(ctx, change.clientId === undefined ? "" : id),
    );
    const old = rows[0];
    if (!old) throw notFound("job");
    const current = presentJob(ctx, old);
    if (ifVersion !== undefined && ifVersion !== old.version) throw outdated(current);
    const fields = (Object.keys(change) as (keyof Fields)[]).filter(
      (key) => JSON.stringify(change[key]) !== JSON.stringify(old[key]),
    );
    const at = ctx.now();
    const status = change.status ?? old.status;
    checkStatus(current, status, openApplications);
    const moves = fields.includes("clientId");
    const client = moves ? activeClient(ctx, clientRows[0]) : undefined;
    if (client && applied.length > 0) {
      throw conflict(
        `People applied to this job at ${old.clientName}. Duplicate it for ${client.companyName} instead.`,
        current,
      );
    }
    const dates = datesOf(old, status, at);
    const counted = { version: old.version + 1, updatedAt: at };
    const next: JobRow = { ...old, ...change, ...dates, ...counted };
    if (client) next.clientName = client.companyName;
    checkRanges(next);
    if (fields.length === 0 && (openApplications ?? "keep") === "keep") return current;

    const changeId = newId("chg", at);
    const won = sql`exists (select 1 from ${jobs}
      where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
    const guard = and(
      eq(jobs.id, id),
      eq(jobs.version, old.version),
      moves ? sql`not ${someoneApplied(ctx, id)}` : undefined,
    );
    return await commit(ctx, {
      id: changeId,
      won: { table: jobs, id },
      writes: [
        ctx.db.update(jobs, { ...change, ...dates, ...counted, changeId }, guard),
        ...indexJobs(ctx, eq(jobs.id, id), won),
        ...recount(ctx, old, next, won),
        ...(moves ? [leaveTeam(ctx, old, won)] : []),
        // The pipeline is called what its job is called.
        ctx.db.update(
          pipelines,
          { name: next.title, updatedAt: at },
          and(eq(pipelines.id, old.pipelineId), sql`${pipelines.name} <> ${next.title}`, won),
        ),
      ],
      events: eventsOf(old, next, fields, sent),
      audit: auditOf(old, next, fields, sent),
      result: presentJob(ctx, next),
    });
  };
  return await onceMore(attempt, () => getJob(ctx, id));
}

/** @throws DomainError `conflict`, `invalid` */
function checkStatus(current: Job, status: JobStatus, openApplications: JobChange["openApplications"]): void {
  const changes = status !== current.status;
  const next = JOB_TRANSITIONS[current.status];
  if (changes && !next.includes(status)) {
    throw conflict(
      `This job is ${words(current.status)}, so it can't become ${words(status)}. It can become ${next.map(words).join(" or ")}.`,
      current,
    );
  }
  const ends = ENDED.includes(status);
  if (openApplications !== undefined && !ends) {
    throw invalid("openApplications", "This goes with a status that ends the job: closed or filled.");
  }
  const people = current.activeCount ?? 0;
  if (changes && ends && people > 0 && openApplications === undefined) {
    throw new DomainError(
      "conflict",
      `${people === 1 ? "One person is" : `${people} people are`} still under way for this job. Say what becomes of them: send openApplications as ${CLOSING_CHOICES.join(", ")}.`,
      { current, more: { openApplications: people } },
    );
  }
}

/** The ends of a range may come one by one, so what is stored counts too. @throws DomainError `invalid` */
function checkRanges(job: JobRow): void {
  for (const [low, high] of [
    ["experienceMin", "experienceMax"],
    ["salaryMin", "salaryMax"],
  ] as const) {
    const [from, to] = [job[low], job[high]];
    if (from !== null && to !== null && from > to) {
      throw invalid(high, `The minimum of this job is ${from}, which is more than ${to}.`);
    }
  }
}

/** Since when a job is posted and ended. Coming back from hold is no new posting. */
function datesOf(old: JobRow, status: JobStatus, at: number): Partial<Pick<JobRow, "postedAt" | "closedAt">> {
  if (status === old.status) return {};
  if (ENDED.includes(status)) return { closedAt: old.closedAt ?? at };
  const postedAt =
    status === "open" && (old.status !== "on_hold" || old.postedAt === null) ? at : old.postedAt;
  return { postedAt, closedAt: null };
}

function recount(ctx: Ctx, old: JobRow, next: JobRow, won: SQL): Statement[] {
  const [was, is] = [old, next].map(({ status }) => (status === "open" ? 1 : 0)) as [number, number];
  if (next.clientId !== old.clientId) {
    return [
      countJobs(ctx, old.clientId, { jobs: -1, open: -was }, won),
      countJobs(ctx, next.clientId, { jobs: 1, open: is }, won),
    ];
  }
  return is === was ? [] : [countJobs(ctx, old.clientId, { jobs: 0, open: is - was }, won)];
}

/** People of the client that the job was at have no part in it at another one. */
function leaveTeam(ctx: Ctx, old: JobRow, won: SQL): Statement {
  return ctx.db.delete(
    jobTeam,
    and(
      eq(jobTeam.jobId, old.id),
      sql`${jobTeam.userId} in (select id from ${users}
        where org_id = ${ctx.orgId} and client_id = ${old.clientId} and client_id is not null)`,
      won,
    ),
  );
}

function eventsOf(old: JobRow, next: JobRow, fields: string[], sent: JobChange): NewEvent[] {
  const { openApplications, reason } = sent;
  const others = fields.filter((field) => field !== "status");
  const closing = {
    ...(openApplications ? { openApplications } : {}),
    ...(openApplications && reason ? { reason } : {}),
  };
  return [
    ...(others.length < fields.length || openApplications ? [statusEvent(next, old, closing)] : []),
    ...(others.length > 0 ? [updatedEvent(next, others)] : []),
  ];
}

function auditOf(old: JobRow, next: JobRow, fields: (keyof Fields)[], sent: JobChange): NewAudit[] {
  const entity = { type: "job", id: old.id };
  const { openApplications, reason } = sent;
  const closing = { ...(openApplications ? { openApplications } : {}), ...(reason ? { reason } : {}) };
  const others = fields.filter((field) => field !== "status");
  // A description is long, and its change is told well enough by its name.
  const kept = others.filter((field) => field !== "description");
  const values = (row: JobRow) => Object.fromEntries(kept.map((field) => [field, row[field]]));
  return [
    ...(others.length < fields.length || openApplications
      ? [
          {
            action: "JOB_STATUS_CHANGE" as const,
            entity,
            oldValue: { status: old.status },
            newValue: { status: next.status },
            metadata: closing,
          },
        ]
      : []),
    ...(others.length > 0
      ? [
          {
            action: "JOB_UPDATE" as const,
            entity,
            oldValue: values(old),
            newValue: values(next),
            metadata: { fields: others },
          },
        ]
      : []),
  ];
}
