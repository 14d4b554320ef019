import { expect } from "vitest";
import type { Job } from "../../worker/features/jobs/schema";
import { clock } from "../../worker/lib/clock";
import { newHiring } from "./hiring";
import { call, json, newOrg, type Org, type Person } from "./org";

/** An organization with a recruiter and an admin at work, and no open job yet. */
export interface CareersDesk {
  org: Org;
  recruiter: Person;
  admin: Person;
  make(fields: Record<string, unknown>): Promise<Job>;
  change(job: Job, fields: Record<string, unknown>): Promise<Job>;
  brand(fields: Record<string, unknown>): Promise<void>;
}

export async function newDesk(): Promise<CareersDesk> {
  const org = await newOrg();
  const { recruiter, admin, clientId, job } = await newHiring(org);
  await json(
    await call("PATCH", `/api/jobs/${job.id}`, { token: recruiter.token, json: { status: "closed" } }),
    200,
  );
  return {
    org,
    recruiter,
    admin,
    make: async (fields) =>
      await json<Job>(
        await call("POST", "/api/jobs", {
          token: recruiter.token,
          json: { clientId, title: "A job", ...fields },
        }),
        201,
      ),
    change: async (job, fields) =>
      await json<Job>(
        await call("PATCH", `/api/jobs/${job.id}`, { token: recruiter.token, json: fields }),
        200,
      ),
    brand: async (fields) => {
      await json(await call("PATCH", "/api/organization", { token: admin.token, json: fields }), 200);
    },
  };
}

/** A page, read after the organization was forgotten, as it is after five seconds. */
export async function read(path: string, status = 200, headers: Record<string, string> = {}) {
  clock.advance(5001);
  const answer = await call("GET", path, { headers });
  const html = await answer.text();
  expect(answer.status, `${path}: ${html.slice(0, 400)}`).toBe(status);
  return { html, headers: answer.headers };
}

/** The jobs that a page names, in its order. */
export const titles = (html: string) =>
  [...html.matchAll(/<li class="job"><h\d dir="auto"><a [^>]*>([^<]*)</g)].map(([, title]) => title);

/** A desk with three open jobs: Night nurse, Baker and, newest, Écrivain. */
export async function newBusyDesk(): Promise<CareersDesk> {
  const desk = await newDesk();
  await desk.make({
    title: "Night nurse",
    department: "Care",
    location: "Leeds, UK",
    requiredSkills: ["Triage"],
  });
  await desk.make({
    title: "Baker",
    department: "Kitchen",
    location: "Lyon, France",
    employmentType: "part_time",
  });
  await desk.make({ title: "Écrivain", department: "Words", remote: true, employmentType: "contract" });
  return desk;
}
