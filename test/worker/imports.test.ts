import { beforeAll, describe, expect, it } from "vitest";
import { sweep } from "../../worker/cron/sweep";
import { type ImportRow, importChunk } from "../../worker/features/candidates/import-chunk";
import type { ImportTable } from "../../worker/features/candidates/import-file";
import type { ImportReport } from "../../worker/features/candidates/schema";
import { imports } from "../../worker/features/candidates/table";
import { count, rows } from "./facts";
import { callWith, lostQueue } from "./faults";
import { call, json, newOrg, type Org, type Person, settled, worker } from "./org";
import { apply, newCandidate, newJob } from "./people";
import { objectsOf } from "./uploads";
import { csvForm } from "./world";

let org: Org;
let recruiter: Person;
beforeAll(async () => {
  org = await newOrg();
  recruiter = await org.person("recruiter");
});

type File_ = string | Uint8Array;
const send = (csv: File_, fields: Record<string, string> = {}, name?: string, by = recruiter) =>
  call("POST", "/api/candidates/import", { token: by.token, body: csvForm(csv, fields, name) });
const imported = async (csv: File_, fields?: Record<string, string>, name?: string, by?: Person) =>
  await json<ImportReport>(await send(csv, fields, name, by), 200);
const refused = async (csv: File_, fields?: Record<string, string>, name?: string) =>
  await json<{ detail: string; errors: { path: string; message: string }[] }>(
    await send(csv, fields, name),
    422,
  );
const report = async (importId: string, by = recruiter) =>
  await json<ImportReport>(
    await call("GET", `/api/candidates/imports/${importId}`, { token: by.token }),
    200,
  );
const errorsOf = async (importId: string, by = recruiter) =>
  await call("GET", `/api/candidates/imports/${importId}/errors.csv`, { token: by.token });
const one = async (email: string) =>
  (await rows("select * from candidates where org_id = ? and email = ?", org.id, email))[0];
const events = (of: Org) => count("select count(*) from events where org_id = ?", of.id);

