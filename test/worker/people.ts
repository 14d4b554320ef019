import { newId } from "../../worker/lib/ids";
import { call, json, type Org, type Person, worker } from "./org";

/** People of one statement: D1 takes 2 MB of bound text. */
const CHUNK = 1000;
const DAY = 86_400_000;
let crowds = 0;
const STATUSES = ["NEW", "IN_REVIEW", "IN_PROGRESS", "REJECTED"] as const;

/** Puts `count` candidates without logins into an organization by SQL alone, the last of them the youngest. */
export async function candidateCrowd(org: Org, count: number): Promise<string[]> {
  const begin = Date.now() - DAY;
  crowds += 1;
  const people = Array.from({ length: count }, (_, i) => ({
    id: newId("cand", begin + i),
    key: (begin + i) * 2048 + crowds,
    name: `Crowd${i}`,
    status: STATUSES[i % STATUSES.length],
    skills: i % 3 === 0 ? ["Sales", "French"] : ["Sales"],
    tags: i % 5 === 0 ? ["senior"] : [],
    at: begin + i,
  }));
  for (let from = 0; from < count; from += CHUNK) {
    const some = JSON.stringify(people.slice(from, from + CHUNK));
    await worker.DB.batch([
      worker.DB.prepare(`insert into candidates (id, org_id, search_key, email, first_name, last_name, skills, tags,
          status, created_at, updated_at)
        select value ->> 'id', ?1, value ->> 'key', lower(value ->> 'name') || '@crowd.test', value ->> 'name',
          'Person', value -> 'skills', value -> 'tags', value ->> 'status', value ->> 'at', value ->> 'at'
        from json_each(?2)`).bind(org.id, some),
      worker.DB.prepare(`insert into people_index (rowid, org, text)
        select value ->> 'key', replace(?1, '_', '') || 'c', (value ->> 'name') || ' Person ' || (value ->> 'skills')
        from json_each(?2)`).bind(org.id, some),
    ]);
  }
  return people.map(({ id }) => id);
}

export interface Shown {
  id: string;
  name: string;
  email: string;
  version: number;
  [key: string]: unknown;
}

/** Takes somebody in through the API. */
export async function newCandidate(by: Person, fields: Record<string, unknown>): Promise<Shown> {
  return await json<Shown>(await call("POST", "/api/candidates", { token: by.token, json: fields }), 201);
}

/** Puts somebody into a job, and answers the application. */
export async function apply(by: Person, jobId: string, candidateId: string) {
  const answer = await call("POST", "/api/applications", {
    token: by.token,
    json: { job: jobId, candidateId },
  });
  return await json<{ id: string; pipelineId: string; stage: string; version: number }>(answer, 201);
}

/** An open job of a client of its own. */
export async function newJob(by: Person, title = "Support lead", clientId?: string) {
  const post = async (path: string, body: object) =>
    await json<{ id: string; pipelineId: string }>(
      await call("POST", path, { token: by.token, json: body }),
      201,
    );
  const client = clientId ?? (await post("/api/clients", { companyName: `Client of ${title}` })).id;
  return { ...(await post("/api/jobs", { clientId: client, title, status: "open" })), clientId: client };
}
