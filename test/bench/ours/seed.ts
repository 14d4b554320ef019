import { type SQL, sql } from "drizzle-orm";
import type { OrgDatabase, Statement } from "../../../worker/db/database";
import { PEOPLE_INDEX } from "../../../worker/db/search";
import type { Env } from "../../../worker/env";
import { commit } from "../../../worker/events/commit";
import { systemCtx } from "../../../worker/events/context";
import { events } from "../../../worker/events/table";
import { newAgent } from "../../../worker/features/agents/new-agent";
import { agents } from "../../../worker/features/agents/table";
import { createClient } from "../../../worker/features/clients/change";
import { NewClient } from "../../../worker/features/clients/schema";
import { documents } from "../../../worker/features/documents/table";
import { createJob } from "../../../worker/features/jobs/new-job";
import { NewJob } from "../../../worker/features/jobs/schema";
import { newOrganization } from "../../../worker/features/organizations/organizations";
import { applications, pipelines, stageActions, stages } from "../../../worker/features/pipelines/table";
import { newSession } from "../../../worker/features/sessions/sessions";
import { newUserRow } from "../../../worker/features/users/register";
import { users } from "../../../worker/features/users/table";
import type { Role } from "../../../worker/features/users/words";
import { newId } from "../../../worker/lib/ids";
import { fillJob } from "../../fixtures/many";

interface Wanted {
  /** People who applied for the organization's one job. */
  applicants: number;
  /** The statements of every migration, once. */
  migrations?: string[];
  name: string;
  people: number;
}

const HOUR = 60 * 60 * 1000;
/** The stage that the i-th person stands in, by position: every stage has somebody. */
const SPREAD = [0, 0, 1, 1, 2, 2, 2, 3, 4, 5, 5, 5, 6, 7, 8];
const FIRST = ["Ada", "Bela", "Chidi", "Dana", "Elif", "Femi", "Goran", "Hana", "Ines", "Jonas", "Kaya"];
const LAST = [
  "Lund",
  "Moreau",
  "Novak",
  "Okafor",
  "Petrov",
  "Quinn",
  "Rossi",
  "Sato",
  "Tamm",
  "Ueda",
  "Vale",
  "Weiss",
];

/**
 * An organization with a team, one agent who can log in, and a pool of that many people with their
 * events and documents. The team's people are made by the product; the many by SQL, which is quick.
 */
export async function seed(env: Env, wanted: Wanted) {
  for (const statement of wanted.migrations ?? []) await env.DB.prepare(statement).run();
  const work: Promise<unknown>[] = [];
  const orgId = newId("org");
  const ctx = systemCtx(env, orgId, (task) => work.push(task));
  const made = newOrganization(ctx, { name: `Bench ${wanted.name}`, slug: `bench-${wanted.name}` });
  await commit(ctx, { id: newId("chg"), writes: made.writes, audit: [], result: null });
  const [[pool], order] = await ctx.db.read(
    ctx.db.select({ id: pipelines.id }, pipelines),
    ctx.db.select({ id: stages.id, key: stages.key }, stages, { orderBy: stages.position }),
  );
  if (!pool) throw new Error("The new organization has no agent pool.");

  const people = await fill(ctx.db, pool.id, wanted, ctx.now());
  const letIn = async (
    name: string,
    role: Role,
    rest: (row: typeof users.$inferSelect) => Promise<Statement[]>,
  ) => {
    const row = newUserRow(ctx, {
      email: `${name}@${wanted.name}.test`,
      firstName: name,
      lastName: "Bench",
      role,
    });
    const statements = await rest(row);
    const { writes, session } = await newSession(ctx, row, { device: "Bench", address: null });
    await ctx.db.write([ctx.db.insert(users, row), ...statements, ...writes]);
    return session.accessToken;
  };
  const team = [];
  for (const name of ["rea", "sol", "tia", "uri"]) team.push(await letIn(name, "recruiter", async () => []));
  const admin = await letIn("ann", "admin", async () => []);
  let agentId = "";
  const agent = await letIn("ash", "agent", async (row) => {
    const { email, firstName, lastName, phone } = row;
    const entry = await newAgent(ctx, { userId: row.id, email, firstName, lastName, phone, source: "bench" });
    row.agentId = agentId = entry.agent.id;
    return entry.writes;
  });
  const client = await createClient(ctx, NewClient.parse({ companyName: "Bench client" }));
  const job = await createJob(ctx, NewJob.parse({ clientId: client.id, title: "Bench job" }));
  const applications = await fillJob(ctx, job, wanted.applicants, `${wanted.name}job`);
  await Promise.all(work);
  const hiring = { jobId: job.id, pipelineId: job.pipelineId, applications };
  return { orgId, pipelineId: pool.id, stages: order, people, team, admin, agent, agentId, hiring };
}

