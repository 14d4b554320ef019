import { beforeAll, describe, expect, it } from "vitest";
import { valuesOfDraft, wholeLinks } from "../../worker/features/careers/apply-view";
import { clock } from "../../worker/lib/clock";
import { samplePdf, utf8 } from "../fixtures/files";
import { ANSWERS, type Attached, formOf, somebody } from "./applying";
import { outboxOf, rows } from "./facts";
import { type Hiring, newHiring, newJob } from "./hiring";
import { call, costOf, follow, json, newOrg, type Org, settled } from "./org";

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)> '&`;

let org: Org;
let hiring: Hiring;
let path: string;
beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
  path = `/careers/${org.slug}/${hiring.job.slug}`;
});

async function page(address: string, status = 200) {
  const answer = await call("GET", address);
  const html = await answer.text();
  expect(answer.status, html.slice(0, 500)).toBe(status);
  return { html, headers: answer.headers, answer };
}

/** Sends the page's form as a browser does, without following where it leads. */
async function send(fields: Record<string, string | string[]>, files: Attached[] = [], to = `${path}/apply`) {
  const answer = await call("POST", to, { body: formOf(fields, files) });
  return { answer, html: await answer.text() };
}

const hidden = (html: string, name: string) =>
  new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
const applied = () =>
  rows<{ id: string }>("select id from applications where job_id = ? order by id", hiring.job.id);
const value = (html: string, name: string) =>
  new RegExp(`<input [^>]*id="f-${name}"[^>]*>`).exec(html)?.[0].match(/ value="([^"]*)"/)?.[1] ??
  new RegExp(`<input [^>]*value="([^"]*)"[^>]*id="f-${name}"`).exec(html)?.[1];

describe("the page on which one applies", () => {
  it("shows the job's form in one round trip, to nobody's search engine", async () => {
    await page(`${path}/apply`);
    const { html, headers, answer } = await page(`${path}/apply?utm_source=board`);
    expect(costOf(answer).trips).toBe(1);
    expect(html).toContain('<meta name="robots" content="noindex"');
    expect(html).toContain('enctype="multipart/form-data"');
    expect(hidden(html, "source")).toBe("board");
    expect(hidden(html, "form-version")).toBe("1");
    expect(headers.get("content-security-policy")).toContain("script-src 'self'");
    expect(html).not.toMatch(/ style="/);
    for (const key of [
      "cv",
      "firstName",
      "lastName",
      "email",
      "phone",
      "contact-links",
      "why",
      "years",
      "visa",
      "shift",
    ])
      expect(html).toContain(`name="${key}"`);
  });

  it("has its own style inline, which its policy allows by hash, and no other script than ours", async () => {
    const { html, headers } = await page(`${path}/apply`);
    const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, css]) => css ?? "");
    for (const css of styles) {
      const digest = await crypto.subtle.digest("SHA-256", utf8(css));
      expect(headers.get("content-security-policy")).toContain(Buffer.from(digest).toString("base64"));
    }
    expect([...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script type="module" src="/pages/apply.js">',
    ]);
  });

  it("asks for statistics only where the organization does", async () => {
    expect((await page(`${path}/apply`)).html).not.toContain("equal-gender");
    await call("PATCH", "/api/organization", {
      token: hiring.admin.token,
      json: { asksEqualOpportunity: true },
    });
    clock.advance(5001);
    const { html } = await page(`${path}/apply`);
    expect(html).toContain('name="equal-gender"');
    expect(html).toContain("I prefer not to say");
    await call("PATCH", "/api/organization", {
      token: hiring.admin.token,
      json: { asksEqualOpportunity: false },
    });
    clock.advance(5001);
  });

  it("is absent for jobs that are not there, drafts and other organizations", async () => {
    const other = await newOrg();
    await page(`/careers/${org.slug}/nothing/apply`, 404);
    await page(`/careers/nobody-here/${hiring.job.slug}/apply`, 404);
    await page(`/careers/${other.slug}/${hiring.job.slug}/apply`, 404);
    const draft = await newJob(hiring.recruiter, hiring.clientId, { title: "Secret", status: "draft" });
    await page(`/careers/${org.slug}/${draft.slug}/apply`, 404);
    await page(`/careers/${org.slug}/${draft.slug}/sent`, 404);
  });

  it("says 410 of a closed job and what else is open, and 409 to whoever sends its form", async () => {
    const job = await newJob(hiring.recruiter, hiring.clientId, { title: "Short lived" });
    const its = `/careers/${org.slug}/${job.slug}/apply`;
    const { html } = await page(its);
    await call("PATCH", `/api/jobs/${job.id}`, { token: hiring.recruiter.token, json: { status: "closed" } });
    expect((await page(its, 410)).html).toContain(hiring.job.title);
    const who = somebody();
    const sent = await send({ ...who, "form-stamp": hidden(html, "form-stamp") }, [{ field: "cv" }], its);
    expect(sent.answer.status).toBe(409);
    expect(sent.html).toContain("takes no more applications");
    expect(await rows("select id from candidates where email = ?", who.email)).toEqual([]);
  });
});

