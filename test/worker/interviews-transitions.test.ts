import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Interview } from "../../worker/features/interviews/schema";
import {
  allows,
  INTERVIEW_ACTIONS,
  INTERVIEW_STATUSES,
  type InterviewAction,
  type InterviewStatus,
  TRANSITIONS,
} from "../../worker/features/interviews/words";
import { count, rows } from "./facts";
import { type Hiring, newHiring, wrongCounts } from "./hiring";
import { newInterview, slot, step, steps } from "./interviews";
import { call, json, newOrg, type Org, worker } from "./org";

/** Document 002's flow as it stands there, apart from the table that decides. */
const FLOW: Record<InterviewStatus, Partial<Record<InterviewAction, InterviewStatus>>> = {
  Draft: { cancel: "Cancelled" },
  "Awaiting Candidate Confirmation": { "book-slot": "Confirmed", cancel: "Cancelled" },
  Confirmed: { "send-invite": "Scheduled", cancel: "Cancelled" },
  Scheduled: { "mark-completed": "Completed", "mark-no-show": "No Show", cancel: "Cancelled" },
  Completed: { "move-to-next-round": "Passed", reject: "Failed", "initiate-hiring": "Passed" },
  Passed: {},
  Failed: {},
  "No Show": { cancel: "Cancelled" },
  Cancelled: {},
};

/** The way to each status through the API. */
const WAY: Record<InterviewStatus, InterviewAction[]> = {
  Draft: [],
  "Awaiting Candidate Confirmation": [],
  Confirmed: ["book-slot"],
  Scheduled: ["book-slot", "send-invite"],
  Completed: ["book-slot", "send-invite", "mark-completed"],
  Passed: ["book-slot", "send-invite", "mark-completed", "move-to-next-round"],
  Failed: ["book-slot", "send-invite", "mark-completed", "reject"],
  "No Show": ["book-slot", "send-invite", "mark-no-show"],
  Cancelled: ["cancel"],
};

let org: Org;
let hiring: Hiring;
beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
});

/** What a step of an interview leaves behind. */
const traces = (id: string) =>
  rows(
    `select i.version, i.updated_at, (select count(*) from events where entity_id = i.id) as events,
      (select count(*) from audit_entries where entity_id = i.id) as audit,
      (select count(*) from interview_bookings where interview_id = i.id) as bookings,
      a.version as application from interviews i join applications a on a.id = i.application_id where i.id = ?`,
    id,
  );

async function interviewIn(status: InterviewStatus): Promise<Interview> {
  const { interview } = await newInterview(hiring, status === "Draft" ? { draft: true } : {});
  const way = WAY[status];
  return way.length === 0 ? interview : await steps(hiring.recruiter, interview.id, ...way);
}

it("the table says what the document says, and nothing else", () => {
  for (const status of INTERVIEW_STATUSES) {
    for (const action of INTERVIEW_ACTIONS) {
      expect(allows(action, status), `${action} in ${status}`).toBe(FLOW[status][action] !== undefined);
      if (allows(action, status)) expect(TRANSITIONS[action].to).toBe(FLOW[status][action]);
    }
  }
});

describe.each(INTERVIEW_STATUSES)("an interview that is %s", (status) => {
  it.each(INTERVIEW_ACTIONS)("answers %s as the document says", async (action) => {
    const interview = await interviewIn(status);
    expect(interview.status).toBe(status);
    const before = await traces(interview.id);
    const answer = await step(hiring.recruiter, interview.id, action);
    const to = FLOW[status][action];
    if (to) {
      expect(await json<Interview>(answer, 200)).toMatchObject({ status: to, interviewStatus: to });
      return;
    }
    expect(await json(answer, 409)).toMatchObject({
      type: "conflict",
      current: { id: interview.id, status },
    });
    expect(await traces(interview.id), "a refused step writes nothing").toEqual(before);
  });
});

