import { beforeAll, describe, expect, it } from "vitest";
import { systemCtx } from "../../worker/events/context";
import { interviewsOf } from "../../worker/features/interviews/for-candidate";
import type { Interview, InterviewDetail } from "../../worker/features/interviews/schema";
import { newStatusLinks, ownPageWithLogin, statusCookie } from "../../worker/features/status/links";
import { fillJob } from "../fixtures/many";
import { calm, count, noticesOf, outboxOf, rows } from "./facts";
import { applicant, type Hiring, newHiring, newJob, ofClient } from "./hiring";
import { freeHour, newInterview, slot, step, steps } from "./interviews";
import { call, costOf, json, newOrg, type Org, type Person, worker } from "./org";
import { apply } from "./people";

const SECRET = "canary-of-the-team";
let org: Org;
let hiring: Hiring;
beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
});

/** An interview of somebody who can log in. */
async function ofKnown(): Promise<{ person: Person; interview: Interview; applicationId: string }> {
  const person = await org.person("candidate", "Kim Park");
  const application = await apply(hiring.recruiter, hiring.job.id, person.user.candidateId ?? "");
  const answer = await call("POST", "/api/interviews", {
    token: hiring.recruiter.token,
    json: { applicationId: application.id, proposedSlots: [slot("a"), slot("b")] },
  });
  return { person, interview: await json<Interview>(answer, 201), applicationId: application.id };
}

describe("the candidate", () => {
  it("books a time of their own interview and of no other, and reads nothing of what the team thinks", async () => {
    const { person, interview } = await ofKnown();
    const other = await ofKnown();
    await json(await step(person, other.interview.id, "book-slot"), 404);
    expect(await json(await step(person, interview.id, "book-slot"), 200)).toMatchObject({
      status: "Confirmed",
    });
    await steps(hiring.recruiter, interview.id, "send-invite", "mark-completed");
    const said = { feedback: SECRET, rating: 1 };
    await json(await step(hiring.recruiter, interview.id, "feedback", said), 200);
    await json(await step(hiring.recruiter, interview.id, "reject", { reason: "Not now" }), 200);
    const answer = await call("GET", `/api/interviews/${interview.id}`, { token: person.token });
    const seen = await json<InterviewDetail>(answer, 200);
    expect(seen).toMatchObject({ status: "Completed", feedback: null, rating: null, feedbacks: [] });
    expect(JSON.stringify(seen)).not.toContain(SECRET);
    const theirs = await call("GET", `/api/interviews/${other.interview.id}`, { token: person.token });
    await json(theirs, 404);
  });

  it("chooses by the personal link alone, in the browser that keeps it", async () => {
    const { interview, application } = await newInterview(hiring);
    const links = await newStatusLinks(org.ctx, [application.id]);
    await org.ctx.db.write(links.writes);
    const token = links.urls.get(application.id)?.split("/").at(-1) ?? "";
    const browser = "b".repeat(43);
    const cookie = `${await statusCookie(token)}=${browser}`;
    const other = await newInterview(hiring);
    const book = (id: string, more: object, cookies = cookie) =>
      call("POST", `/api/interviews/${id}/book-slot`, {
        json: { slotId: "a", ...more },
        headers: { cookie: cookies },
      });
    await json(await book(interview.id, {}), 401);
    await json(await book(interview.id, { token: "x".repeat(43) }), 404);
    const foreign = await json(await book(other.interview.id, { token }), 404);
    expect(foreign).not.toHaveProperty("current");
    const booked = await json(await book(interview.id, { token }), 200);
    expect(booked).toMatchObject({ id: interview.id, state: "booked", interviewers: [] });
    expect(Object.keys(booked)).not.toContain("feedback");
    const again = await json(await book(interview.id, { token }), 409);
    expect(again).not.toHaveProperty("current");
    // Forwarded to another browser it opens nothing.
    await json(await book(interview.id, { token }, `${await statusCookie(token)}=${"c".repeat(43)}`), 404);
  });

  it("sees their rounds without drafts, and only times at which everybody is free", async () => {
    const start = freeHour();
    const { interview: busy } = await newInterview(hiring, { proposedSlots: [slot("a", start)] });
    const { application } = await newInterview(hiring, {
      proposedSlots: [slot("taken", start), slot("free")],
      additionalInstructions: "Bring a pen",
    });
    const { application: drafted } = await newInterview(hiring, { draft: true });
    await steps(hiring.recruiter, busy.id, "book-slot");
    const ctx = systemCtx(worker, org.id, () => {});
    expect(await interviewsOf(ctx, drafted.id)).toEqual([]);
    expect(await interviewsOf(ctx, application.id)).toMatchObject([
      {
        state: "choose",
        slots: [{ id: "free" }],
        instructions: "Bring a pen",
        interviewers: ["Rea"],
      },
    ]);
  });

  it("is mailed a link where they have no login, and their page where they have one", async () => {
    const { application } = await newInterview(hiring);
    const { person, applicationId } = await ofKnown();
    await calm(org);
    const [candidate] = await rows<{ email: string }>(
      "select email from candidates where id = ?",
      application.candidateId,
    );
    const text = async (to: string) => {
      const found = await rows<{ body_text: string }>(
        "select body_text from outbox where to_address = ? and subject like '%choose a time%'",
        to,
      );
      expect(found).toHaveLength(1);
      return found[0]?.body_text ?? "";
    };
    expect(await text(candidate?.email ?? "")).toMatch(/https:\/\/portico\.test\/status\/[\w-]{43}/);
    expect(await text(person.user.email)).toContain(ownPageWithLogin(worker, "candidate", applicationId));
  });

  it("who is erased takes their interviews along", async () => {
    const { interview, application } = await newInterview(hiring);
    await steps(hiring.recruiter, interview.id, "book-slot");
    const gone = await call("DELETE", `/api/candidates/${application.candidateId}`, {
      token: hiring.recruiter.token,
    });
    expect(gone.status).toBe(204);
    expect(await count("select count(*) from interviews where id = ?", interview.id)).toBe(0);
    expect(await count("select count(*) from interview_bookings where interview_id = ?", interview.id)).toBe(
      0,
    );
  });

  it("whose application is taken away has no interviews of it any more", async () => {
    const { interview, application } = await newInterview(hiring);
    await steps(hiring.recruiter, interview.id, "book-slot");
    const gone = await call("DELETE", `/api/applications/${application.id}`, {
      token: hiring.recruiter.token,
    });
    expect(gone.status).toBe(204);
    expect(await count("select count(*) from interviews where id = ?", interview.id)).toBe(0);
    expect(await count("select count(*) from interview_bookings where interview_id = ?", interview.id)).toBe(
      0,
    );
  });
});

