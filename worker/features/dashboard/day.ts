import { and, asc, eq, isNull, lte, type SQL, sql } from "drizzle-orm";
import { type Ctx, userOf } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { heldApplications } from "../apply/table";
import { documents } from "../documents/table";
import { jobs, jobTeam } from "../jobs/table";
import { notifications } from "../notifications/table";
import { applications, stages } from "../pipelines/table";
import { tasks } from "../tasks/table";
import { presentTask, selectTasks } from "../tasks/tasks";
import { clientScope } from "../users/scope";
import type { ClientHome, DayApplication, MyDay } from "./schema";
import { counted } from "./stats";
import { DUE_LOOKED_AT, HOME_DUE, HOME_MENTIONS, HOME_NEW, HOME_TASKS, HOME_WAITING } from "./words";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Days ahead of which tasks are shown. */
const AHEAD = 7;
/** Jobs that a home looks into, so that it costs the same for whoever is in hundreds of teams. */
const MOST_JOBS = 50;
const NEWEST_JOBS = 20;
/** Unread notifications among which mentions are looked for. */
const LOOKED_AT = 500;

interface PersonRow {
  id: string;
  candidateId: string | null;
  name: string;
  jobId: string;
  jobTitle: string;
  stage: string;
  stageName: string;
  enteredAt: number;
  rating: number | null;
  flagged: number;
}

const presentPerson = ({ enteredAt, flagged, ...row }: PersonRow): DayApplication => ({
  ...row,
  enteredAt: iso(enteredAt),
  flagged: flagged === 1,
});

/** `own`: the jobs under way whose team I am in. `picked`: those, or where there are none the newest open ones. */
function myJobs(ctx: Ctx): SQL {
  return sql`with own as (select j.id from ${jobTeam} t join ${jobs} j on j.org_id = t.org_id and j.id = t.job_id
      where t.org_id = ${ctx.orgId} and t.user_id = ${ctx.actor.id} and j.status in ('draft', 'open', 'on_hold')
      order by j.id desc limit ${MOST_JOBS}),
    picked as (select id from own union all select id from (select id from ${jobs}
      where org_id = ${ctx.orgId} and status = 'open' and not exists (select 1 from own)
      order by id desc limit ${NEWEST_JOBS}))`;
}

/**
 * People in some stages of some jobs by when they entered. Of each stage only as many are looked at as are
 * shown, in the order of the board's index, so that it never reads a whole stage.
 */
function selectPeople(
  ctx: Ctx,
  jobsOf: SQL,
  stage: SQL,
  order: "asc" | "desc",
  limit: number,
  shown = sql`archived = 0`,
) {
  const by = sql.raw(order);
  return ctx.db.sql<PersonRow>(sql`${jobsOf}
    select a.id, a.candidate_id as candidateId, a.name, j.id as jobId, j.title as jobTitle, s.key as stage,
      s.name as stageName, a.entered_at as enteredAt, a.rating, a.flags <> '[]' as flagged
    from picked cross join ${jobs} j on j.id = picked.id and j.org_id = ${ctx.orgId}
    cross join ${stages} s on s.org_id = ${ctx.orgId} and s.pipeline_id = j.pipeline_id and ${stage}
    cross join ${applications} a on a.id in (select id from ${applications}
      where org_id = ${ctx.orgId} and pipeline_id = s.pipeline_id and stage_id = s.id and ${shown}
      order by entered_at ${by}, id ${by} limit ${limit})
    order by a.entered_at ${by}, a.id ${by} limit ${limit}`);
}

/** Promised answers of all jobs that are due before a time, by the index of promises: the oldest ones only. */
const dueBefore = (ctx: Ctx, time: number): SQL =>
  sql`(select id, job_id, reply_by from ${applications} where org_id = ${ctx.orgId}
    and reply_by is not null and archived = 0 and reply_by < ${time} order by reply_by limit ${DUE_LOOKED_AT})`;

/** Of those jobs that the caller looks after, or of all where they look after none. */
const duePicked = sql`(d.job_id in (select id from own) or not exists (select 1 from own))`;

function selectDue(ctx: Ctx, time: number) {
  return ctx.db.sql<PersonRow & { replyBy: number }>(sql`${myJobs(ctx)}
    select a.id, a.candidate_id as candidateId, a.name, j.id as jobId, j.title as jobTitle, a.stage_key as stage,
      s.name as stageName, a.entered_at as enteredAt, a.rating, a.flags <> '[]' as flagged, d.reply_by as replyBy
    from ${dueBefore(ctx, time)} d cross join ${applications} a on a.id = d.id and +a.org_id = ${ctx.orgId}
    cross join ${jobs} j on j.id = d.job_id and j.org_id = ${ctx.orgId}
    cross join ${stages} s on s.id = a.stage_id and s.org_id = ${ctx.orgId}
    where ${duePicked} order by d.reply_by, a.id limit ${HOME_DUE}`);
}