/** The many, by SQL: people with their applications, index rows, events and documents, and kept counts. */
async function fill(
  db: OrgDatabase,
  pipelineId: string,
  { name, people }: Wanted,
  now: number,
): Promise<string[]> {
  const org = db.orgId;
  // D1 binds every number as a real one, and a path in JSON wants a whole one.
  const pick = (list: unknown[]) =>
    sql`json_extract(${JSON.stringify(list)}, '$[' || (i % cast(${list.length} as integer)) || ']')`;
  const series = (columns: SQL, more: SQL = sql``) => sql`
    with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${people}),
    p as (select i, printf('agt_%010d%s', i, ${name}) as agent, printf('app_%010d%s', i, ${name}) as application,
      ${pick(FIRST)} as first,
      ${pick(LAST)} as last,
      ${pick(SPREAD)} as place,
      ${now - 90 * 24 * HOUR} + i * 90000 as at from n),
    who as (select p.*, s.id as stage, s.key as status from p join ${stages} s
      on s.org_id = ${org} and s.pipeline_id = ${pipelineId} and s.position = p.place)
    select ${columns} from who ${more}`;
  const offset = people * 1_000_000;
  const state = sql`who.at + who.place * ${HOUR}`;
  const event = (
    type: string,
    seq: number,
    data: SQL,
  ) => sql`insert into ${events} (id, org_id, type, at, actor_kind,
    actor_id, entity_type, entity_id, entity_seq, pipeline_id, data, detail, change_id, dispatch, next_at)
    ${series(
      sql`replace(agent, 'agt_', ${`evt_${seq}`}), ${org}, ${type}, ${state}, 'system', 'portico', 'agent', agent,
        ${seq}, ${pipelineId}, ${data}, json_object('stageId', stage), replace(agent, 'agt_', ${`chg_${seq}`}), 'done',
        ${state}`,
      seq === 1 ? sql`` : sql`where place > 0`,
    )}`;
  const statements = [
    sql`insert into ${agents} (id, org_id, search_key, email, first_name, last_name, phone, headline, city, country,
      time_zone, skills, languages, pipeline_id, application_id, status, status_since, created_at, updated_at)
      ${series(sql`agent, ${org}, cast(${offset} as integer) + i, lower(first) || '.' || i || '@example.test', first, last,
        '+1 555 01' || (i % 100), 'Contact centre agent', 'Lisbon', 'PT', 'Europe/Lisbon', '["sales","support"]',
        '["en","pt"]', ${pipelineId}, application, status, ${state}, at, at`)}`,
    sql`insert into ${applications} (id, org_id, pipeline_id, stage_id, stage_key, agent_id, name, entered_at, tags, waiting_for,
      waiting_since, source, created_at, updated_at)
      ${series(sql`application, ${org}, ${pipelineId}, stage, status, agent, first || ' ' || last, ${state},
        case when i % 4 = 0 then '["night shift"]' else '[]' end,
        case when place < 2 then 'no W-9' when place = 2 then 'W-9 to review' when place < 6 then 'no NDA' end,
        case when place < 6 then ${state} end, 'bench', at, at`)}`,
    sql`insert into ${PEOPLE_INDEX} (rowid, org, text)
      ${series(sql`cast(${offset} as integer) + i, ${org.replace(/[^a-z0-9]/gi, "")},
        first || ' ' || last || ' ' || lower(first) || '.' || i || '@example.test sales support'`)}`,
    event(
      "agent.created",
      1,
      sql`json_object('agentId', agent, 'email', 'x@example.test', 'atsId', application)`,
    ),
    event(
      "agent.status_changed",
      2,
      sql`json_object('agentId', agent, 'oldStatus', 'applied', 'newStatus', status, 'changedBy', 'portico')`,
    ),
    // Who came further than the third stage has a W-9 that was approved; those in it, one to review.
    sql`insert into ${documents} (id, org_id, agent_id, owner_id, type, status, file_name, content_type, size, sha256,
      r2_key, uploaded_by, created_at, updated_at)
      ${series(
        sql`replace(agent, 'agt_', 'doc_'), ${org}, agent, agent, 'w9',
        case when place > 2 then 'approved' else 'pending' end, 'w9.pdf', 'application/pdf', 1000, '', agent, 'portico',
        ${state}, ${state}`,
        sql`where place > 1`,
      )}`,
    sql`update ${stages} set count = (select count(*) from ${applications} a
        where a.org_id = ${org} and a.pipeline_id = ${pipelineId} and a.stage_id = stages.id)
      where org_id = ${org}`,
  ];
  for (const statement of statements) await db.write([db.sql(statement)]);
  // Mail for every move would be another bench; what else a stage does stays.
  await db.write([db.sql(sql`delete from ${stageActions} where org_id = ${org} and type = 'email'`)]);
  const [rows] = await db.read(db.select({ id: agents.id }, agents, { orderBy: agents.id, limit: 1000 }));
  return rows.map((row) => row.id);
}
