import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { RowOf } from "../../db/database";
import { type Ctx, userOf } from "../../events/context";
import { events } from "../../events/table";
import { iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { presentDocument } from "../documents/documents";
import { selectOpenRequests, selectOwnDocuments } from "../documents/own";
import { presentRequest } from "../documents/requests";
import { documentTypes } from "../documents/table";
import { presentForCandidate, selectForCandidate } from "../interviews/for-candidate";
import { jobs } from "../jobs/table";
import { publicNameOf } from "../pipelines/public-words";
import { applications, stages } from "../pipelines/table";
import { stagesAhead, wayOf } from "../status/view";
import { users } from "../users/table";
import type { OwnApplication, OwnApplicationDetail } from "./schema";

/** Applications of one person that are shown: far more than anybody has. */
const MOST = 100;
/** Steps of all their ways. */
const MOST_STEPS = 1000;

/**
 * The profile of the caller, as the login's own row has it at this moment: whoever has not proved the address has
 * none, and a session that is remembered doesn't know at once that somebody just did.
 */
export function ownProfileId(ctx: Ctx): SQL {
  return sql`(select candidate_id from ${users} where org_id = ${ctx.orgId} and id = ${userOf(ctx).id})`;
}

const APPLICATION = {
  id: applications.id,
  pipelineId: applications.pipelineId,
  stageId: applications.stageId,
  enteredAt: applications.enteredAt,
  replyBy: applications.replyBy,
  createdAt: applications.createdAt,
  version: applications.version,
  jobId: jobs.id,
  jobTitle: jobs.title,
  jobSlug: jobs.slug,
  jobStatus: jobs.status,
};

function selectRows(ctx: Ctx, its: SQL | undefined) {
  return ctx.db.select(APPLICATION, applications, {
    where: and(sql`${applications.candidateId} = ${ownProfileId(ctx)}`, its),
    orderBy: desc(applications.id),
    limit: MOST,
    join: [{ table: jobs, on: eq(jobs.id, applications.jobId) }],
  });
}

function selectSteps(ctx: Ctx, ids: SQL) {
  return ctx.db.select(
    {
      entityId: events.entityId,
      at: events.at,
      data: events.data,
      detail: events.detail,
      changeId: events.changeId,
    },
    events,
    {
      where: and(
        sql`${events.entityId} in ${ids}`,
        inArray(events.type, ["application.received", "application.status_changed"]),
      ),
      orderBy: [events.entityId, events.entitySeq],
      limit: MOST_STEPS,
    },
  );
}

/**
 * The queries that `presentOwn` makes the caller's own applications from, for screens that read them in one round
 * trip with what else they show.
 * @param id of one of them; all if left out
 */
export function selectOwn(ctx: Ctx, id?: string) {
  const its = id === undefined ? undefined : eq(applications.id, id);
  const found = (column: string) => sql`(select ${sql.raw(column)} from ${applications}
    where org_id = ${ctx.orgId} and candidate_id = ${ownProfileId(ctx)}
    ${id === undefined ? sql`` : sql`and id = ${id}`})`;
  return [
    selectRows(ctx, its),
    ctx.db.rows(stages, {
      where: sql`${stages.pipelineId} in ${found("pipeline_id")}`,
      orderBy: [stages.pipelineId, stages.position],
    }),
    selectSteps(ctx, found("id")),
    ctx.db.organization(),
  ] as const;
}
type Row = RowOf<typeof selectRows>;
type Step = RowOf<typeof selectSteps>;
type Stage = typeof stages.$inferSelect;

/** One of the caller's own applications, in the words that are meant for them. */
export function presentOwn(
  ctx: Pick<Ctx, "now">,
  row: Row,
  all: Stage[],
  steps: Step[],
  slug: string,
): OwnApplication & Pick<OwnApplicationDetail, "history"> {
  const order = all.filter((stage) => stage.pipelineId === row.pipelineId);
  const now = order.find((stage) => stage.id === row.stageId);
  if (!now) throw new Error(`Application ${row.id} stands in no stage of its pipeline.`);
  const way = wayOf({ order, steps: steps.filter((step) => step.entityId === row.id), row }, now);
  const name = publicNameOf(now);
  const open = now.kind === "open";
  const path = open
    ? stagesAhead(order, now, way).map(({ name, state, at }) => ({ name, state, at }))
    : way.map(({ name, at }, i) => ({
        name,
        state: i === way.length - 1 ? ("current" as const) : ("done" as const),
        at: iso(at),
      }));
  return {
    id: row.id,
    job: {
      id: row.jobId,
      title: row.jobTitle,
      href: row.jobStatus === "open" ? `/careers/${slug}/${row.jobSlug}` : null,
    },
    kind: now.kind,
    stage: name,
    since: iso(way.at(-1)?.at ?? row.enteredAt),
    appliedAt: iso(row.createdAt),
    next: now.publicNext,
    promise: row.replyBy === null || !open ? null : { by: iso(row.replyBy), late: row.replyBy < ctx.now() },
    stages: path.map(({ name, state, at }, i) => ({
      key: String(i),
      name,
      kind: state === "current" ? now.kind : "open",
      state,
      enteredAt: at,
    })),
    version: row.version,
    history: way.map(({ name, at }) => ({ name, at: iso(at) })).reverse(),
  };
}

/** The caller's own applications, the newest first. */
export async function listOwn(ctx: Ctx): Promise<{ data: OwnApplication[]; nextCursor: null }> {
  const [rows, order, steps, orgs] = await ctx.db.read(...selectOwn(ctx));
  const data = rows.map((row) => {
    const { history: _, ...shown } = presentOwn(ctx, row, order, steps, orgs[0]?.slug ?? "");
    return shown;
  });
  return { data, nextCursor: null };
}

/**
 * One of the caller's own applications: where it stands, its way, what is asked of them and what they sent.
 * @throws DomainError `not-found`
 */
export async function getOwn(ctx: Ctx, id: string): Promise<OwnApplicationDetail> {
  const whose = ownProfileId(ctx);
  const [rows, order, steps, orgs, rounds, people, busy, docs, asked, types] = await ctx.db.read(
    ...selectOwn(ctx, id),
    ...selectForCandidate(ctx, id),
    selectOwnDocuments(ctx, whose),
    selectOpenRequests(ctx, whose),
    ctx.db.rows(documentTypes),
  );
  const row = rows[0];
  if (!row) throw notFound("application");
  return {
    ...presentOwn(ctx, row, order, steps, orgs[0]?.slug ?? ""),
    interviews: presentForCandidate(ctx, rounds, people, busy),
    documents: docs.map((one) => presentDocument(one, types, ctx.now())),
    requests: asked.map((one) => presentRequest(one, types)),
  };
}