it("whatever is tried in whatever order, status, bookings, events and audit agree", async () => {
  const actions = fc.array(fc.constantFrom(...INTERVIEW_ACTIONS), { minLength: 3, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(actions, async (list) => {
      const { interview } = await newInterview(hiring);
      let status: InterviewStatus = "Awaiting Candidate Confirmation";
      let done = 0;
      for (const action of list) {
        const answer = await step(hiring.recruiter, interview.id, action);
        const to: InterviewStatus | undefined = FLOW[status][action];
        expect(answer.status, `${action} in ${status}`).toBe(to ? 200 : 409);
        if (to) {
          status = to;
          done += 1;
        }
      }
      const busy = await count(
        "select count(*) from interview_bookings where interview_id = ?",
        interview.id,
      );
      expect(busy).toBe(status === "Confirmed" || status === "Scheduled" ? 2 : 0);
      const events = await count(
        "select count(*) from events where entity_id = ? and type like 'interview.%'",
        interview.id,
      );
      expect(events).toBe(1 + done);
      const audit = await count("select count(*) from audit_entries where entity_id = ?", interview.id);
      expect(audit).toBe(1 + done);
      const { version } = await json<Interview>(
        await call("GET", `/api/interviews/${interview.id}`, { token: hiring.recruiter.token }),
        200,
      );
      expect(version).toBe(1 + done);
    }),
    { numRuns: 12 },
  );
  expect(await wrongCounts(org.id)).toEqual([]);
});

describe("races", () => {
  it("twenty who book the same interview: one wins", async () => {
    const slots = Array.from({ length: 20 }, (_, i) => slot(`s${i}`));
    const { interview } = await newInterview(hiring, { proposedSlots: slots });
    const answers = await Promise.all(
      slots.map(({ id }) => step(hiring.recruiter, interview.id, "book-slot", { slotId: id })),
    );
    const statuses = answers.map((answer) => answer.status).sort();
    expect(statuses).toEqual([200, ...Array(19).fill(409)]);
    expect(await count("select count(*) from interview_bookings where interview_id = ?", interview.id)).toBe(
      2,
    );
    expect(
      await count(
        "select count(*) from events where entity_id = ? and type = 'interview.booked'",
        interview.id,
      ),
    ).toBe(1);
  });

  it("twenty interviews of one interviewer at overlapping times: one is booked", async () => {
    const interviewerIds = [(await org.person("recruiter", "Busy Bee")).user.id];
    const first = Date.parse(slot("a").start);
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        // Each begins two minutes after the one before, and takes 45.
        newInterview(hiring, {
          interviewerIds,
          proposedSlots: [slot("a", new Date(first + i * 120_000).toISOString())],
        }),
      ),
    );
    const answers = await Promise.all(
      made.map(({ interview }) => step(hiring.recruiter, interview.id, "book-slot")),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused && (await json(refused, 409)).detail).toContain("interviewers");
    expect(
      await count(
        `select count(*) from interview_bookings a join interview_bookings b
          on a.org_id = b.org_id and a.person_id = b.person_id and a.interview_id < b.interview_id
          and a.starts_at < b.ends_at and b.starts_at < a.ends_at where a.org_id = ?`,
        org.id,
      ),
      "no two bookings of one person overlap",
    ).toBe(0);
  });

  it("back to back is no overlap, and a time is free again once it is cancelled", async () => {
    const interviewerIds = [(await org.person("recruiter", "Back Toback")).user.id];
    const start = Date.parse(slot("a").start);
    const at = (minutes: number) => ({
      interviewerIds,
      interviewDuration: 30,
      proposedSlots: [slot("a", new Date(start + minutes * 60_000).toISOString())],
    });
    const one = await newInterview(hiring, at(0));
    const two = await newInterview(hiring, at(30));
    const three = await newInterview(hiring, at(15));
    await steps(hiring.recruiter, one.interview.id, "book-slot");
    await steps(hiring.recruiter, two.interview.id, "book-slot");
    await json(await step(hiring.recruiter, three.interview.id, "book-slot"), 409);
    await steps(hiring.recruiter, one.interview.id, "cancel");
    await json(await step(hiring.recruiter, three.interview.id, "book-slot"), 409);
    await steps(hiring.recruiter, two.interview.id, "cancel");
    await steps(hiring.recruiter, three.interview.id, "book-slot");
  });

  it("a time that is agreed is refused where an interviewer is busy, and nothing is set up", async () => {
    const { interview } = await newInterview(hiring);
    await steps(hiring.recruiter, interview.id, "book-slot");
    const { application } = await newInterview(hiring);
    await worker.DB.prepare("delete from interviews where application_id = ?").bind(application.id).run();
    const answer = await call("POST", "/api/interviews", {
      token: hiring.recruiter.token,
      json: {
        applicationId: application.id,
        agreed: true,
        proposedSlots: [{ start: interview.proposedSlots[0]?.start }],
      },
    });
    await json(answer, 409);
    expect(await count("select count(*) from interviews where application_id = ?", application.id)).toBe(0);
  });

  it("ten decisions at once: one holds, with one move", async () => {
    const { interview, application } = await newInterview(hiring);
    await steps(hiring.recruiter, interview.id, "book-slot", "send-invite", "mark-completed");
    const list: InterviewAction[] = [
      "reject",
      "initiate-hiring",
      "move-to-next-round",
      "reject",
      "initiate-hiring",
    ];
    const answers = await Promise.all(
      [...list, ...list].map((action) => step(hiring.recruiter, interview.id, action)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    expect(
      await count(
        "select count(*) from events where entity_id = ? and type = 'application.status_changed'",
        application.id,
      ),
    ).toBe(1);
    expect(
      await count(
        "select count(*) from events where entity_id = ? and type in ('interview.passed', 'interview.failed')",
        interview.id,
      ),
    ).toBe(1);
  });

  it("a move by somebody else at the same moment is one after the other", async () => {
    for (let round = 0; round < 4; round++) {
      const { interview, application } = await newInterview(hiring);
      await steps(hiring.recruiter, interview.id, "book-slot", "send-invite", "mark-completed");
      const [decided, moved] = await Promise.all([
        step(hiring.recruiter, interview.id, "reject"),
        call("POST", `/api/applications/${application.id}/move-stage`, {
          token: hiring.admin.token,
          json: { stage: "phone-screen" },
        }),
      ]);
      expect([200, 409]).toContain(moved.status);
      expect(decided.status).toBe(200);
    }
    expect(await wrongCounts(org.id)).toEqual([]);
  });

  it("lets one of five changes of the same version through", async () => {
    const { interview } = await newInterview(hiring);
    const put = () =>
      call("PUT", `/api/interviews/${interview.id}`, {
        token: hiring.recruiter.token,
        json: { roundName: "Other" },
        headers: { "if-match": `"${interview.version}"` },
      });
    const answers = await Promise.all(Array.from({ length: 5 }, put));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
  });
});
