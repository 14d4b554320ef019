import { beforeAll, describe, expect, it } from "vitest";
import { count, eventsOf, rows } from "./facts";
import { call, costOf, follow, json, newOrg, type Org, type Person } from "./org";
import { apply, candidateCrowd, newCandidate, newJob, type Shown } from "./people";
import { objectsOf, uploaded } from "./uploads";

let org: Org;
let recruiter: Person;
let admin: Person;
beforeAll(async () => {
  org = await newOrg();
  recruiter = await org.person("recruiter", "Rea Cruz");
  admin = await org.person("admin", "Ann Holm");
});

let people = 0;
const address = () => `person.${++people}@candidates.test`;
const get = async <T = Shown>(path: string) =>
  await json<T>(await call("GET", path, { token: recruiter.token }), 200);
const list = async (query: string) =>
  (await get<{ data: Shown[]; nextCursor: string | null }>(`/api/candidates?${query}`)).data;
const put = (id: string, fields: object, headers: Record<string, string> = {}) =>
  call("PUT", `/api/candidates/${id}`, { token: recruiter.token, json: fields, headers });

describe("a new candidate", () => {
  it("keeps what was sent, is news once, and is found at once", async () => {
    const email = address();
    const made = await newCandidate(recruiter, {
      email: ` ${email.toUpperCase()} `,
      name: "Zelda Quist",
      phone: "+46 70 555 01 99",
      linkedinUrl: "linkedin.com/in/zelda",
      skills: ["Account management"],
      tags: ["referral"],
      experienceYears: 4.5,
      experience: [{ title: "Lead", company: "Acme", start: "2021-04" }],
    });
    expect(made).toMatchObject({
      email,
      name: "Zelda Quist",
      firstName: "Zelda",
      lastName: "Quist",
      linkedinUrl: "https://linkedin.com/in/zelda",
      status: "NEW",
      applications: [],
      version: 1,
      createdBy: recruiter.user.id,
    });
    expect(await get(`/api/candidates/${made.id}`)).toEqual(made);
    for (const q of ["zel", "QUIST", "zelda qu", "555", "account", "referral", email])
      expect((await list(`q=${encodeURIComponent(q)}`)).map(({ id }) => id)).toEqual([made.id]);
    const events = await eventsOf(made.id);
    expect(events.map(({ type, data }) => [type, JSON.parse(data)])).toEqual([
      ["candidate.created", { candidateId: made.id }],
    ]);
    const [entry] = await rows<{ action_type: string; metadata: string; new_value: string | null }>(
      "select * from audit_entries where entity_id = ?",
      made.id,
    );
    expect(entry?.action_type).toBe("CANDIDATE_CREATE");
    expect(JSON.stringify(entry)).not.toContain("Zelda");
  });

  it("with an address that is known is a 409 with the person, and nothing is written", async () => {
    const made = await newCandidate(recruiter, { email: address(), name: "First One" });
    const before = await count("select count(*) from events where org_id = ?", org.id);
    const answer = await call("POST", "/api/candidates", {
      token: recruiter.token,
      json: { email: made.email.toUpperCase(), name: "Second One" },
    });
    expect(await json(answer, 409)).toMatchObject({ type: "conflict", current: { id: made.id } });
    expect(await count("select count(*) from events where org_id = ?", org.id)).toBe(before);
  });

  it("is made once when ten requests race", async () => {
    const email = address();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        call("POST", "/api/candidates", { token: recruiter.token, json: { email, name: "Only One" } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect(await count("select count(*) from candidates where email = ?", email)).toBe(1);
    expect((await list(`q=${email}`)).length).toBe(1);
  });

  it.each([
    [{ name: "No Address" }, "email"],
    [{ email: "a@b.test" }, "firstName"],
    [{ email: "a@b.test", name: "A", phone: "abc" }, "phone"],
    [{ email: "a@b.test", name: "A", status: "NEW" }, "status"],
  ])("%j is a 422 of %s", async (sent, path) => {
    const answer = await call("POST", "/api/candidates", { token: recruiter.token, json: sent });
    const problem = await json<{ errors: { path: string }[] }>(answer, 422);
    expect(problem.errors.map((error) => error.path)).toContain(path);
  });
});

describe("a changed candidate", () => {
  it("changes what was sent and is found by it alone", async () => {
    const made = await newCandidate(recruiter, { email: address(), name: "Old Nameson", city: "Lund" });
    const changed = await json<Shown>(await put(made.id, { lastName: "Newberg", skills: ["welding"] }), 200);
    expect(changed).toMatchObject({ name: "Old Newberg", city: "Lund", version: 2 });
    expect(await list("q=nameson")).toEqual([]);
    expect((await list("q=newberg weld")).map(({ id }) => id)).toEqual([made.id]);
    const patched = await call("PATCH", `/api/candidates/${made.id}`, {
      token: recruiter.token,
      json: { city: null },
    });
    expect(await json(patched, 200)).toMatchObject({ city: null, version: 3 });
    const types = (await eventsOf(made.id)).map(({ type }) => type);
    expect(types).toEqual(["candidate.created", "candidate.updated", "candidate.updated"]);
  });

  it("that stays the same is no news", async () => {
    const made = await newCandidate(recruiter, { email: address(), name: "Same Same" });
    expect(await json(await put(made.id, { firstName: "Same" }), 200)).toMatchObject({ version: 1 });
    expect(await eventsOf(made.id)).toHaveLength(1);
  });

  it("by an outdated If-Match is a 412 and nothing changes", async () => {
    const made = await newCandidate(recruiter, { email: address(), name: "Two Editors" });
    const etag = (await call("GET", `/api/candidates/${made.id}`, { token: recruiter.token })).headers.get(
      "etag",
    );
    await json(await put(made.id, { city: "Oslo" }, { "if-match": etag ?? "" }), 200);
    const late = await json(await put(made.id, { city: "Bergen" }, { "if-match": '"1"' }), 412);
    expect(late).toMatchObject({ current: { city: "Oslo", version: 2 } });
    expect(await get(`/api/candidates/${made.id}`)).toMatchObject({ city: "Oslo" });
  });

  it("can't take the address of somebody else", async () => {
    const one = await newCandidate(recruiter, { email: address(), name: "One" });
    const two = await newCandidate(recruiter, { email: address(), name: "Two" });
    const problem = await json(await put(two.id, { email: one.email }), 409);
    expect(problem).toMatchObject({ current: { id: one.id } });
    expect(await get(`/api/candidates/${two.id}`)).toMatchObject({ email: two.email, version: 1 });
  });

  it("has the same name on cards, in the login and in search", async () => {
    const person = await org.person("candidate", "Kim Park");
    const id = person.user.candidateId ?? "";
    const job = await newJob(recruiter);
    const application = await apply(recruiter, job.id, id);
    await json(await put(id, { name: "Kim Parkinson", phone: "555 0101" }), 200);
    const [card] = await rows("select name from applications where id = ?", application.id);
    expect(card).toEqual({ name: "Kim Parkinson" });
    const me = await json(await call("GET", "/api/auth/me", { token: person.token }), 200);
    expect(me).toMatchObject({ name: "Kim Parkinson", phone: "555 0101" });
    const [news] = await rows("select pipeline_id, data from events where type = 'application.updated'");
    expect(news?.pipeline_id).toBe(job.pipelineId);
    // And the other way round.
    const own = { token: person.token, json: { lastName: "Parkway" } };
    await json(await call("PATCH", "/api/auth/me", own), 200);
    expect((await list("q=parkway")).map((one) => one.id)).toEqual([id]);
  });
});

describe("the list", () => {
  it("narrows by status, all skills, tag and words, together", async () => {
    const own = await newOrg();
    const by = await own.person("recruiter");
    const ask = async (query: string) =>
      (
        await json<{ data: Shown[] }>(
          await call("GET", `/api/candidates?limit=200&${query}`, { token: by.token }),
          200,
        )
      ).data;
    const ids = await candidateCrowd(own, 120);
    const expected = (test: (i: number) => boolean) => ids.filter((_, i) => test(i)).reverse();
    const found = async (query: string) => (await ask(query)).map(({ id }) => id);
    expect(await found("")).toEqual(expected(() => true));
    expect(await found("sort=createdAt")).toEqual(ids);
    expect(await found("status=REJECTED")).toEqual(expected((i) => i % 4 === 3));
    expect(await found("skills=sales,%20FRENCH")).toEqual(expected((i) => i % 3 === 0));
    expect(await found("tag=senior&skills=french")).toEqual(expected((i) => i % 15 === 0));
    expect(await found("q=person&status=NEW&tag=senior")).toEqual(expected((i) => i % 20 === 0));
    expect(await found("q=person&sort=createdAt&status=NEW")).toEqual(expected((i) => i % 4 === 0).reverse());
    expect(await found("q=crowd1")).toEqual(expected((i) => String(i).startsWith("1")));
    expect(await found("q=%21%21")).toEqual([]);
    expect(await found("skills=sale")).toEqual([]);
  });

  it.each(["", "q=person", "q=person&status=NEW", "sort=createdAt", "q=person&sort=createdAt"])(
    "comes whole in pages with %s",
    async (query) => {
      const own = await newOrg();
      const by = await own.person("recruiter");
      await candidateCrowd(own, 45);
      const all: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { data: Shown[]; nextCursor: string | null } = await json(
          await call("GET", `/api/candidates?limit=7&${query}${cursor ? `&cursor=${cursor}` : ""}`, {
            token: by.token,
          }),
          200,
        );
        all.push(...page.data.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(all).size).toBe(all.length);
      expect(all.length).toBe(query.includes("status") ? 12 : 45);
      const sorted = [...all].sort();
      expect(all).toEqual(query.includes("sort=createdAt") ? sorted : sorted.reverse());
    },
  );

  it("never shows another organization's people", async () => {
    const other = await newOrg();
    const by = await other.person("recruiter");
    await candidateCrowd(org, 3);
    for (const query of ["", "q=crowd", "status=NEW", "skills=sales"]) {
      const answer = await call("GET", `/api/candidates?${query}`, { token: by.token });
      expect(await json(answer, 200)).toEqual({ data: [], nextCursor: null });
    }
  });
});

describe("costs", () => {
  let small: Person;
  let large: Person;
  beforeAll(async () => {
    const [one, two] = [await newOrg(), await newOrg()];
    [small, large] = [await one.person("recruiter"), await two.person("recruiter")];
    await candidateCrowd(one, 300);
    await candidateCrowd(two, 2000);
    await candidateCrowd(await newOrg(), 5);
  });
  const cost = async (by: Person, path: string) => {
    await call("GET", "/api/auth/me", { token: by.token });
    const answer = await call("GET", path, { token: by.token });
    expect(answer.status).toBe(200);
    const { data } = await answer.json<{ data: unknown[] }>();
    return { ...costOf(answer), shown: data.length };
  };

  it.each([
    ["unfiltered", "", 2],
    ["by status", "status=NEW", 2],
    ["by a word that everybody has", "q=person", 4],
    ["by a word that everybody has and a status", "q=person&status=NEW", 12],
  ])("of the list %s are one round trip and no more rows in a large pool", async (_, query, times) => {
    const few = await cost(small, `/api/candidates?${query}`);
    const many = await cost(large, `/api/candidates?${query}`);
    expect(many.trips).toBe(1);
    expect(many.shown).toBe(50);
    expect(many.read).toBeLessThanOrEqual(times * many.shown + 20);
    expect(many.read).toBe(few.read);
  });

  it("of one candidate are one round trip, of a change two", async () => {
    const made = await newCandidate(large, { email: address(), name: "Cost Less" });
    const options = { token: large.token };
    expect(costOf(await call("GET", `/api/candidates/${made.id}`, options)).trips).toBe(1);
    const created = await call("POST", "/api/candidates", {
      ...options,
      json: { email: address(), name: "Cost More" },
    });
    expect(costOf(created).trips).toBe(2);
    const changed = await call("PUT", `/api/candidates/${made.id}`, { ...options, json: { city: "Ystad" } });
    expect(costOf(changed).trips).toBe(2);
    expect(costOf(await call("GET", `/api/candidates/${made.id}/timeline`, options)).trips).toBe(1);
    expect(costOf(await call("GET", `/api/candidates/${made.id}/notes`, options)).trips).toBe(1);
    const note = { ...options, json: { text: "Cheap" } };
    expect(costOf(await call("POST", `/api/candidates/${made.id}/notes`, note)).trips).toBe(2);
    expect(costOf(await call("DELETE", `/api/candidates/${made.id}`, options)).trips).toBe(2);
  });
});

describe("the newest CV", () => {
  it("is kept on the candidate, and the one before it when it goes", async () => {
    const made = await newCandidate(recruiter, { email: address(), name: "Cee Vee" });
    const cv = async () => (await get(`/api/candidates/${made.id}`)).cvDocumentId;
    const first = await uploaded(recruiter, { candidateId: made.id, type: "cv", name: "cv.pdf" });
    expect(await cv()).toBe(first.id);
    await new Promise((done) => setTimeout(done, 5));
    const second = await uploaded(recruiter, { candidateId: made.id, type: "cv", name: "cv2.pdf" });
    await uploaded(recruiter, { candidateId: made.id, type: "other" });
    expect(await cv()).toBe(second.id);
    const remove = (id: string) => call("DELETE", `/api/documents/${id}`, { token: admin.token });
    await remove(second.id);
    expect(await cv()).toBe(first.id);
    await remove(first.id);
    expect(await cv()).toBeNull();
  });

  it("of somebody who is shared with a client is the client's to read, and nothing else of theirs", async () => {
    const job = await newJob(recruiter, "Shared job");
    const client = await org.person("client_user", "Cleo Bond", job.clientId);
    const other = await org.person("client_user", "Other Client");
    const made = await newCandidate(recruiter, { email: address(), name: "Shared Person" });
    const application = await apply(recruiter, job.id, made.id);
    const cv = await uploaded(recruiter, { candidateId: made.id, type: "cv", name: "cv.pdf" });
    const paper = await uploaded(recruiter, { candidateId: made.id, type: "id" });
    const seen = async (by: Person) => {
      const answer = await call("GET", "/api/documents", { token: by.token });
      return (await json<{ data: { id: string }[] }>(answer, 200)).data.map(({ id }) => id);
    };
    const status = async (by: Person, path: string) => (await call("GET", path, { token: by.token })).status;
    expect(await seen(client)).toEqual([]);
    expect(await status(client, `/api/documents/${cv.id}`)).toBe(404);
    const share = (sharedWithClient: boolean) =>
      call("PATCH", `/api/applications/${application.id}`, {
        token: recruiter.token,
        json: { sharedWithClient },
      });
    await json(await share(true), 200);
    expect(await seen(client)).toEqual([cv.id]);
    expect(await status(client, `/api/documents/${cv.id}`)).toBe(200);
    expect(await status(client, `/api/documents/${cv.id}/content`)).toBe(200);
    expect(await status(client, `/api/documents/${paper.id}`)).toBe(404);
    expect(await seen(other)).toEqual([]);
    expect(await status(other, `/api/documents/${cv.id}/content`)).toBe(404);
    await json(await share(false), 200);
    expect(await status(client, `/api/documents/${cv.id}/content`)).toBe(404);
  });
});

describe("a removed candidate", () => {
  it("leaves nothing but ids, and the counts of boards and jobs are right", async () => {
    const own = await newOrg();
    const by = await own.person("recruiter");
    const person = await own.person("candidate", "Gone Girlson");
    const id = person.user.candidateId ?? "";
    const job = await newJob(by);
    const application = await apply(by, job.id, id);
    const stays = await newCandidate(by, { email: address(), name: "Stays Here" });
    await apply(by, job.id, stays.id);
    await json(
      await call("PATCH", `/api/applications/${application.id}`, {
        token: by.token,
        json: { sharedWithClient: true },
      }),
      200,
    );
    await uploaded(person, { type: "cv", name: "cv.pdf" });
    await call("POST", `/api/candidates/${id}/notes`, { token: by.token, json: { text: "Hm" } });
    expect(await objectsOf(own)).toHaveLength(1);

    expect((await call("DELETE", `/api/candidates/${id}`, { token: by.token })).status).toBe(204);
    await follow();
    for (const table of ["applications", "notes", "documents", "document_requests", "tasks"]) {
      const column = table === "documents" || table === "document_requests" ? "owner_id" : "candidate_id";
      expect(await count(`select count(*) from ${table} where ${column} = ?`, id), table).toBe(0);
    }
    expect(await count("select count(*) from candidates where id = ?", id)).toBe(0);
    expect(await objectsOf(own)).toEqual([]);
    expect(await count("select count(*) from file_intents where org_id = ?", own.id)).toBe(0);
    expect((await call("GET", "/api/auth/me", { token: person.token })).status).toBe(401);
    const found = await call("GET", "/api/candidates?q=girlson", { token: by.token });
    expect((await json<{ data: unknown[] }>(found, 200)).data).toEqual([]);
    expect((await call("GET", `/api/candidates/${id}`, { token: by.token })).status).toBe(404);
    expect((await call("DELETE", `/api/candidates/${id}`, { token: by.token })).status).toBe(404);
    const [counts] = await rows(
      "select application_count, active_count, shared_count from jobs where id = ?",
      job.id,
    );
    expect(counts).toEqual({ application_count: 1, active_count: 1, shared_count: 0 });
    expect(
      await rows(
        `select key from stages s where pipeline_id = ? and
          (count <> (select count(*) from applications a where a.stage_id = s.id and archived = 0)
           or shared_count <> 0)`,
        job.pipelineId,
      ),
    ).toEqual([]);
    expect((await eventsOf(id)).length).toBeGreaterThan(0);
  });

  it("is gone for others at once, also where two remove at once", async () => {
    const made = await newCandidate(recruiter, { email: address(), name: "Double Delete" });
    const answers = await Promise.all(
      [1, 2].map(() => call("DELETE", `/api/candidates/${made.id}`, { token: recruiter.token })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    // The address is free again.
    await newCandidate(recruiter, { email: made.email, name: "Back Again" });
  });
});