/** Lets the queue or the sweep do what is under way. */
async function finished(importId: string, by = recruiter): Promise<ImportReport> {
  for (let tries = 0; tries < 300; tries++) {
    const now = await report(importId, by);
    if (now.status !== "running") return now;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("The import doesn't end.");
}

describe("a small file", () => {
  it("maps its headers itself, cleans its cells and reports row by row", async () => {
    const csv = [
      "First Name;last_name;E-mail;Mobile;LinkedIn;Current title;Employer;Skills;Years of experience;Shoe size",
      ' Ada\u00a0;Lund; ADA.One@File.test ;\'+46 70 1;in.linkedin.com/ada;Lead;"Acme; Inc";Sales, French|sales;4,5 years;38',
      "Bo;Ek;bo.one@file.test;;;;;;;",
      ";;;;;;;;;",
      "No;Mail;;;;;;;;",
      "Bad;Phone;bad.one@file.test;call me;;;;;many;",
    ].join("\r\n");
    const done = await imported(csv);
    expect(done).toMatchObject({
      status: "done",
      dryRun: false,
      total: 4,
      created: 2,
      updated: 0,
      failed: 2,
    });
    expect(done.mapping).toEqual({
      "First Name": "firstName",
      last_name: "lastName",
      "E-mail": "email",
      Mobile: "phone",
      LinkedIn: "linkedinUrl",
      "Current title": "currentRole",
      Employer: "currentCompany",
      Skills: "skills",
      "Years of experience": "experienceYears",
      "Shoe size": null,
    });
    expect(done.rows.map(({ row, ok }) => [row, ok])).toEqual([
      [1, true],
      [2, true],
      [3, false],
      [4, false],
    ]);
    expect(done.rows[2]?.errors).toEqual([{ path: "E-mail", message: "Write an e-mail address." }]);
    expect(done.rows[3]?.errors?.map(({ path }) => path).sort()).toEqual(["Mobile", "Years of experience"]);
    const made = await json(
      await call("GET", `/api/candidates/${done.rows[0]?.id}`, { token: recruiter.token }),
      200,
    );
    expect(made).toMatchObject({
      name: "Ada Lund",
      email: "ada.one@file.test",
      phone: "+46 70 1",
      linkedinUrl: "https://in.linkedin.com/ada",
      currentRole: "Lead",
      currentCompany: "Acme; Inc",
      skills: ["Sales", "French"],
      experienceYears: 4.5,
      source: "import",
      status: "NEW",
      version: 1,
      createdBy: recruiter.user.id,
    });
    const found = await call("GET", "/api/candidates?q=lund%20french", { token: recruiter.token });
    expect((await json<{ data: { id: string }[] }>(found, 200)).data.map(({ id }) => id)).toEqual([
      done.rows[0]?.id,
    ]);
    expect(await report(done.importId ?? "")).toMatchObject({
      created: 2,
      failed: 2,
      rows: done.rows.slice(2),
    });
    await settled();
    expect(await objectsOf(org)).toEqual([]);
  });

  it("sent again changes nothing and makes nobody twice", async () => {
    const csv = 'name,email,skills\nDo Over,do.over@file.test,"a,b"\nDo Under,do.under@file.test,c\n';
    await imported(csv);
    const before = await events(org);
    expect(await imported(csv)).toMatchObject({ created: 0, updated: 2, failed: 0 });
    expect(await events(org)).toBe(before);
    expect(await one("do.over@file.test")).toMatchObject({ version: 1 });
  });

  it("updates known people by the cells that hold something, and a later row an earlier one", async () => {
    const known = await newCandidate(recruiter, {
      email: "known@file.test",
      name: "Known Person",
      city: "Lund",
      skills: ["welding"],
      phone: "555 0100",
    });
    const csv = `email,first name,last name,city,skills,tags
known@file.test,,Personsson,,,vip
fresh@file.test,Fresh,One,Oslo,,
FRESH@file.test,,,Bergen,sailing,
known@file.test,,,,,vip`;
    const done = await imported(csv);
    expect(done).toMatchObject({ created: 1, updated: 3, failed: 0 });
    expect(done.rows[1]?.id).toBe(done.rows[2]?.id);
    expect(await one("known@file.test")).toMatchObject({
      id: known.id,
      first_name: "Known",
      last_name: "Personsson",
      city: "Lund",
      skills: '["welding"]',
      tags: '["vip"]',
      phone: "555 0100",
      version: 2,
    });
    expect(await one("fresh@file.test")).toMatchObject({ city: "Bergen", skills: '["sailing"]', version: 1 });
    const found = await call("GET", "/api/candidates?q=personsson%20vip%20weld", { token: recruiter.token });
    expect((await json<{ data: unknown[] }>(found, 200)).data).toHaveLength(1);
    const types = await rows("select type from events where entity_id = ? order by seq", known.id);
    expect(types.map(({ type }) => type)).toEqual(["candidate.created", "candidate.updated"]);
  });

  it("renames people on their cards and in their login", async () => {
    const person = await org.person("candidate", "Kim Park");
    const job = await newJob(recruiter);
    const application = await apply(recruiter, job.id, person.user.candidateId ?? "");
    await imported(`email,name,phone\n${person.user.email},Kim Parkway,555 0199`);
    expect(await rows("select name from applications where id = ?", application.id)).toEqual([
      { name: "Kim Parkway" },
    ]);
    const me = await json(await call("GET", "/api/auth/me", { token: person.token }), 200);
    expect(me).toMatchObject({ name: "Kim Parkway", phone: "555 0199" });
    const news = await rows(
      "select pipeline_id from events where type = 'application.updated' and entity_id = ?",
      application.id,
    );
    expect(news).toEqual([{ pipeline_id: job.pipelineId }]);
  });

  it("takes a mapping, which goes before what headers mean", async () => {
    const csv = "Who,Contact,Title\nAda Map,ada.map@file.test,Dr\n";
    expect((await refused(csv)).errors[0]?.path).toBe("mapping");
    const mapping = JSON.stringify({ Who: "name", Contact: "email", Title: null });
    const done = await imported(csv, { mapping });
    expect(done.mapping).toEqual({ Who: "name", Contact: "email", Title: null });
    expect(await one("ada.map@file.test")).toMatchObject({ first_name: "Ada", current_role_title: null });
  });

  it("that is only tried says what would be, and writes nothing", async () => {
    const csv = "name,email\nDry One,dry@file.test\nDry Two,DRY@file.test\nNo Mail,\n";
    const before = await events(org);
    const done = await imported(csv, { dryRun: "true" });
    expect(done).toMatchObject({ importId: null, dryRun: true, created: 1, updated: 1, failed: 1 });
    expect(await one("dry@file.test")).toBeUndefined();
    expect(await events(org)).toBe(before);
    await imported(csv);
    expect(await imported(csv, { dryRun: "true" })).toMatchObject({ created: 0, updated: 2, failed: 1 });
  });

  it("may be JSON", async () => {
    const people = [
      {
        first_name: "Jay",
        lastName: "Son",
        email: "jay@file.test",
        skills: ["C, C++", "Go"],
        experience: [],
      },
      { name: "No Mail" },
    ];
    const done = await imported(JSON.stringify(people), {}, "people.json");
    expect(done).toMatchObject({ created: 1, failed: 1 });
    expect(await one("jay@file.test")).toMatchObject({ skills: '["C, C++","Go"]' });
  });

  it("is read in the encodings that spreadsheets write", async () => {
    const csv = "name,email\nZoë Müller,EMAIL\n";
    const utf8 = new TextEncoder().encode(`\ufeff${csv.replace("EMAIL", "utf8@file.test")}`);
    expect(await imported(utf8)).toMatchObject({ encoding: "utf-8", created: 1 });
    const utf16 = csv.replace("EMAIL", "utf16@file.test");
    const wide = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from(utf16, (c) => c.charCodeAt(0)).buffer),
    ]);
    expect(await imported(wide)).toMatchObject({ encoding: "utf-16", created: 1 });
    const latin = Uint8Array.from(csv.replace("EMAIL", "latin@file.test"), (c) => c.charCodeAt(0));
    expect(await imported(latin)).toMatchObject({ encoding: "windows-1252", created: 1 });
    for (const email of ["utf8@file.test", "utf16@file.test", "latin@file.test"])
      expect(await one(email)).toMatchObject({ first_name: "Zoë", last_name: "Müller" });
  });

  it.each([
    ["empty", "", "people.csv", /empty/],
    ["without rows", "name,email\n", "people.csv", /no rows/],
    ["a workbook", "PK\u0003\u0004abc", "people.xlsx", /workbook/],
    ["no text", "a\u0000b", "people.csv", /no text/],
    [
      "with a quotation mark that doesn't end",
      'name,email\n"Ada,a@file.test\n',
      "people.csv",
      /quotation mark/,
    ],
    ["broken JSON", '[{"name":', "people.json", /not valid JSON/],
    ["JSON of something else", '{"name":"Ada"}', "people.json", /array/],
    ["without addresses", "name,phone\nAda,1234567\n", "people.csv", /No column holds e-mail/],
  ])("that is %s is refused with what to do", async (_, csv, name, words) => {
    expect((await refused(csv, {}, name)).detail).toMatch(words);
  });

  it.each([
    ["no JSON", "nonsense"],
    ["a list", "[1]"],
    ["an unknown column", '{"Nope":"email"}'],
    ["an unknown field", '{"name":"shoeSize"}'],
    ["a field twice", '{"name":"email","email":"email"}'],
  ])("with a mapping that is %s is refused", async (_, mapping) => {
    const problem = await refused("name,email\nAda,ada@file.test\n", { mapping });
    expect(problem.errors[0]?.path).toMatch(/^mapping/);
    expect(await one("ada@file.test")).toBeUndefined();
  });

  it("is done once for one Idempotency-Key", async () => {
    const body = () => csvForm("name,email\nKey Ed,keyed@file.test\n");
    const options = { token: recruiter.token, headers: { "idempotency-key": "import-1" } };
    const first = await json<ImportReport>(
      await call("POST", "/api/candidates/import", { ...options, body: body() }),
      200,
    );
    const again = await call("POST", "/api/candidates/import", { ...options, body: body() });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await json(again, 200)).toEqual(first);
  });

  it("refuses rows with too many cells, and gives back what failed to be mended", async () => {
    const csv = 'name,email,note\nToo,many@file.test,"a, b",c\n=Cmd(),formula,x\nGood,good.row@file.test,\n';
    const done = await imported(csv);
    expect(done).toMatchObject({ created: 1, failed: 2 });
    const answer = await errorsOf(done.importId ?? "");
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toContain("import-errors-");
    const text = await answer.text();
    expect(text).toContain("name,email,note,error\r\n");
    expect(text).toContain("'=Cmd()");
    const mended = text.replace("formula,", "formula@file.test,");
    const second = await imported(mended);
    expect(second).toMatchObject({ created: 2, failed: 0 });
    expect(await one("formula@file.test")).toMatchObject({ first_name: "=Cmd()" });
    expect(second.mapping.error).toBeNull();
  });
});