describe("a client user", () => {
  it("sees what is shared with them, and what their own people said", async () => {
    const { interview, application } = await newInterview(hiring);
    await steps(hiring.recruiter, interview.id, "book-slot", "send-invite", "mark-completed");
    const said = { feedback: SECRET, rating: 1 };
    await json(await step(hiring.recruiter, interview.id, "feedback", said), 200);
    const own = { feedback: "We like them", rating: 5 };
    await json(await step(hiring.clientUser, interview.id, "feedback", own), 200);
    const path = `/api/interviews/${interview.id}`;
    const seen = await json<InterviewDetail>(
      await call("GET", path, { token: hiring.clientUser.token }),
      200,
    );
    expect(seen).toMatchObject({ feedback: "We like them", rating: 5 });
    expect(seen.feedbacks.map(({ feedback }) => feedback)).toEqual(["We like them"]);
    expect(JSON.stringify(seen)).not.toContain(SECRET);
    const team = await json<InterviewDetail>(await call("GET", path, { token: hiring.recruiter.token }), 200);
    expect(team.feedbacks).toHaveLength(2);
    expect(team.rating).toBe(3);

    const olga = await ofClient(
      org,
      (
        await json<{ id: string }>(
          await call("POST", "/api/clients", {
            token: hiring.recruiter.token,
            json: { companyName: "Südwind" },
          }),
          201,
        )
      ).id,
      "Olga Other",
    );
    for (const who of [olga]) {
      await json(await call("GET", path, { token: who.token }), 404);
      await json(await step(who, interview.id, "reject"), 404);
      await json(await step(who, interview.id, "feedback", own), 404);
    }
    const hidden = { token: hiring.recruiter.token, json: { sharedWithClient: false } };
    await json(await call("PATCH", `/api/applications/${application.id}`, hidden), 200);
    const client = { token: hiring.clientUser.token };
    await json(await call("GET", path, client), 404);
    await json(await step(hiring.clientUser, interview.id, "initiate-hiring"), 404);
    await json(
      await call("GET", `/api/candidates/${application.candidateId}/interview-history`, client),
      404,
    );
    const list = await json<{ data: Interview[] }>(await call("GET", "/api/interviews", client), 200);
    expect(list.data.map(({ id }) => id)).not.toContain(interview.id);
  });

  it("decides: the move is theirs, and the team is told", async () => {
    const { interview, application } = await newInterview(hiring);
    await steps(hiring.recruiter, interview.id, "book-slot", "send-invite", "mark-completed");
    for (const action of ["mark-completed", "cancel", "send-invite", "mark-no-show"] as const) {
      await json(await step(hiring.clientUser, interview.id, action), 403);
    }
    await steps(hiring.clientUser, interview.id, "initiate-hiring");
    const [move] = await rows<{ data: string }>(
      "select data from events where entity_id = ? and type = 'application.status_changed'",
      application.id,
    );
    expect(JSON.parse(move?.data ?? "{}")).toMatchObject({
      newStatus: "hired",
      changedBy: hiring.clientUser.user.id,
    });
    await calm(org);
    expect(await noticesOf(hiring.recruiter.user.id)).toContain(`${application.name} is to be hired`);
  });

  it("is told with admins and recruiters of a booking, and of who passed", async () => {
    const { interview, application } = await newInterview(hiring);
    await steps(
      hiring.admin,
      interview.id,
      "book-slot",
      "send-invite",
      "mark-completed",
      "move-to-next-round",
    );
    await calm(org);
    for (const who of [hiring.recruiter, hiring.clientUser]) {
      expect(await noticesOf(who.user.id)).toEqual(
        expect.arrayContaining([
          `${application.name}: round 1 has a time`,
          `${application.name} passed round 1`,
        ]),
      );
      expect((await outboxOf(who.user.email)).map(({ subject }) => subject)).toContain(
        `${application.name} has a time for round 1: ${hiring.job.title}`,
      );
    }
    // Whoever did it knows it.
    expect(await noticesOf(hiring.admin.user.id)).not.toContain(`${application.name} passed round 1`);
  });
});

