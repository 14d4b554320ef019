import { beforeAll, describe, expect, it } from "vitest";
import { calendarFile, type Invitation, timeInWords } from "../../worker/features/interviews/calendar";
import type { Interview } from "../../worker/features/interviews/schema";
import { calm, rows } from "./facts";
import { type Hiring, newHiring } from "./hiring";
import { newInterview, slot, steps } from "./interviews";
import { call, json, newOrg, type Org } from "./org";

/** The lines of a calendar file, with folded ones (RFC 5545 3.1) put together again. */
const unfolded = (text: string) => text.replace(/\r\n[ \t]/g, "").split("\r\n");
const lineOf = (text: string, name: string) =>
  unfolded(text)
    .find((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))
    ?.replace(/^[^:]*:/, "");

const INVITATION: Invitation = {
  uid: "int_01@portico.test",
  sequence: 2,
  cancelled: false,
  start: Date.UTC(2026, 10, 2, 9),
  end: Date.UTC(2026, 10, 2, 9, 45),
  at: Date.UTC(2026, 9, 20),
  title: "Interview: Küchenchef; Grüße, 東京",
  description: `First line\nA long one ${"with many words ".repeat(20)}`,
  location: "Room 1; second floor, left",
  url: "https://meet.example.test/x?a=1&b=2",
  organizer: { name: 'Acme "Sons"', email: "no-reply@example.com" },
  attendees: [{ name: "Ada\r\nX-EVIL:1", email: "ada@example.com" }],
};