describe("a form that must be mended", () => {
  it("comes back with everything that was in it, each mistake beside its field and on top", async () => {
    const { html } = await page(`${path}/apply`);
    const { answer, html: again } = await send({
      firstName: HOSTILE,
      email: "nobody",
      phone: "call me",
      "contact-links": "linkedin.com/in/ada",
      years: "many",
      shift: ["early", "night"],
      why: `<b>${HOSTILE}`,
      "form-stamp": hidden(html, "form-stamp"),
      "form-version": "1",
      source: "board",
    });
    expect(answer.status).toBe(422);
    expect(answer.headers.get("content-type")).toContain("text/html");
    for (const name of ["email", "phone", "years", "visa"]) {
      expect(again).toContain(`<a href="#f-${name}"`);
      expect(again).toContain(`id="f-${name}-error"`);
      expect(again).toMatch(new RegExp(`aria-describedby="[^"]*f-${name}-error`));
    }
    expect(again).toContain('id="problems"');
    expect(again).toMatch(/<title>\d things to mend: /);
    expect(again).not.toContain("<script>alert");
    expect(again).not.toMatch(/<img src=x/);
    expect(value(again, "years")).toBe("many");
    expect(value(again, "phone")).toBe("call me");
    expect(again).toMatch(/value="night"[^>]*checked|checked[^>]*value="night"/);
    expect(again).not.toMatch(/value="late"[^>]*checked|checked[^>]*value="late"/);
    expect(hidden(again, "source")).toBe("board");
    // What was sent from this page is known by its stamp: it stays the same.
    expect(hidden(again, "form-stamp")).toBe(hidden(html, "form-stamp"));
    expect(await applied()).toEqual([]);
  });

  it("keeps its files without storing them twice; one can be taken out; all become documents", async () => {
    const who = somebody();
    const first = await send({ ...who, "form-version": "1" }, [{ field: "cv", name: "Ada's <CV>.pdf" }]);
    expect(first.answer.status).toBe(422);
    expect(first.html).toContain("is kept, ");
    expect(first.html).toContain("Ada's &lt;CV>.pdf".replace(">", "&gt;").replace("&gt;", ">"));
    const token = hidden(first.html, "form-draft");
    expect(token).toMatch(/^[\w-]{43}$/);

    const removed = await send({ ...who, "form-draft": token, "form-do": "remove:cv" });
    expect(removed.answer.status).toBe(200);
    expect(removed.html).not.toContain("is kept, ");
    expect(value(removed.html, "firstName")).toBe(who.firstName);

    const bad = await send({ ...who, "form-do": "remove:nothing" }, [
      { field: "cv", bytes: utf8("plain"), name: "cv.pdf" },
    ]);
    expect(bad.html).toContain('id="f-cv-error"');

    const second = await send({ ...who }, [{ field: "cv" }]);
    const last = await send({ ...who, ...ANSWERS, "form-draft": hidden(second.html, "form-draft") });
    expect(last.answer.status, last.html).toBe(303);
    const [made] = await applied();
    const [candidate] = await rows<{ candidate_id: string }>(
      "select candidate_id from applications where id = ?",
      made?.id,
    );
    const papers = await rows("select type from documents where owner_id = ?", candidate?.candidate_id);
    expect(papers).toEqual([{ type: "cv" }]);
  });

  it("refuses what is too large at once, and what is no form", async () => {
    const huge = await call("POST", `${path}/apply`, {
      body: samplePdf(),
      headers: {
        "content-type": "multipart/form-data; boundary=x",
        "content-length": String(60 * 1024 * 1024),
      },
    });
    expect([400, 413]).toContain(huge.status);
    const broken = await call("POST", `${path}/apply`, {
      body: utf8("--x\r\ncontent-disposition: form-da"),
      headers: { "content-type": "multipart/form-data; boundary=x" },
    });
    expect(broken.status).toBe(400);
    expect(await broken.text()).toContain("broke off");
  });
});