const LARGE = 10_000;
const broken = (i: number) => i % 100 === 7;
const line = (i: number) =>
  `Person${i},Crowd ${i % 50},${broken(i) ? `person${i}-at-large.test` : `person${i}@large.test`},+1 555 ${1000 + (i % 9000)},"sales, skill${i % 20}"`;
const largeFile = (from = 0, to = LARGE) =>
  `First name,Last name,Email,Phone,Skills\n${Array.from({ length: to - from }, (_, i) => line(from + i)).join("\n")}\n`;

describe("a file of ten thousand rows", () => {
  it("is taken in the background, and what failed can be mended and sent again", async () => {
    const own = await newOrg();
    const by = await own.person("recruiter");
    const accepted = await send(largeFile(), {}, "large.csv", by);
    const { importId } = await json<{ importId: string }>(accepted, 202);
    expect(accepted.headers.get("location")).toBe(`/api/candidates/imports/${importId}`);
    const done = await finished(importId, by);
    expect(done).toMatchObject({ status: "done", total: LARGE, created: 9900, updated: 0, failed: 100 });
    expect(done.rows).toHaveLength(100);
    expect(done.rows[0]).toMatchObject({ row: 8, ok: false, errors: [{ path: "Email" }] });
    expect(await count("select count(*) from candidates where org_id = ?", own.id)).toBe(9900);
    expect(
      await count("select count(*) from events where org_id = ? and type = 'candidate.created'", own.id),
    ).toBe(9900);
    expect(await objectsOf(own)).toEqual([]);
    const found = await call("GET", "/api/candidates?q=person9999", { token: by.token });
    expect((await json<{ data: unknown[] }>(found, 200)).data).toHaveLength(1);

    const text = await (await errorsOf(importId, by)).text();
    const mended = text.replaceAll("-at-large.test", "@large.test");
    const second = await imported(mended, {}, "mended.csv", by);
    expect(second).toMatchObject({ total: 100, created: 100, failed: 0 });

    const before = await events(own);
    const whole = largeFile().replaceAll("-at-large.test", "@large.test");
    const again = await json<{ importId: string }>(await send(whole, {}, "again.csv", by), 202);
    expect(await finished(again.importId, by)).toMatchObject({ created: 0, updated: LARGE, failed: 0 });
    expect(await events(own)).toBe(before);
    expect(await count("select count(*) from candidates where org_id = ?", own.id)).toBe(LARGE);
  }, 120_000);
});

