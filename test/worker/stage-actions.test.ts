import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { drain } from "../../worker/events/drain";
import type { Application } from "../../worker/features/applications/schema";
import { render } from "../../worker/features/email/templates";
import type { Job } from "../../worker/features/jobs/schema";
import { calm, count, noticesOf, outboxOf, rows } from "./facts";
import { applicant, type Hiring, newHiring } from "./hiring";
import { call, json, newOrg, type Org, type Person } from "./org";

let org: Org;
let hiring: Hiring;
let manager: Person;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  org = await newOrg();
  hiring = await newHiring(org);
  manager = await org.person("recruiter", "Mia Ortiz");
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
const DAY = 24 * 60 * 60;

const send = (method: string, path: string, body?: object, by = hiring.recruiter) =>
  call(method, path, { token: by.token, ...(body ? { json: body as Record<string, unknown> } : {}) });

/** A job whose first stage people wait in, and whose second has these actions. */
async function jobWith(actions: object[], team: object[] = []): Promise<Job> {
  return await json<Job>(
    await send("POST", "/api/jobs/complete", {
      job: { clientId: hiring.clientId, title: "Night lead" },
      team,
      workflow: { stages: [{ name: "Waiting" }, { name: "Talk", actions }] },
    }),
    201,
  );
}

interface Moved extends Application {
  batchId: string;
}
const move = async (id: string, stage: string, more: object = {}) =>
  await json<Moved>(await send("POST", `/api/applications/${id}/move-stage`, { stage, ...more }), 200);

interface TaskRow {
  kind: string;
  title: string;
  assignee_id: string | null;
  due_at: number | null;
  status: string;
  duration_minutes: number | null;
  mode: string | null;
  candidate_id: string | null;
  job_id: string | null;
}
const tasksOf = async (applicationId: string) =>
  await rows<TaskRow>("select * from tasks where application_id = ? order by rowid", applicationId);
const subjects = async (email: string) => (await outboxOf(email)).map(({ subject }) => subject);

describe("somebody who enters", () => {
  it("is thanked at once, and the team hears of it, but for whoever added them", async () => {
    const { recruiter, admin } = hiring;
    const team = [{ userId: recruiter.user.id }, { userId: manager.user.id, role: "hiring_manager" }];
    await json(await send("PUT", `/api/jobs/${hiring.job.id}/team`, { team }), 200);
    await calm(org);
    await applicant(recruiter, hiring.job, { firstName: "Kim", lastName: "Park", email: "kim@people.test" });
    await calm(org);
    expect(await subjects("kim@people.test")).toEqual([
      `Org ${org.slug.split("-")[1]}: we have your application for Support lead`,
    ]);
    expect(await noticesOf(manager.user.id)).toContain("Kim Park applied for Support lead");
    expect(await noticesOf(recruiter.user.id)).not.toContain("Kim Park applied for Support lead");
    expect(await noticesOf(admin.user.id)).not.toContain("Kim Park applied for Support lead");
  });

  it("through a move waits ten seconds for the mail; a bulk one ten minutes; a delay comes on top", async () => {
    const job = await jobWith([
      { type: "email", template: "application_stage" },
      { type: "email", template: "offer_made", delayMinutes: 5 },
    ]);
    const [one, two] = [
      await applicant(hiring.recruiter, job, { email: "one@people.test" }),
      await applicant(hiring.recruiter, job, { email: "two@people.test" }),
    ];
    await calm(org);
    const began = Date.now();
    await move(one.id, "talk");
    await json(
      await send("POST", "/api/applications/bulk", { action: "move", ids: [two.id], stage: "talk" }),
      200,
    );
    await calm(org);
    const waits = async (id: string) =>
      (
        await rows<{ send_at: number }>(
          "select send_at from emails where application_id = ? order by send_at",
          id,
        )
      ).map(({ send_at: at }) => Math.round((at - began) / 1000));
    expect(await waits(one.id)).toEqual([10, 310]);
    expect(await waits(two.id)).toEqual([600, 900]);
    pass(11);
    await calm(org);
    expect(await subjects("one@people.test")).toHaveLength(1);
    expect(await subjects("two@people.test")).toHaveLength(0);
    pass(900);
    await calm(org);
    expect(await subjects("two@people.test")).toHaveLength(2);
  });

  it("gets a button: to their portal, or by a personal link where they have no login", async () => {
    const job = await jobWith([{ type: "email", template: "application_stage" }]);
    const kim = await applicant(hiring.recruiter, job, { email: "button@people.test" });
    await move(kim.id, "talk");
    await calm(org);
    const [mail] = await rows<{ body_html: string }>(
      "select body_html from emails where application_id = ?",
      kim.id,
    );
    const secret = /\/status\/([\w-]{43})"/.exec(mail?.body_html ?? "")?.[1] ?? "";
    expect((await call("GET", `/status/${secret}`)).status).toBe(200);
    // The stage's own name is the team's.
    expect(mail?.body_html).toContain("Being read");
    expect(mail?.body_html).not.toContain("Talk");
    const person = await org.person("candidate", "Lea Login");
    const lea = await json<Application>(
      await send("POST", "/api/applications", { job: job.id, candidateId: person.user.candidateId }),
      201,
    );
    await move(lea.id, "talk");
    await calm(org);
    const [own] = await rows<{ body_html: string; user_id: string }>(
      "select body_html, user_id from emails where application_id = ?",
      lea.id,
    );
    expect(own?.body_html).toContain(`/my-applications/${lea.id}`);
    expect(own?.user_id).toBe(person.user.id);
  });
});

