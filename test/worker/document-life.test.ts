import { describe, expect, it } from "vitest";
import { getAgentHome } from "../../worker/features/agents/home";
import { listDocuments } from "../../worker/features/documents/documents";
import { askForDocument } from "../../worker/features/documents/requests";
import { reviewDocument } from "../../worker/features/documents/review";
import { DocumentListQuery } from "../../worker/features/documents/schema";
import { changeType } from "../../worker/features/documents/types";
import { sweepReminders } from "../../worker/features/reminders/sweep";
import { clock } from "../../worker/lib/clock";
import { calm, count, eventsOf, moved, noticesOf, outboxOf, rows } from "./facts";
import { call, costOf, json, newOrg, type Org, settled, worker } from "./org";
import { type StoredDocument, uploaded, waitingFor } from "./uploads";

const DAY = 24 * 60 * 60 * 1000;
const dayIn = (days: number) => new Date(clock.now() + days * DAY).toISOString().slice(0, 10);

async function setting() {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter", "Rea Cruz"), await org.agent()];
  const document = await uploaded(ada);
  return { org, recruiter, ada, document };
}
type Setting = Awaited<ReturnType<typeof setting>>;

/** Approves by the verb, for a token lives shorter than a document. */
const approve = ({ recruiter }: Setting, id: string, expiresOn?: string | null) =>
  reviewDocument(recruiter.ctx, id, {
    status: "approved",
    ...(expiresOn === undefined ? {} : { expiresOn }),
  });

/** Moves the clock until so long before a document's end, and lets two sweeps at once find what is due. */
async function until(org: Org, id: string, days: number): Promise<void> {
  const [row] = await rows<{ expires_at: number }>("select expires_at from documents where id = ?", id);
  clock.advance((row?.expires_at ?? 0) - days * DAY + 1000 - clock.now());
  await sweepTwice(org);
}
async function sweepTwice(org: Org): Promise<void> {
  const after = (work: Promise<unknown>) => void work.catch(() => undefined);
  await Promise.all([sweepReminders(worker, after), sweepReminders(worker, after)]);
  await settled();
  await calm(org);
}
const subjects = async (email: string, word: string) =>
  (await outboxOf(email)).map(({ subject }) => subject).filter((subject) => subject.includes(word));