describe("an import that was interrupted", () => {
  it("goes on where it stood, and does nothing twice", async () => {
    const own = await newOrg();
    const by = await own.person("recruiter");
    // The nudge is lost with the Worker that sent it.
    const answer = await callWith({ EVENTS_QUEUE: lostQueue }, "POST", "/api/candidates/import", {
      token: by.token,
      body: csvForm(largeFile(0, 1500)),
    });
    const { importId } = await json<{ importId: string }>(answer, 202);
    const stored = async () => {
      const [found] = await by.ctx.db.read(by.ctx.db.rows(imports));
      return found[0] as ImportRow;
    };
    const table = await (await worker.FILES.get((await stored()).r2Key))?.json<ImportTable>();
    if (!table) throw new Error("The file is gone.");
    const first = await stored();
    await importChunk(by.ctx, first, table, () => null);
    await importChunk(by.ctx, await stored(), table, () => null);
    // Whoever comes late with a chunk that is done already changes nothing.
    await expect(importChunk(by.ctx, first, table, () => null)).rejects.toThrow();
    const half = await report(importId, by);
    expect(half.status).toBe("running");
    expect(half.created + half.failed).toBe(400);
    expect(await count("select count(*) from candidates where org_id = ?", own.id)).toBe(half.created);

    await sweep(worker, () => {});
    expect((await report(importId, by)).created + (await report(importId, by)).failed).toBe(400);
    // Its lease ends some time after whoever had it died.
    await worker.DB.prepare("update imports set lease_until = 0 where id = ?").bind(importId).run();
    await sweep(worker, () => {});
    const done = await finished(importId, by);
    expect(done).toMatchObject({ created: 1485, updated: 0, failed: 15 });
    expect(await count("select count(*) from candidates where org_id = ?", own.id)).toBe(1485);
    expect(
      await count("select count(*) from events where org_id = ? and type = 'candidate.created'", own.id),
    ).toBe(1485);
    const audited = await rows(
      "select sum(metadata ->> 'created') as created from audit_entries where org_id = ? and action_type = 'CANDIDATE_IMPORT'",
      own.id,
    );
    expect(audited).toEqual([{ created: 1485 }]);
  }, 60_000);

  it("whose file is gone ends as failed", async () => {
    const own = await newOrg();
    const by = await own.person("recruiter");
    const answer = await callWith({ EVENTS_QUEUE: lostQueue }, "POST", "/api/candidates/import", {
      token: by.token,
      body: csvForm(largeFile(0, 1100)),
    });
    const { importId } = await json<{ importId: string }>(answer, 202);
    for (const key of await objectsOf(own)) await worker.FILES.delete(key);
    await sweep(worker, () => {});
    expect((await report(importId, by)).status).toBe("failed");
  });
});

