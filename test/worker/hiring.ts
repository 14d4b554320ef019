import type { Application } from "../../worker/features/applications/schema";
import type { Job } from "../../worker/features/jobs/schema";
import { rows } from "./facts";
import { call, json, type Org, type Person, worker } from "./org";

/** The form that jobs of the tests have. */
export const FORM = [
  { key: "why", label: "Why do you want to work here?", type: "long_text", required: true },
  { key: "years", label: "Years of experience", type: "number", knockOut: { min: 2 } },
  { key: "visa", label: "May you work here?", type: "yes_no", required: true, knockOut: "no" },
  { key: "shift", label: "Which shifts?", type: "multi_select", options: ["early", "late", "night"] },
];

export interface Hiring {
  clientId: string;
  job: Job;
  admin: Person;
  recruiter: Person;
  /** Somebody of the job's client. */
  clientUser: Person;
}

/** A client with a user, and an open job with a form and the default workflow. */
export async function newHiring(org: Org): Promise<Hiring> {
  const [admin, recruiter] = [
    await org.person("admin", "Ann Holm"),
    await org.person("recruiter", "Rea Cruz"),
  ];
  const client = await json<{ id: string }>(
    await call("POST", "/api/clients", { token: recruiter.token, json: { companyName: "Nordwind" } }),
    201,
  );
  const job = await newJob(recruiter, client.id);
  return { clientId: client.id, job, admin, recruiter, clientUser: await ofClient(org, client.id) };
}

/** A user of a client company. */
export async function ofClient(org: Org, clientId: string, name = "Cleo Bond"): Promise<Person> {
  const person = await org.person("client_user", name);
  await worker.DB.prepare("update users set client_id = ? where id = ?").bind(clientId, person.user.id).run();
  if (person.ctx.actor.kind !== "user") throw new Error("A person is a user.");
  person.user.clientId = clientId;
  person.ctx.actor.clientId = clientId;
  return person;
}

/** One more open job of a client. */
export async function newJob(by: Person, clientId: string, more: Record<string, unknown> = {}): Promise<Job> {
  return await json<Job>(
    await call("POST", "/api/jobs/complete", {
      token: by.token,
      json: { job: { clientId, title: "Support lead", ...more }, form: { fields: FORM } },
    }),
    201,
  );
}

let count = 0;

/** Adds somebody new to a job. */
export async function applicant(
  by: Person,
  job: Job,
  more: Record<string, unknown> = {},
): Promise<Application> {
  count += 1;
  const { formAnswers, stage, ...data } = more;
  return await json<Application>(
    await call("POST", "/api/applications", {
      token: by.token,
      json: {
        job: job.id,
        candidateData: {
          firstName: "Kim",
          lastName: `Park ${count}`,
          email: `kim.${count}@example.com`,
          ...data,
        },
        ...(formAnswers ? { formAnswers } : {}),
        ...(stage ? { stage } : {}),
      },
    }),
    201,
  );
}

/** Everything that an organization's jobs are, without what counts changes: equal before and after an undo. */
export async function graph(orgId: string): Promise<Record<string, unknown>> {
  const read = (query: string) => rows(query, orgId);
  return {
    applications: await read(
      `select id, pipeline_id, stage_id, stage_key, status, reason, entered_at, reply_by, rating, tags, starred, archived,
        shared_with_client, notes, internal_notes, name from applications where org_id = ? order by id`,
    ),
    candidates: await read(
      "select id, status, selected_at, tags from candidates where org_id = ? order by id",
    ),
    stages: await read("select id, count, shared_count from stages where org_id = ? order by id"),
    jobs: await read(
      "select id, status, application_count, active_count, shared_count from jobs where org_id = ? order by id",
    ),
    tasks: await read(
      "select title, status, application_id from tasks where org_id = ? order by title, application_id",
    ),
    mails: await read(
      "select to_address, template from emails where org_id = ? and status not in ('cancelled') order by id",
    ),
  };
}

/** Asserts what holds of the jobs of an organization after whatever happened. @returns what does not */
export async function wrongCounts(orgId: string): Promise<Record<string, unknown>[]> {
  return [
    ...(await rows(
      `select s.id, s.key, s.count, s.shared_count from stages s where s.org_id = ? and (
        s.count <> (select count(*) from applications a where a.stage_id = s.id and a.archived = 0)
        or s.shared_count <> (select count(*) from applications a
          where a.stage_id = s.id and a.archived = 0 and a.shared_with_client = 1))`,
      orgId,
    )),
    ...(await rows(
      `select j.id, j.application_count, j.shared_count from jobs j where j.org_id = ? and (
        j.application_count <> (select count(*) from applications a where a.job_id = j.id and a.archived = 0)
        or j.shared_count <> (select count(*) from applications a
          where a.job_id = j.id and a.archived = 0 and a.shared_with_client = 1))`,
      orgId,
    )),
    ...(await rows(
      `select a.id, a.stage_key, s.key from applications a join stages s on s.id = a.stage_id
        where a.org_id = ? and (a.stage_key <> s.key or (a.job_id is not null and a.status <> s.status))`,
      orgId,
    )),
  ];
}
