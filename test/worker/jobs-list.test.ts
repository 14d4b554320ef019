import { beforeAll, describe, expect, it } from "vitest";
import type { Job } from "../../worker/features/jobs/schema";
import { type Desk, newDesk, type Page } from "./desk";
import { applicant } from "./hiring";
import { json, type Person, worker } from "./org";

let desk: Desk;
let recruiter: Person;
let clientId: string;
let cleo: Person;
const ask: Desk["ask"] = (...request) => desk.ask(...request);
const newClient: Desk["newClient"] = (name) => desk.newClient(name);
const make: Desk["make"] = (fields) => desk.make(fields);

beforeAll(async () => {
  desk = await newDesk();
  ({ recruiter, clientId, clientUser: cleo } = desk);
});

describe("what a client user sees of jobs", () => {
  it("is those of the own client, no drafts, and counts of what is shared", async () => {
    const other = await newClient("Not Cleo's");
    const theirs = await make({ clientId: other, title: "Theirs" });
    const draft = await make({ status: "draft", title: "Draft" });
    const open = await make({ title: "Open to Cleo" });
    const first = await applicant(recruiter, open);
    await applicant(recruiter, open);
    await json(await ask("PATCH", `/api/applications/${first.id}`, { sharedWithClient: true }), 200);
    expect(await json(await ask("GET", `/api/jobs/${open.id}`), 200)).toMatchObject({
      applicationCount: 2,
      activeCount: 2,
    });
    expect(await json(await ask("GET", `/api/jobs/${open.id}`, undefined, cleo), 200)).toMatchObject({
      applicationCount: 1,
      activeCount: null,
    });
    const list = await json<Page<Job>>(await ask("GET", "/api/jobs?limit=200", undefined, cleo), 200);
    expect(new Set(list.data.map((job) => job.clientId))).toEqual(new Set([clientId]));
    expect(list.data.some(({ status }) => status === "draft")).toBe(false);
    expect(list.data.some(({ id }) => id === open.id)).toBe(true);
    for (const query of [`clientId=${other}`, "status=draft", "q=theirs", "q=draft"]) {
      const found = await json<Page<Job>>(await ask("GET", `/api/jobs?${query}`, undefined, cleo), 200);
      expect(found.data, query).toEqual([]);
    }
    for (const job of [theirs, draft]) {
      for (const path of ["", "/form"]) {
        await json(await ask("GET", `/api/jobs/${job.id}${path}`, undefined, cleo), 404);
      }
    }
    await json(await ask("PATCH", `/api/jobs/${open.id}`, { title: "X" }, cleo), 403);
    await json(await ask("GET", `/api/jobs/${open.id}/team`, undefined, cleo), 403);
  });
});

describe("lists of jobs", () => {
  let own: Desk;
  let client: string;
  let cold: Person;
  beforeAll(async () => {
    own = await newDesk();
    ({ clientId: client, clientUser: cold } = own);
    for (let i = 0; i < 2; i++) {
      const { id } = await own.make({ title: `Job ${i}` });
      const team = [{ userId: own.recruiter.user.id }];
      if (i === 0) await json(await own.ask("PUT", `/api/jobs/${id}/team`, { team }), 200);
    }
    await worker.DB.prepare(`insert into jobs (id, org_id, search_key, client_id, slug, title, description, remote,
        employment_type, required_skills, nice_to_have_skills, status, priority, openings, pipeline_id, stages,
        created_at, updated_at)
      with n(i) as (select 1 union all select i + 1 from n where i < 300)
      select substr(id, 1, 20) || 'z' || printf('%05d', i), org_id, search_key + i, client_id, 'many-' || i, 'Many ' || i, '', 0,
        employment_type, '[]', '[]', case when i % 3 = 0 then 'closed' else 'open' end, 'low', 1, 'pipe_' || org_id || i, '[]',
        created_at, updated_at
      from n, (select * from jobs where org_id = ?1 and slug = 'job-0')`)
      .bind(own.org.id)
      .run();
  });
  const list = async (query: string, by = own.recruiter) => {
    const { body, ...cost } = await own.cost("GET", `/api/jobs${query}`, undefined, by);
    return { ...cost, ...(body as Page<Job>) };
  };

  it("read a job and its client for each row, and twenty more at most", async () => {
    for (const query of [
      "",
      "?limit=200",
      "?status=open",
      `?clientId=${client}`,
      "?sort=createdAt&limit=10",
    ]) {
      const found = await list(query);
      expect(found.data.length, query).toBeGreaterThanOrEqual(10);
      expect(found.trips, query).toBe(1);
      expect(found.read, query).toBeLessThanOrEqual(2 * found.data.length + 20);
    }
    const theirs = await list("?limit=20", cold);
    expect(theirs.data).toHaveLength(20);
    expect(theirs.read).toBeLessThanOrEqual(2 * 20 + 20);
  });

  it("go on where a page ended, and end", async () => {
    const ids: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: Page<Job> = await list(`?limit=70${cursor && `&cursor=${cursor}`}`);
      ids.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(ids).toHaveLength(302);
    expect(ids).toEqual([...ids].sort().reverse());
    const { nextCursor } = await list("?limit=70");
    await json(await own.ask("GET", `/api/jobs?cursor=${nextCursor}&status=open`), 422);
    await json(await own.ask("GET", `/api/jobs?cursor=${nextCursor}`, undefined, cold), 422);
  });

  it("can hold those alone whose team I am in", async () => {
    expect((await list("?mine=yes")).data.map(({ title }) => title)).toEqual(["Job 0"]);
    expect((await list("?mine=yes", await own.org.person("recruiter"))).data).toEqual([]);
  });

  it("are searched by title, department, place, client and skills, also after a change", async () => {
    const job = await own.make({
      title: "Ärztin im Hafen",
      department: "Medicine",
      location: "Rostock",
      requiredSkills: ["Surgery"],
      niceToHaveSkills: ["Sailing"],
    });
    const finds = async (q: string) =>
      (await list(`?q=${encodeURIComponent(q)}`)).data.some(({ id }) => id === job.id);
    for (const q of ["arzt", "medic", "rostock", "nordwind hafen", "surg sail"])
      expect(await finds(q), q).toBe(true);
    await json(await own.ask("PATCH", `/api/jobs/${job.id}`, { requiredSkills: ["Nursing"] }), 200);
    await json(await own.ask("PATCH", `/api/clients/${client}`, { companyName: "Enormous" }), 200);
    for (const q of ["nurs", "enormous hafen"]) expect(await finds(q), q).toBe(true);
    for (const q of ["surgery", "nordwind"]) expect(await finds(q), q).toBe(false);
  });
});

describe("what a write costs", () => {
  it("is two round trips", async () => {
    const trips = async (...request: [string, string, object?]) => (await desk.cost(...request)).trips;
    const job = await make();
    const path = `/api/jobs/${job.id}`;
    expect(await trips("POST", "/api/jobs", { clientId, title: "Two" })).toBe(2);
    expect(await trips("PATCH", path, { title: "Two trips", status: "on_hold" })).toBe(2);
    expect(await trips("PUT", `${path}/form`, { fields: [] })).toBe(2);
    expect(await trips("PUT", `${path}/team`, { team: [{ userId: recruiter.user.id }] })).toBe(2);
    for (const read of [path, `${path}/form`, `${path}/team`, "/api/jobs?mine=yes", "/api/jobs?q=two"]) {
      expect(await trips("GET", read), read).toBe(1);
    }
    expect(await trips("DELETE", path)).toBe(2);
  });
});