describe("a form that is in order", () => {
  it("leads to a page that says what comes next and can be loaded again", async () => {
    const who = somebody();
    const { html } = await page(`${path}/apply`);
    const sent = await send({
      ...who,
      ...ANSWERS,
      "form-stamp": hidden(html, "form-stamp"),
      source: "board",
    });
    expect(sent.answer.status).toBe(303);
    expect(costOf(sent.answer).trips).toBe(2);
    const to = sent.answer.headers.get("location") ?? "";
    expect(to).toBe(`${path}/sent?source=board`);
    const cookie = sent.answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toContain(`Path=${path}/sent`);
    const shown = await call("GET", to, { headers: { cookie: cookie.split(";")[0] ?? "" } });
    expect(await shown.text()).toContain(who.email);
    expect((await page(to)).html).not.toContain(who.email);
    await follow();
    await expect.poll(async () => (await outboxOf(who.email)).length).toBe(1);
  });

  it("is one application, however often its button is pressed", async () => {
    const who = somebody();
    const { html } = await page(`${path}/apply`);
    const before = (await applied()).length;
    const fields = { ...who, ...ANSWERS, "form-stamp": hidden(html, "form-stamp") };
    const all = await Promise.all([send(fields), send(fields), send(fields)]);
    expect(all.map(({ answer }) => answer.status)).toEqual([303, 303, 303]);
    expect((await applied()).length).toBe(before + 1);
  });

  it("says of a second application that the first one is there, and mails its link if asked", async () => {
    const who = somebody();
    await send({ ...who, ...ANSWERS });
    const again = await send({ ...who, ...ANSWERS, why: "Another page" });
    expect(again.answer.status).toBe(409);
    expect(again.html).toContain("You applied for this job already");
    expect(again.html).toContain(`action="${path}/resend"`);
    await follow();
    await expect.poll(async () => (await outboxOf(who.email)).length).toBe(1);
    const known = await send({ email: who.email }, [], `${path}/resend`);
    const unknown = await send({ email: "never@example.com" }, [], `${path}/resend`);
    expect(known.answer.status).toBe(200);
    expect(unknown.html).toBe(known.html);
    await settled();
    await expect.poll(async () => (await outboxOf(who.email)).length).toBe(2);
    expect(await outboxOf("never@example.com")).toEqual([]);
  });
});

describe("a draft that one comes back to", () => {
  it("is shown as it was left, in the version of the form that it is for", async () => {
    const job = await newJob(hiring.recruiter, hiring.clientId, { title: "Changing" });
    const its = `/careers/${org.slug}/${job.slug}/apply`;
    const draft = await json<{ token: string }>(
      await call("POST", "/api/applications/drafts", {
        json: {
          org: org.slug,
          job: job.slug,
          data: {
            candidateData: { firstName: "Ada", links: ["https://ada.example"] },
            formAnswers: { visa: "yes", shift: ["late"], why: HOSTILE },
            source: "board",
          },
        },
      }),
      201,
    );
    await call("PUT", `/api/jobs/${job.id}/form`, {
      token: hiring.recruiter.token,
      json: { fields: [{ key: "other", label: "Another question", type: "text" }] },
    });
    const { html } = await page(`${its}?draft=${draft.token}`);
    expect(html).toContain("This is what you filled in before.");
    expect(value(html, "firstName")).toBe("Ada");
    expect(html).toContain("https://ada.example");
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("Another question");
    expect(hidden(html, "source")).toBe("board");
    expect(hidden(html, "form-draft")).toBe(draft.token);
    // Elsewhere it shows nothing.
    expect((await page(`${path}/apply?draft=${draft.token}`)).html).not.toContain("Ada");
    expect((await page(`${its}?draft=${"x".repeat(43)}`)).html).toContain("is gone");
  });
});

it("web addresses are made whole, whatever people write", () => {
  expect(wholeLinks(" linkedin.com/in/ada \n https://ada.example\n\n")).toBe(
    "https://linkedin.com/in/ada\nhttps://ada.example",
  );
  expect(wholeLinks("")).toBe("");
});

it("a draft's answers stand in the form whatever type they came in", () => {
  expect(
    valuesOfDraft({
      candidateData: { firstName: "Ada", phone: null, links: ["a", 1] },
      formAnswers: { yes: true, no: false, number: 3.5, list: ["a", "b"], odd: { a: 1 } },
    }),
  ).toEqual({
    firstName: ["Ada"],
    phone: [],
    yes: ["yes"],
    no: ["no"],
    number: ["3.5"],
    list: ["a", "b"],
    odd: [],
    "contact-links": ["a\n1"],
  });
});