describe("tasks and meetings of a stage", () => {
  const ACTIONS = [
    { type: "task", title: "Screen {{name}} for {{job}}", assignee: "recruiter", dueInDays: 2 },
    { type: "task", title: "Decide", assignee: "hiring_manager" },
    { type: "task", title: "Tell {{firstName}}", assignee: "mover" },
    { type: "meeting", durationMinutes: 30, mode: "Phone" },
  ];

  it("go to whom they name, with their words and their day", async () => {
    const { recruiter, admin } = hiring;
    const job = await jobWith(ACTIONS, [
      { userId: recruiter.user.id, role: "recruiter" },
      { userId: manager.user.id, role: "hiring_manager" },
    ]);
    const kim = await applicant(recruiter, job, { firstName: "Kim", lastName: "Park" });
    const at = Date.now();
    const moved = await send("POST", `/api/applications/${kim.id}/move-stage`, { stage: "talk" }, admin);
    await json(moved, 200);
    await calm(org);
    const made = await tasksOf(kim.id);
    expect(
      made.map(({ title, assignee_id: who, due_at: due }) => [
        title,
        who,
        due && Math.round((due - at) / 1000),
      ]),
    ).toEqual([
      ["Screen Kim Park for Night lead", recruiter.user.id, 2 * DAY],
      ["Decide", manager.user.id, null],
      ["Tell Kim", admin.user.id, null],
      ["Arrange a 30-minute phone interview with Kim Park", recruiter.user.id, 2 * DAY],
    ]);
    expect(made[3]).toMatchObject({ kind: "meeting", duration_minutes: 30, mode: "Phone", job_id: job.id });
    expect(made.every((task) => task.candidate_id === kim.candidateId && task.status === "open")).toBe(true);
    expect(await noticesOf(manager.user.id)).toContain("Your task: Decide");
    // Whoever moved them knows their own task.
    expect(await noticesOf(admin.user.id)).not.toContain("Your task: Tell Kim");
  });

  it("go to whoever made the job where it has no team, and never to the client's people", async () => {
    const { clientUser, recruiter } = hiring;
    const job = await jobWith(ACTIONS, [{ userId: clientUser.user.id, role: "hiring_manager" }]);
    const kim = await applicant(recruiter, job);
    await move(kim.id, "talk");
    await calm(org);
    expect(new Set((await tasksOf(kim.id)).map((task) => task.assignee_id))).toEqual(
      new Set([recruiter.user.id]),
    );
  });

  it("are made once, however often the event is handed on", async () => {
    const job = await jobWith(ACTIONS);
    const kim = await applicant(hiring.recruiter, job);
    const { batchId } = await move(kim.id, "talk");
    await calm(org);
    const [event] = await rows<{ seq: number }>("select seq from events where change_id = ?", batchId);
    for (let i = 0; i < 2; i++) {
      await rows("update events set dispatch = 'pending' where seq = ?", event?.seq);
      await drain(org.ctx, [event?.seq ?? 0]);
    }
    expect(await tasksOf(kim.id)).toHaveLength(4);
  });
});