/** What needs the caller today, in one round trip. */
export async function getMyDay(ctx: Ctx): Promise<MyDay> {
  const me = userOf(ctx).id;
  const now = ctx.now();
  const mine = and(eq(tasks.assigneeId, me), eq(tasks.status, "open"));
  const isNew = sql`s.kind = 'open' and s.status = 'NEW'`;
  const unread = sql`(select id, type from ${notifications}
    where org_id = ${ctx.orgId} and user_id = ${me} and read_at is null order by id desc limit ${LOOKED_AT})`;
  const [dated, undated, fresh, due, waiting, mentions, counts] = await ctx.db.read(
    selectTasks(ctx, and(mine, sql`${tasks.dueAt} is not null`, lte(tasks.dueAt, now + AHEAD * DAY_MS)), {
      orderBy: [asc(tasks.dueAt), asc(tasks.id)],
      limit: HOME_TASKS,
    }),
    selectTasks(ctx, and(mine, isNull(tasks.dueAt)), { orderBy: [asc(tasks.id)], limit: HOME_TASKS }),
    selectPeople(ctx, myJobs(ctx), isNew, "desc", HOME_NEW),
    selectDue(ctx, now + DAY_MS),
    selectPeople(ctx, myJobs(ctx), sql`s.kind = 'open'`, "asc", HOME_WAITING),
    ctx.db.rows(notifications, {
      where: sql`${notifications.id} in (select id from ${unread} where type = 'mention' order by id desc limit ${HOME_MENTIONS})`,
      orderBy: sql`${notifications.id} desc`,
    }),
    ctx.db.sql<MyDay["counts"] & { own: number }>(sql`${myJobs(ctx)}
      select (select count(*) from own) as own,
        ${counted(ctx, sql`${tasks}`, sql`assignee_id = ${me} and status = 'open'`)} as tasks,
        ${counted(ctx, sql`${tasks}`, sql`assignee_id = ${me} and status = 'open' and due_at < ${now}`)} as overdueTasks,
        coalesce((select sum(s.count) from picked cross join ${jobs} j on j.id = picked.id and j.org_id = ${ctx.orgId}
          cross join ${stages} s on s.org_id = ${ctx.orgId} and s.pipeline_id = j.pipeline_id and ${isNew}), 0)
          as newApplications,
        (select count(*) from ${unread} where type = 'mention') as mentions,
        (select count(*) from ${dueBefore(ctx, now)} d where ${duePicked}) as overdueAnswers,
        ${counted(ctx, sql`${heldApplications}`, sql`status = 'waiting'`)} as applicationsToCheck,
        ${counted(ctx, sql`${documents}`, sql`status = 'pending'`)} as documentsToReview`),
  );
  const { own = 0, ...numbers } = counts[0] ?? {
    tasks: 0,
    overdueTasks: 0,
    newApplications: 0,
    mentions: 0,
    documentsToReview: 0,
    overdueAnswers: 0,
    applicationsToCheck: 0,
  };
  return {
    scope: own > 0 ? "mine" : "all",
    tasks: [...dated, ...undated].slice(0, HOME_TASKS).map((row) => presentTask(ctx, row)),
    newApplications: fresh.map(presentPerson),
    answersDue: due.map(({ replyBy, ...row }) => ({ ...presentPerson(row), replyBy: iso(replyBy) })),
    waiting: waiting.map(presentPerson),
    mentions: mentions.map(({ id, title, message, entityType, entityId, createdAt }) => ({
      id,
      title,
      message,
      entityType,
      entityId,
      createdAt: iso(createdAt),
    })),
    counts: numbers,
  };
}

/**
 * A client user's open jobs, and the people shared with the client who moved last. How people answered
 * and are rated stays the team's.
 * @throws DomainError `not-found` for whoever isn't of a client
 */
export async function getClientHome(ctx: Ctx): Promise<ClientHome> {
  const client = clientScope(ctx);
  if (client === null) throw notFound("client home");
  const open = and(eq(jobs.clientId, client), eq(jobs.status, "open"));
  const picked = sql`with picked as (select id from ${jobs}
    where org_id = ${ctx.orgId} and client_id = ${client} and +status = 'open' order by id desc limit ${MOST_JOBS})`;
  const [openings, people] = await ctx.db.read(
    ctx.db.select(
      {
        id: jobs.id,
        title: jobs.title,
        location: jobs.location,
        openings: jobs.openings,
        postedAt: jobs.postedAt,
        shared: jobs.sharedCount,
      },
      jobs,
      { where: open, orderBy: sql`${jobs.id} desc`, limit: MOST_JOBS },
    ),
    // In the words of the partial index, so that SQLite uses it.
    selectPeople(
      ctx,
      picked,
      sql`1`,
      "desc",
      HOME_NEW,
      sql`client_id = ${client} and shared_with_client = 1 and archived = 0`,
    ),
  );
  return {
    jobs: openings.map(({ postedAt, ...job }) => ({ ...job, postedAt: isoOrNull(postedAt) })),
    applications: people.map((row) => ({ ...presentPerson(row), flagged: false })),
  };
}