describe("a document that ends", () => {
  it("has its last day from its reviewer, and its owner hears of it at 30, 7, 1 days and at the end, once each", async () => {
    const s = await setting();
    const { org, recruiter, ada, document } = s;
    const day = dayIn(60);
    expect(await approve(s, document.id, day)).toMatchObject({
      expiresOn: day,
      expired: false,
      expiredAt: null,
    });
    for (const days of [30, 7, 1]) await until(org, document.id, days);
    const name = await nameOf(org);
    expect(await subjects(ada.user.email, "W-9 ends")).toEqual([
      `${name}: your W-9 ends in 30 days`,
      `${name}: your W-9 ends in 7 days`,
      `${name}: your W-9 ends in one day`,
    ]);
    expect((await noticesOf(ada.user.id)).filter((title) => title.includes("ends in")).sort()).toEqual([
      "Your W-9 ends in 30 days",
      "Your W-9 ends in 7 days",
      "Your W-9 ends in one day",
    ]);
    expect(await eventTypes(ada.agent.id)).not.toContain("document.expired");

    await until(org, document.id, 0);
    await sweepTwice(org);
    expect(await subjects(ada.user.email, "has expired")).toHaveLength(1);
    const [mail] = await rows<{ text: string }>(
      "select body_text as text from outbox where to_address = ? and subject like '%has expired'",
      ada.user.email,
    );
    expect(mail?.text).toContain("/documents?type=w9");
    expect(await noticesOf(recruiter.user.id)).toContain("Ada Lund: W-9 has expired");
    const ended = (await eventsOf(ada.agent.id)).filter(({ type }) => type === "document.expired");
    expect(ended.map(({ data }) => JSON.parse(data))).toEqual([
      { agentId: ada.agent.id, documentId: document.id, type: "w9" },
    ]);
    const shown = await listDocuments(ada.ctx, DocumentListQuery.parse({}));
    expect(shown.data[0]).toMatchObject({ status: "approved", expiresOn: day, expired: true, version: 3 });
    expect(shown.data[0]?.expiredAt).not.toBeNull();
  });

  it("is good for as long as its type says, unless its reviewer says otherwise", async () => {
    const s = await setting();
    await changeType(s.recruiter.ctx, { key: "w9", validDays: 365 });
    expect(await approve(s, s.document.id)).toMatchObject({ expiresOn: dayIn(365) });
    // Saying it again changes nothing; another day is a change.
    expect(await approve(s, s.document.id)).toMatchObject({ version: 2 });
    expect(await approve(s, s.document.id, dayIn(10))).toMatchObject({ version: 3, expiresOn: dayIn(10) });
    expect(await approve(s, s.document.id, null)).toMatchObject({ version: 4, expiresOn: null });
    await changeType(s.recruiter.ctx, { key: "w9", validDays: null });
    const other = await uploaded(s.ada, { type: "id" });
    expect(await approve(s, other.id)).toMatchObject({ expiresOn: null });
  });

  it("takes no day that is over, and none with a rejection", async () => {
    const { recruiter, document } = await setting();
    const say = (body: object) =>
      call("PUT", `/api/documents/${document.id}/status`, { token: recruiter.token, json: body });
    for (const body of [
      { status: "approved", expiresOn: dayIn(-1) },
      { status: "approved", expiresOn: "2026-02-30" },
      { status: "approved", expiresOn: "soon" },
      { status: "rejected", reason: "Dark.", expiresOn: dayIn(9) },
    ]) {
      const { errors } = await json(await say(body), 422);
      expect(errors).toMatchObject([{ path: "expiresOn" }]);
    }
    const today = await json(await say({ status: "approved", expiresOn: dayIn(0) }), 200);
    expect(today).toMatchObject({ expiresOn: dayIn(0), expired: false });
  });

  it("counts no longer where it is asked for: on the card, in the next step, whether or not it was noted", async () => {
    const s = await setting();
    const { org, ada } = s;
    const nda = await uploaded(ada, { type: "nda" });
    await approve(s, s.document.id, dayIn(3));
    await approve(s, nda.id);
    expect(await waitingFor(ada.agent.id)).toBeNull();
    const [row] = await rows<{ expires_at: number }>(
      "select expires_at from documents where id = ?",
      s.document.id,
    );
    clock.advance((row?.expires_at ?? 0) - clock.now());
    expect((await getAgentHome(ada.ctx, ada.agent.id)).next).toMatchObject({
      title: "Upload a new W-9",
      documentType: "w9",
    });
    await sweepTwice(org);
    expect(await waitingFor(ada.agent.id)).toBe("W-9 expired");
  });

  it("is owed again by who was asked for it", async () => {
    const s = await setting();
    const asked = await askForDocument(s.recruiter.ctx, { agentId: s.ada.agent.id, type: "id" });
    const id = await uploaded(s.ada, { type: "id" });
    await approve(s, id.id, dayIn(1));
    await until(s.org, id.id, 0);
    expect(await rows("select status, document_id from document_requests where id = ?", asked.id)).toEqual([
      { status: "open", document_id: null },
    ]);
  });

  it("is silent where a better one was approved", async () => {
    const s = await setting();
    const { org, ada } = s;
    await approve(s, s.document.id, dayIn(40));
    const next = await uploaded(ada);
    await approve(s, next.id, dayIn(400));
    for (const days of [30, 7, 1, 0]) await until(org, s.document.id, days);
    expect(await subjects(ada.user.email, "W-9 ends")).toEqual([]);
    expect(await subjects(ada.user.email, "has expired")).toEqual([]);
    expect(await waitingFor(ada.agent.id)).toBe("no NDA");
    // That it ended is still true, and told to whoever keeps facts.
    expect(await eventTypes(ada.agent.id)).toContain("document.expired");
  });

  it("is spoken of once where its reminders come late", async () => {
    const s = await setting();
    await approve(s, s.document.id, dayIn(60));
    await until(s.org, s.document.id, 5);
    expect(await subjects(s.ada.user.email, "W-9 ends in 5 days")).toHaveLength(1);
    await until(s.org, s.document.id, 0);
    expect(await subjects(s.ada.user.email, "W-9 ends")).toHaveLength(1);
    expect(await subjects(s.ada.user.email, "has expired")).toHaveLength(1);
  });

  it("that was rejected since, or has another end by now, is not spoken of", async () => {
    const s = await setting();
    const { org, ada } = s;
    await approve(s, s.document.id, dayIn(8));
    await approve(s, s.document.id, dayIn(90));
    clock.advance(9 * DAY);
    await sweepTwice(org);
    expect(await subjects(ada.user.email, "W-9 ends")).toEqual([]);
    expect(await eventTypes(ada.agent.id)).not.toContain("document.expired");
    await reviewDocument(s.recruiter.ctx, s.document.id, { status: "rejected", reason: "It was revoked." });
    clock.advance(90 * DAY);
    await sweepTwice(org);
    expect(await subjects(ada.user.email, "expired")).toEqual([]);
    expect(await count("select count(*) from reminders where org_id = ? and done_at is null", org.id)).toBe(
      0,
    );
  });

  it("whose new approval races its end comes out as one of the two, told once", async () => {
    const s = await setting();
    const { org, ada, document } = s;
    await approve(s, document.id, dayIn(1));
    const [row] = await rows<{ expires_at: number }>(
      "select expires_at from documents where id = ?",
      document.id,
    );
    clock.advance((row?.expires_at ?? 0) + 1000 - clock.now());
    await Promise.all([approve(s, document.id, dayIn(30)), sweepTwice(org), sweepTwice(org)]);
    await sweepTwice(org);
    const [found] = await rows("select status, expired_at from documents where id = ?", document.id);
    expect(found).toEqual({ status: "approved", expired_at: null });
    const ended = (await eventTypes(ada.agent.id)).filter((type) => type === "document.expired");
    expect(ended.length).toBe((await subjects(ada.user.email, "has expired")).length);
    expect(ended.length).toBeLessThanOrEqual(1);
    expect(await waitingFor(ada.agent.id)).toBe("no NDA");
  });

  it("of somebody who left the pool is noted, and only the team hears of it", async () => {
    const s = await setting();
    const { org, ada, recruiter } = s;
    await approve(s, s.document.id, dayIn(8));
    await moved(recruiter, ada.agent.id, "withdrawn");
    for (const days of [7, 1, 0]) await until(org, s.document.id, days);
    expect(await subjects(ada.user.email, "W-9")).toEqual([]);
    expect(await eventTypes(ada.agent.id)).toContain("document.expired");
    expect(await noticesOf(recruiter.user.id)).toContain("Ada Lund: W-9 has expired");
  });
});

