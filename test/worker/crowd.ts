import { AGENT_POOL_STAGES } from "../../worker/features/pipelines/agent-pool";
import { newId } from "../../worker/lib/ids";
import { type Org, worker } from "./org";

/** People of one statement: D1 takes 2 MB of bound text. */
const CHUNK = 1000;
/** Microseconds don't fit into ids, so that each person of a crowd is a millisecond older than the next. */
const DAY = 86_400_000;

export interface Member {
  id: string;
  applicationId: string;
  stage: string;
}

/**
 * Puts `count` agents without logins into an organization's pool by SQL alone, in turn over the first
 * `stages` stages, the last of them the youngest.
 */
export async function crowd(org: Org, count: number, stages = AGENT_POOL_STAGES.length): Promise<Member[]> {
  const begin = Date.now() - DAY;
  const found = await worker.DB.prepare("select id, key from stages where pipeline_id = ? order by position")
    .bind(org.pipelineId)
    .all<{ id: string; key: string }>();
  const people = Array.from({ length: count }, (_, i) => {
    const stage = found.results[i % stages];
    return {
      id: newId("agt", begin + i),
      app: newId("app", begin + i),
      key: Math.floor(Math.random() * 2 ** 52),
      name: `Crowd${i}`,
      stage: stage?.key ?? "",
      stageId: stage?.id ?? "",
      at: begin + i,
    };
  });
  for (let from = 0; from < count; from += CHUNK) {
    const some = JSON.stringify(people.slice(from, from + CHUNK));
    const insert = (sql: string) => worker.DB.prepare(sql).bind(org.id, org.pipelineId, some);
    await worker.DB.batch([
      insert(`insert into agents (id, org_id, search_key, email, first_name, last_name, skills, languages,
          pipeline_id, application_id, status, status_since, created_at, updated_at)
        select value ->> 'id', ?1, value ->> 'key', lower(value ->> 'id') || '@crowd.test', value ->> 'name', 'Person',
          '[]', '[]', ?2, value ->> 'app', value ->> 'stage', value ->> 'at', value ->> 'at', value ->> 'at'
        from json_each(?3)`),
      insert(`insert into applications (id, org_id, pipeline_id, stage_id, agent_id, name, entered_at, tags,
          created_at, updated_at)
        select value ->> 'app', ?1, ?2, value ->> 'stageId', value ->> 'id', (value ->> 'name') || ' Person',
          value ->> 'at', '[]', value ->> 'at', value ->> 'at'
        from json_each(?3)`),
      insert(`insert into people_index (rowid, org, text)
        select value ->> 'key', replace(?1, '_', ''), (value ->> 'name') || ' Person' from json_each(?3) where ?2 <> ''`),
    ]);
  }
  await worker.DB.prepare(
    `update stages set count = (select count(*) from applications where stage_id = stages.id) where pipeline_id = ?`,
  )
    .bind(org.pipelineId)
    .run();
  return people.map(({ id, app, stage }) => ({ id, applicationId: app, stage }));
}
