import type { Job } from "../../worker/features/jobs/schema";
import { forgetUser } from "../../worker/features/sessions/sessions";
import { eventsOf, rows } from "./facts";
import { call, costOf, json, newOrg, type Org, type Person } from "./org";

export type Page<T> = { data: T[]; nextCursor: string | null };

/** A refusal of a job's routes. */
export interface Problem extends Record<string, unknown> {
  detail: string;
  current?: Job;
  errors?: { path: string; message: string }[];
}

/** A recruiter at work on jobs of one client, and somebody of that client. */
export interface Desk {
  org: Org;
  recruiter: Person;
  clientId: string;
  clientUser: Person;
  /** Asks as the recruiter, or as somebody else. */
  ask(method: string, path: string, body?: unknown, by?: Person, headers?: object): Promise<Response>;
  newClient(companyName: string): Promise<string>;
  /** Makes a job of the client. */
  make(fields?: object): Promise<Job>;
  change(job: Job, fields: object, status?: number): Promise<Job & Problem>;
  /** What a successful request costs, the session's memory warm. */
  cost(
    method: string,
    path: string,
    body?: unknown,
    by?: Person,
  ): Promise<ReturnType<typeof costOf> & { body: unknown }>;
}

export async function newDesk(): Promise<Desk> {
  const org = await newOrg();
  const recruiter = await org.person("recruiter");
  const ask: Desk["ask"] = (method, path, body, by = recruiter, headers = {}) =>
    call(method, path, {
      token: by.token,
      ...(body === undefined ? {} : { json: body }),
      headers: { ...headers },
    });
  const newClient = async (companyName: string) =>
    (await json<{ id: string }>(await ask("POST", "/api/clients", { companyName }), 201)).id;
  const clientId = await newClient("Nordwind");
  return {
    org,
    recruiter,
    clientId,
    clientUser: await org.person("client_user", "Cleo Bond", clientId),
    ask,
    newClient,
    make: async (fields = {}) =>
      await json<Job>(await ask("POST", "/api/jobs", { clientId, title: "Cook", ...fields }), 201),
    change: async (job, fields, status = 200) =>
      await json<Job & Problem>(await ask("PATCH", `/api/jobs/${job.id}`, fields), status),
    cost: async (method, path, body, by = recruiter) => {
      // Forgotten first, so that the memory is new and can't end between the two requests.
      forgetUser(by.user.id);
      await json(await ask("GET", "/api/auth/me", undefined, by), 200);
      const answer = await ask(method, path, body, by);
      if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}.`);
      return { ...costOf(answer), body: answer.status === 204 ? null : await answer.json() };
    },
  };
}

/** The counts that are kept at a client. */
export async function countsOf(clientId: string): Promise<{ jobs: number; open: number } | undefined> {
  const query = "select job_count as jobs, open_job_count as open from clients where id = ?";
  return (await rows<{ jobs: number; open: number }>(query, clientId))[0];
}

/** The types of a job's events, in order. */
export async function typesOf(job: Job): Promise<string[]> {
  return (await eventsOf(job.id)).map(({ type }) => type);
}

/** What the audit trail says was done to a job, in order. */
export async function auditOf(job: Job): Promise<string[]> {
  const query = "select action_type from audit_entries where entity_id = ? order by seq";
  return (await rows<{ action_type: string }>(query, job.id)).map((row) => row.action_type);
}