describe("a move that is taken back", () => {
  const ACTIONS = [
    { type: "email", template: "offer_made" },
    { type: "task", title: "Follow up", assignee: "recruiter" },
    { type: "notification", to: "team", title: "{{name}} is in {{stage}}" },
  ];
  const undo = (batchId: string) => send("POST", `/api/bulk/${batchId}/undo`);

  it("takes its tasks, unread notices and mail with it; what was done stays", async () => {
    const { recruiter } = hiring;
    const job = await jobWith(
      [...ACTIONS, { type: "task", title: "Done already", assignee: "recruiter" }],
      [{ userId: recruiter.user.id }, { userId: manager.user.id }],
    );
    const kim = await applicant(recruiter, job, {
      firstName: "Kim",
      lastName: "Park",
      email: "undo@people.test",
    });
    const { batchId } = await move(kim.id, "talk");
    await calm(org);
    expect(await noticesOf(manager.user.id)).toContain("Kim Park is in Talk");
    await rows("update tasks set status = 'done' where title = 'Done already' and org_id = ?", org.id);
    await json(await undo(batchId), 200);
    await calm(org);
    expect((await tasksOf(kim.id)).map(({ title }) => title)).toEqual(["Done already"]);
    expect(await noticesOf(manager.user.id)).not.toContain("Kim Park is in Talk");
    pass(60);
    await calm(org);
    expect(await subjects("undo@people.test")).toEqual([]);
    expect(
      await count("select count(*) from emails where application_id = ? and status = 'cancelled'", kim.id),
    ).toBe(1);
  });

  it("before anything followed from it leaves nothing at all", async () => {
    const job = await jobWith(ACTIONS, [{ userId: manager.user.id }]);
    const kim = await applicant(hiring.recruiter, job, { email: "quick@people.test" });
    await calm(org);
    const { batchId } = await move(kim.id, "talk");
    await json(await undo(batchId), 200);
    pass(60);
    await calm(org);
    expect(await tasksOf(kim.id)).toEqual([]);
    expect((await noticesOf(manager.user.id)).filter((title) => title.includes("in Talk"))).toEqual([]);
    expect(await subjects("quick@people.test")).toEqual([]);
  });
});

describe("the team's notification of a candidate's status", () => {
  it("goes to the job's team but for whoever moved them, once for each move", async () => {
    const { recruiter } = hiring;
    const team = [{ userId: recruiter.user.id }, { userId: manager.user.id }];
    await json(await send("PUT", `/api/jobs/${hiring.job.id}/team`, { team }), 200);
    const kim = await applicant(recruiter, hiring.job, { firstName: "Kim", lastName: "Park" });
    await calm(org);
    for (const stage of ["phone-screen", "hired"]) {
      await move(kim.id, stage);
      await calm(org);
      pass(1);
    }
    const told = await rows<{ type: string; title: string; entity_id: string }>(
      "select type, title, entity_id from notifications where user_id = ? and type = 'candidate_status_change' order by id",
      manager.user.id,
    );
    // The hired stage tells the team by an action of its own.
    expect(told.map(({ title }) => title)).toEqual([
      "Kim Park is in Phone Screen now",
      "Kim Park is hired as Support lead",
    ]);
    expect(told.every(({ entity_id: id }) => id === kim.id)).toBe(true);
    expect(
      await count(
        "select count(*) from notifications where user_id = ? and type = 'candidate_status_change'",
        recruiter.user.id,
      ),
    ).toBe(0);
  });

  it("isn't sent for each of a crowd", async () => {
    const team = [{ userId: manager.user.id }];
    await json(await send("PUT", `/api/jobs/${hiring.job.id}/team`, { team }), 200);
    const ids: string[] = [];
    for (let i = 0; i < 21; i++) ids.push((await applicant(hiring.recruiter, hiring.job)).id);
    await calm(org);
    await json(
      await send("POST", "/api/applications/bulk", { action: "move", ids, stage: "phone-screen" }),
      200,
    );
    await calm(org);
    const each =
      "select count(*) from notifications where user_id = ? and title like '%is in Phone Screen now'";
    expect(await count(each, manager.user.id)).toBe(0);
  });
});

describe("words of a mail", () => {
  it("leave out the reason that nobody gave and the button that leads nowhere", () => {
    const values = { firstName: "Kim", job: "Lead", organization: "Nord", reason: "", url: "" };
    const bare = render("application_rejected", values);
    expect(bare.text).not.toContain("\n\n\n");
    expect(bare.html).not.toContain("<a ");
    expect(bare.html).not.toContain("<p></p>");
    const full = render("application_rejected", {
      ...values,
      reason: "The <b>team</b> is full.",
      url: "https://x.test/home",
    });
    expect(full.text).toContain("The <b>team</b> is full.");
    expect(full.html).toContain("The &#60;b&#62;team");
    expect(full.html).toContain('href="https://x.test/home"');
  });
});