describe("a calendar file", () => {
  it("is a REQUEST with UID, SEQUENCE and times in UTC, its lines folded at 75 octets", () => {
    const { content, contentType, fileName } = calendarFile(INVITATION);
    expect(contentType).toBe("text/calendar; charset=utf-8; method=REQUEST");
    expect(fileName).toBe("invitation.ics");
    expect(content.startsWith("BEGIN:VCALENDAR\r\n")).toBe(true);
    expect(content.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(content.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of content.split("\r\n")) {
      expect(new TextEncoder().encode(line).byteLength).toBeLessThanOrEqual(75);
    }
    for (const [name, value] of [
      ["METHOD", "REQUEST"],
      ["UID", "int_01@portico.test"],
      ["SEQUENCE", "2"],
      ["DTSTAMP", "20261020T000000Z"],
      ["DTSTART", "20261102T090000Z"],
      ["DTEND", "20261102T094500Z"],
      ["STATUS", "CONFIRMED"],
      ["SUMMARY", "Interview: Küchenchef\\; Grüße\\, 東京"],
      ["LOCATION", "Room 1\\; second floor\\, left"],
    ] as const) {
      expect(lineOf(content, name), name).toBe(value);
    }
    expect(unfolded(content).filter((line) => line.startsWith("X-EVIL"))).toEqual([]);
  });

  it("of a cancellation is a CANCEL of the same entry", () => {
    const { content, contentType } = calendarFile({ ...INVITATION, cancelled: true, sequence: 3 });
    expect(contentType).toContain("method=CANCEL");
    expect([lineOf(content, "METHOD"), lineOf(content, "STATUS"), lineOf(content, "SEQUENCE")]).toEqual([
      "CANCEL",
      "CANCELLED",
      "3",
    ]);
  });

  it("says the hour of the zone on both sides of a change of the clocks", () => {
    const berlin = (iso: string) =>
      timeInWords(Date.parse(iso), Date.parse(iso) + 2_700_000, "Europe/Berlin");
    expect(berlin("2026-10-23T08:00:00Z")).toMatch(
      /^Friday,? 23 October 2026, 10:00 to 10:45 \(Europe\/Berlin, GMT\+2\)$/,
    );
    expect(berlin("2026-10-26T09:00:00Z")).toMatch(
      /^Monday,? 26 October 2026, 10:00 to 10:45 \(Europe\/Berlin, GMT\+1\)$/,
    );
    expect(timeInWords(Date.parse("2026-03-09T14:00:00Z"), null, "America/New_York")).toContain(
      "10:00 (America/New_York, GMT-4)",
    );
  });
});

describe("what is mailed", () => {
  let org: Org;
  let hiring: Hiring;
  beforeAll(async () => {
    org = await newOrg();
    hiring = await newHiring(org);
  });

  interface Sent {
    to: string;
    subject: string;
    text: string;
    content: string;
  }
  /** Mails with a calendar file, in the order in which they went out. */
  async function sent(): Promise<Sent[]> {
    await calm(org);
    const found = await rows<{ to_address: string; subject: string; body_text: string; files: string }>(
      "select o.* from outbox o join emails e on e.id = o.email_id where o.org_id = ? and o.files is not null order by e.id",
      org.id,
    );
    return found.map((row) => ({
      to: row.to_address,
      subject: row.subject,
      text: row.body_text,
      content: (JSON.parse(row.files) as { content: string }[])[0]?.content ?? "",
    }));
  }
  const put = async (id: string, body: object) =>
    await json<Interview>(
      await call("PUT", `/api/interviews/${id}`, { token: hiring.recruiter.token, json: body }),
      200,
    );

  it("keeps one UID and raises SEQUENCE through changes, a move and the cancellation", async () => {
    const second = await org.person("recruiter", "Second Eye");
    const { interview, application } = await newInterview(hiring, {
      timeZone: "Europe/Berlin",
      interviewerIds: [hiring.recruiter.user.id, second.user.id],
    });
    const [candidate] = await rows<{ email: string }>(
      "select email from candidates where id = ?",
      application.candidateId,
    );
    const mine = async () => (await sent()).filter(({ to }) => to === candidate?.email);
    await steps(hiring.recruiter, interview.id, "book-slot");
    expect(await mine()).toEqual([]);
    await steps(hiring.recruiter, interview.id, "send-invite");
    const first = await sent();
    expect(first.map(({ to }) => to).sort()).toEqual(
      [candidate?.email, hiring.recruiter.user.email, second.user.email].sort(),
    );
    await put(interview.id, { meetingLink: "https://meet.example.test/new" });
    await calm(org);
    await put(interview.id, { interviewerIds: [hiring.recruiter.user.id] });
    const removed = (await sent()).filter(({ to }) => to === second.user.email);
    expect(removed.map(({ content }) => lineOf(content, "METHOD"))).toEqual(["REQUEST", "REQUEST", "CANCEL"]);

    const moved = await put(interview.id, { proposedSlots: [slot("later")] });
    expect(moved).toMatchObject({ status: "Awaiting Candidate Confirmation", inviteSent: false });
    await calm(org);
    const told = await rows<{ subject: string }>(
      "select subject from outbox where to_address = ? and subject like '%new time%'",
      candidate?.email,
    );
    expect(told).toHaveLength(1);
    await json(
      await call("POST", `/api/interviews/${interview.id}/book-slot`, {
        token: hiring.recruiter.token,
        json: { slotId: "later" },
      }),
      200,
    );
    await steps(hiring.recruiter, interview.id, "send-invite", "cancel");
    const all = await mine();
    expect(all.map(({ content }) => lineOf(content, "METHOD"))).toEqual([
      "REQUEST",
      "REQUEST",
      "REQUEST",
      "REQUEST",
      "CANCEL",
    ]);
    expect(all.map(({ content }) => lineOf(content, "SEQUENCE"))).toEqual(["0", "1", "2", "3", "4"]);
    expect(new Set(all.map(({ content }) => lineOf(content, "UID")))).toEqual(
      new Set([`${interview.id}@portico.test`]),
    );
    const stamp = (iso: string | undefined) => iso?.replace(/[-:]|\.\d+/g, "");
    expect(lineOf(all[0]?.content ?? "", "DTSTART")).toBe(stamp(interview.proposedSlots[0]?.start));
    expect(lineOf(all[3]?.content ?? "", "DTSTART")).toBe(stamp(moved.proposedSlots[0]?.start));
    expect(all[0]?.text).toContain("(Europe/Berlin, GMT+");
  });

  it("cancelling before anybody was invited tells the candidate without a calendar file", async () => {
    const { interview, application } = await newInterview(hiring);
    await steps(hiring.recruiter, interview.id, "cancel");
    await calm(org);
    const found = await rows<{ files: string | null }>(
      `select o.files from outbox o where o.subject like '%is cancelled%'
        and o.to_address = (select email from candidates where id = ?)`,
      application.candidateId,
    );
    expect(found).toEqual([{ files: null }]);
  });
});