describe("the list of what ends", () => {
  it("has the soonest first, pages through them, and leaves out what was replaced", async () => {
    const s = await setting();
    const { recruiter, ada } = s;
    const made: Record<string, StoredDocument> = { w9: s.document };
    for (const type of ["nda", "id", "certificate", "other"]) made[type] = await uploaded(ada, { type });
    const at = { w9: 12, nda: 3, id: 29, certificate: 45 };
    for (const [type, days] of Object.entries(at)) await approve(s, made[type]?.id ?? "", dayIn(days));
    await approve(s, made.other?.id ?? "");
    const list = async (more: object = {}) =>
      await listDocuments(recruiter.ctx, DocumentListQuery.parse({ expiring: "true", ...more }));
    expect((await list()).data.map(({ type }) => type)).toEqual(["nda", "w9", "id"]);
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.nextCursor });
    expect([...first.data, ...second.data].map(({ type }) => type)).toEqual(["nda", "w9", "id"]);
    const better = await uploaded(ada, { type: "nda" });
    await approve(s, better.id);
    expect((await list()).data.map(({ type }) => type)).toEqual(["w9", "id"]);
    await reviewDocument(recruiter.ctx, s.document.id, { status: "rejected", reason: "Revoked." });
    expect((await list()).data.map(({ type }) => type)).toEqual(["id"]);
  });

  it("and the queue of a review cost one trip, however many there are", async () => {
    const s = await setting();
    for (let i = 0; i < 12; i++) await uploaded(s.ada, { type: "other" });
    for (const query of ["status=pending&limit=10", "expiring=true"]) {
      // The first one asks for the session too, which is then remembered.
      await call("GET", `/api/documents?${query}`, { token: s.recruiter.token });
      const answer = await call("GET", `/api/documents?${query}`, { token: s.recruiter.token });
      expect(answer.status).toBe(200);
      const { trips, read } = costOf(answer);
      expect(trips).toBe(1);
      expect(read).toBeLessThan(70);
    }
  });
});

describe("a document asked for", () => {
  it("is asked for again a day before and on the day, once each, while it is open", async () => {
    const s = await setting();
    const { org, ada, recruiter } = s;
    const dueDate = dayIn(5);
    await askForDocument(recruiter.ctx, { agentId: ada.agent.id, type: "id", dueDate });
    await calm(org);
    const [asked] = await rows<{ text: string }>(
      "select body_text as text from outbox where to_address = ? and subject like '%asks for your%'",
      ada.user.email,
    );
    expect(asked?.text).toContain("/documents?type=id");
    clock.advance(Date.parse(`${dueDate}T00:00:01Z`) - DAY - clock.now());
    await sweepTwice(org);
    expect(await subjects(ada.user.email, "is due")).toEqual([
      `${await nameOf(org)}: your Identity document is due tomorrow`,
    ]);
    clock.advance(DAY);
    await sweepTwice(org);
    await sweepTwice(org);
    expect(await subjects(ada.user.email, "is due")).toHaveLength(2);
    expect(await noticesOf(ada.user.id)).toContain("Your Identity document is due today");
  });

  it("is not asked for again once it is there", async () => {
    const s = await setting();
    const { org, ada, recruiter } = s;
    await askForDocument(recruiter.ctx, { agentId: ada.agent.id, type: "id", dueDate: dayIn(2) });
    await uploaded(ada, { type: "id" });
    clock.advance(3 * DAY);
    await sweepTwice(org);
    expect(await subjects(ada.user.email, "is due")).toEqual([]);
  });
});

async function eventTypes(id: string): Promise<string[]> {
  return (await eventsOf(id)).map(({ type }) => type);
}
async function nameOf(org: Org): Promise<string> {
  const [row] = await rows<{ name: string }>("select name from organizations where id = ?", org.id);
  return row?.name ?? "";
}