describe("an export", () => {
  let own: Org;
  let by: Person;
  beforeAll(async () => {
    own = await newOrg();
    by = await own.person("recruiter", "Rea Cruz");
    await imported(largeFile(0, 900), {}, "people.csv", by);
    await newCandidate(by, {
      email: "formula@export.test",
      name: "=HYPERLINK(1) Evil",
      phone: "+1 555 0100",
      tags: ["a", "b"],
    });
  });
  const take = (query: string) => call("GET", `/api/candidates/export?${query}`, { token: by.token });

  it("is a CSV file that this import reads again, with no formula in it", async () => {
    const answer = await take("");
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toMatch(/attachment; filename="candidates-.*\.csv"/);
    const text = await answer.text();
    const lines = text.trim().split("\r\n");
    expect(lines).toHaveLength(1 + 891 + 1);
    expect(lines[0]).toMatch(/^firstName,lastName,email,phone/);
    expect(lines[1]).toContain(`"'=HYPERLINK(1)",Evil,formula@export.test,"'+1 555 0100"`);
    expect(text).not.toMatch(/(^|,)"?[=+@-]/m);
    const before = await events(own);
    expect(await imported(text, {}, "export.csv", by)).toMatchObject({ created: 0, updated: 892, failed: 0 });
    expect(await events(own)).toBe(before);
  });

  it("is JSON on request, by the filters of the list", async () => {
    const all = await json<{ id: string }[]>(await take("format=json"), 200);
    expect(new Set(all.map(({ id }) => id)).size).toBe(892);
    const some = await json<{ email: string }[]>(await take("format=json&skills=skill3"), 200);
    expect(some.length).toBe(45);
    expect(await json(await take("format=json&q=formula"), 200)).toMatchObject([{ tags: ["a", "b"] }]);
    expect(await json(await take("format=json&tag=none"), 200)).toEqual([]);
  });

  it("stands in the audit, without what was looked for", async () => {
    await (await take("q=evil")).text();
    const [entry] = await rows<{ metadata: string; actor_id: string }>(
      "select * from audit_entries where org_id = ? and action_type = 'CANDIDATE_EXPORT' order by seq desc",
      own.id,
    );
    expect(entry?.actor_id).toBe(by.user.id);
    expect(JSON.parse(entry?.metadata ?? "")).toEqual({ format: "csv", filters: ["q"] });
  });
});