it("a task to arrange it is done by setting it up", async () => {
  const application = await applicant(hiring.recruiter, hiring.job);
  await worker.DB.prepare(
    `insert into tasks (id, org_id, kind, title, status, application_id, created_at, updated_at)
      values ('task_arrange', ?, 'meeting', 'Arrange it', 'open', ?, 1, 1)`,
  )
    .bind(org.id, application.id)
    .run();
  const body = { applicationId: application.id, proposedSlots: [slot("a")] };
  await json(await call("POST", "/api/interviews", { token: hiring.recruiter.token, json: body }), 201);
  expect(await rows("select status, done_by from tasks where id = 'task_arrange'")).toEqual([
    { status: "done", done_by: hiring.recruiter.user.id },
  ]);
});

it("carries the title of its job, whatever it is called later", async () => {
  const job = await newJob(hiring.recruiter, hiring.clientId, { title: "Before" });
  const { interview } = await newInterview({ ...hiring, job });
  const change = { token: hiring.recruiter.token, json: { title: "After" } };
  await json(await call("PATCH", `/api/jobs/${job.id}`, change), 200);
  const answer = await call("GET", `/api/interviews/${interview.id}`, { token: hiring.recruiter.token });
  expect(await json(answer, 200)).toMatchObject({ jobTitle: "After" });
});

describe("costs", () => {
  /** As many interviews of others as nobody has, in every status. */
  async function many(jobs: string[], people: number) {
    await fillJob(hiring.recruiter.ctx, hiring.job, people, "many");
    await worker.DB.prepare(
      `insert into interviews (id, org_id, application_id, job_id, job_title, candidate_id, client_id, round, status, mode,
          duration_minutes, time_zone, slots, interviewer_ids, starts_at, ends_at, created_at, updated_at)
        select 'int_many' || row_number() over (), org_id, id, job_id, 'Many', candidate_id, client_id, 7,
          case row_number() over () % 4 when 0 then 'Scheduled' when 1 then 'Completed'
            when 2 then 'Cancelled' else 'Awaiting Candidate Confirmation' end,
          'Phone', 30, 'UTC', '[]', '[]', ?2 + row_number() over () * 60000, ?2 + row_number() over () * 60000 + 60000, 1, 1
        from applications where org_id = ?1 and job_id = ?3`,
    )
      .bind(org.id, Date.now() + 3_600_000, jobs[0])
      .run();
  }

  it("lists and one interview are one round trip and about the rows that they show", async () => {
    await many([hiring.job.id], 2000);
    const token = hiring.recruiter.token;
    const read = async (path: string, by = token) => {
      await call("GET", "/api/auth/sessions", { token: by });
      const answer = await call("GET", path, { token: by });
      const body = await json<{ data?: unknown[] }>(answer, 200);
      return { ...costOf(answer), shown: body.data?.length ?? 1 };
    };
    const lists = [
      "/api/interviews",
      "/api/interviews?view=upcoming",
      "/api/interviews?view=today",
      "/api/interviews?view=to_decide",
      "/api/interviews?view=waiting",
      "/api/interviews?status=Cancelled",
      `/api/interviews?jobId=${hiring.job.id}`,
      `/api/interviews?clientId=${hiring.clientId}`,
    ];
    for (const path of lists) {
      const { trips, read: found, shown } = await read(path);
      expect(trips, path).toBe(1);
      expect(found, path).toBeLessThanOrEqual(2 * shown + 20);
    }
    const one = await read("/api/interviews/int_many5");
    expect(one.trips).toBe(1);
    expect(one.read).toBeLessThanOrEqual(20);
  });

  it("every step is two round trips", async () => {
    await call("GET", "/api/auth/sessions", { token: hiring.recruiter.token });
    const cost = async (answer: Response) => {
      expect(answer.status).toBeLessThan(300);
      await answer.text();
      return costOf(answer).trips;
    };
    const application = await applicant(hiring.recruiter, hiring.job);
    const made = await call("POST", "/api/interviews", {
      token: hiring.recruiter.token,
      json: { applicationId: application.id, proposedSlots: [slot("a")] },
    });
    const { id } = (await made.clone().json()) as Interview;
    expect(await cost(made)).toBe(2);
    for (const action of ["book-slot", "send-invite", "mark-completed", "initiate-hiring"] as const) {
      expect(await cost(await step(hiring.recruiter, id, action)), action).toBe(2);
    }
  });
});
