import { asc, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { applications, pipelines, stages } from "../pipelines/table";
import { isOver } from "./progress";
import { type Scene, scenesOf, selectOnboarding } from "./scene";
import type { OnboardingProgress, ProgressQuery } from "./schema";
import { ONBOARDING_STAGE } from "./words";

/** Where everybody who stands in the onboarding is stuck: a page of them, the longest-waiting first. */
export async function overview(ctx: Ctx, query: z.infer<typeof ProgressQuery>): Promise<OnboardingProgress> {
  const scope = { list: "onboarding-progress", orgId: ctx.orgId };
  const after = await readCursor(ctx.env, scope, query.cursor);
  const beyond = after
    ? sql`(${applications.enteredAt}, ${applications.id}) > (${after[0] as number}, ${after[1] as string})`
    : sql`1`;
  const stage = sql`(select s.id from ${stages} s join ${pipelines} p on p.id = s.pipeline_id
    where p.org_id = ${ctx.orgId} and p.kind = 'agent_pool' and s.key = ${ONBOARDING_STAGE})`;
  const pool = sql`(select id from ${pipelines} where org_id = ${ctx.orgId} and kind = 'agent_pool')`;
  // In the words of the partial index of boards, so that SQLite uses it.
  const standing = sql`${applications.pipelineId} = ${pool} and ${applications.stageId} = ${stage}
    and ${applications.archived} = 0 and ${beyond}`;
  const limit = query.limit + 1;
  const among = sql`(select agent_id from ${applications} where org_id = ${ctx.orgId} and ${standing}
    order by ${applications.enteredAt}, ${applications.id} limit ${limit})`;
  const order = {
    id: applications.id,
    agentId: applications.agentId,
    enteredAt: applications.enteredAt,
  };
  const [rows, ...read] = await ctx.db.read(
    ctx.db.select(order, applications, {
      where: standing,
      orderBy: [asc(applications.enteredAt), asc(applications.id)],
      limit,
    }),
    ...selectOnboarding(ctx, among),
  );
  const scenes = new Map(scenesOf(read, ctx.now()).map((scene) => [scene.person.id, scene]));
  const { data, nextCursor } = await page(
    ctx.env,
    scope,
    rows,
    query.limit,
    (row) => [row.enteredAt, row.id],
    (row) => scenes.get(row.agentId ?? ""),
  );
  const shown = data.filter((scene) => scene !== undefined);
  return {
    agents: shown.map((scene) => present(scene)),
    steps: read[0].map(({ id, title }) => ({
      id,
      title,
      waiting: shown.filter((scene) => stuckOn(scene)?.step.id === id).length,
    })),
    nextCursor,
  };
}

/** The step that holds somebody up: theirs to do, else the team's to look at. */
const stuckOn = ({ next, standings }: Scene) =>
  next ?? standings.find(({ status }) => status === "in_review") ?? null;

function present(scene: Scene): OnboardingProgress["agents"][number] {
  const { person, standings, now } = scene;
  const stuck = stuckOn(scene);
  return {
    agentId: person.id,
    name: `${person.firstName} ${person.lastName}`.trim(),
    since: iso(person.statusSince),
    done: standings.filter(({ status }) => isOver(status)).length,
    of: standings.length,
    stuckOn: stuck && { id: stuck.step.id, title: stuck.step.title, status: stuck.status },
    overdue: standings.some(({ status, dueAt }) => !isOver(status) && dueAt !== null && dueAt < now),
  };
}
