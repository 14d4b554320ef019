import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { directory } from "../db/database";
import type { Env } from "../env";
import { commit } from "../events/commit";
import { type Ctx, systemCtx } from "../events/context";
import { drain } from "../events/drain";
import { events } from "../events/table";
import { newAgent } from "../features/agents/new-agent";
import { updateAgent } from "../features/agents/update";
import { moveAgent } from "../features/applications/move";
import { insertCandidate } from "../features/candidates/create";
import { askForDocument } from "../features/documents/requests";
import { reviewDocument } from "../features/documents/review";
import { uploadDocument } from "../features/documents/upload";
import { emails } from "../features/email/table";
import { notifications } from "../features/notifications/table";
import { newOrganization, updateOrganization } from "../features/organizations/organizations";
import { organizations } from "../features/organizations/table";
import { AGENT_POOL_STAGES } from "../features/pipelines/agent-pool";
import { actorOf } from "../features/sessions/sessions";
import { tasks } from "../features/tasks/table";
import { newUserRow } from "../features/users/register";
import { users } from "../features/users/table";
import type { Role } from "../features/users/words";
import { clock } from "../lib/clock";
import { newId } from "../lib/ids";
import { splitName } from "../lib/names";
import { passwordPool } from "../lib/passwords-object";
import { seedAgentsWorld } from "./agents-world";
import { type Scene, seedHiring } from "./hiring";
import { demoPdf } from "./pdf";
import { CITIES, PEOPLE, SKILLS, TAGS } from "./people";
import { noteBegun, noteDone, removeUnfinished } from "./unfinished";

const SLUG = "acme";
const PASSWORD = "portico-demo-1";
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

const LOGINS: readonly { email: string; name: string; role: Role }[] = [
  { email: "admin@acme.test", name: "Alma Reyes", role: "admin" },
  { email: "recruiter@acme.test", name: "Chris Doyle", role: "recruiter" },
  { email: "client@acme.test", name: "Dee Park", role: "client_user" },
  { email: "agent@acme.test", name: "Robin Vale", role: "agent" },
  { email: "candidate@acme.test", name: "Sam Reed", role: "candidate" },
];

/** A small generator (mulberry32) with a fixed seed: the demo is the same on every machine. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    chance: (p: number) => next() < p,
    below: (n: number) => Math.floor(next() * n),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
  };
}

/** Makes the demo organization where it is not there yet. The verbs of the product write it. */
export async function seedDemo(env: Env, after: (work: Promise<unknown>) => void) {
  const answer = {
    organization: { name: "Acme Talent", slug: SLUG },
    logins: LOGINS.map(({ email, role }) => ({ email, role })),
  };
  await removeUnfinished(env);
  const index = directory(env);
  const [found] = await index.read(
    index.orm.select({ id: organizations.id }).from(organizations).where(eq(organizations.slug, SLUG)),
  );
  if (found.length === 0) await new Demo(env, after).write();
  return answer;
}

class Demo {
  private readonly random = dice(20261121);
  private readonly start = clock.now();
  private at = this.start;
  private readonly base: Ctx;

  constructor(env: Env, after: (work: Promise<unknown>) => void) {
    const silent = { send: async () => undefined } as unknown as Env["EVENTS_QUEUE"] & Env["EMAIL_QUEUE"];
    // The past needs no nudges: what follows from it is run in order, at its own time.
    const quiet: Env = { ...env, EVENTS_QUEUE: silent, EMAIL_QUEUE: silent };
    this.base = { ...systemCtx(quiet, newId("org"), after), now: () => this.at };
  }

  private as(user: typeof users.$inferSelect): Ctx {
    return { ...this.base, actor: actorOf(user) };
  }

  async write(): Promise<void> {
    await noteBegun(this.base.env, this.base.orgId);
    const hash = await passwordPool(this.base.env).hash("demo", PASSWORD);
    this.at = this.start - 90 * DAY;
    const organization = newOrganization(this.base, { name: "Acme Talent", slug: SLUG });
    const people = LOGINS.map(({ email, name, role }) => {
      const row = newUserRow(this.base, { ...splitName(name), email, role });
      return Object.assign(row, { passwordHash: hash, emailVerifiedAt: this.at });
    });
    const [admin, recruiter, client, agent, candidate] = people;
    if (!admin || !recruiter || !client || !agent || !candidate) throw new Error("A demo login is missing.");
    const { email, firstName, lastName, phone } = candidate;
    const known = insertCandidate(this.as(candidate), {
      userId: candidate.id,
      email,
      firstName,
      lastName,
      phone,
      source: "registration",
    });
    candidate.candidateId = known.row.id;
    await commit(this.as(admin), {
      id: newId("chg", this.at),
      writes: [
        ...organization.writes,
        ...[admin, recruiter, client, candidate].map((row) => this.base.db.insert(users, row)),
        ...known.writes,
      ],
      events: known.events,
      audit: [{ action: "ORGANIZATION_CREATE", entity: { type: "organization", id: this.base.orgId } }],
      result: null,
    });
    await updateOrganization(this.as(admin), {
      brand: {
        headline: "Good work, near you",
        about:
          "We find people for teams that look after their own: a wind farm in the north, a design studio by the sea, a hospital that never sleeps.\n\nWhoever writes to us gets an answer, and sees at any time where they stand.",
      },
      replyByDays: 10,
      privacy: { contact: "privacy@acme.test" },
    });
    for (const [i, name] of PEOPLE.entries()) await this.person(name, i, [recruiter, admin]);
    await this.mainAgent(agent, recruiter);
    const scene: Scene = {
      start: this.start,
      at: (time) => {
        this.at = time;
      },
      as: (user) => this.as(user),
      follow: () => this.follow(),
      random: this.random,
    };
    await seedHiring(scene, { admin, recruiter, client, candidate });
    await seedAgentsWorld(scene, { admin, recruiter, client });
    await this.settle(recruiter.id);
    await noteDone(this.base.env);
  }

  /** One person's way through the pool, with documents and a team that acts on them. */
  private async person(name: string, i: number, team: (typeof users.$inferSelect)[]): Promise<void> {
    const { random } = this;
    // Later stages were reached by people who came earlier; every stage has somebody.
    const target = [0, 0, 1, 1, 2, 2, 2, 3, 4, 5, 5, 5, 6, 7, 8][i % 15] ?? 0;
    const closed = target > 5;
    const goal = closed ? 1 + random.below(3) : target;
    this.at = this.start - (2 + goal * 6 + random.below(4)) * DAY - random.below(20) * HOUR;
    const local = name
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z]+/g, ".");
    const user = newUserRow(this.base, { ...splitName(name), email: `${local}@example.test`, role: "agent" });
    await this.join(user, `+1 555 0${String(100 + i)}`);
    const reviewer = this.as(random.pick(team));
    if (random.chance(0.7)) await this.profile(user, reviewer);
    for (let step = 1; step <= goal; step++) {
      this.at += (8 + random.below(60)) * HOUR;
      if (step === 2 || (step === 1 && random.chance(0.3))) await this.paper(user, "w9", reviewer, step >= 2);
      if (step === 3) await this.paper(user, "nda", reviewer, true);
      await this.move(user, reviewer, AGENT_POOL_STAGES[step]?.key ?? "screening");
    }
    if (closed) {
      this.at += 20 * HOUR;
      const stage = AGENT_POOL_STAGES[target]?.key ?? "inactive";
      const why = {
        rejected: "No availability in the hours we need.",
        withdrawn: "Took another job.",
        inactive: "Paused.",
      };
      await this.move(user, reviewer, stage, why[stage as keyof typeof why]);
    } else if (goal >= 1 && goal < 4 && random.chance(0.5)) {
      this.at = Math.min(this.at + 5 * HOUR, this.start - random.below(40) * HOUR - HOUR);
      await this.paper(user, goal === 1 ? "w9" : goal === 2 ? "nda" : "certificate", reviewer, false);
    }
  }

  /** The login that visitors try: halfway, with one document approved, one to mend and one asked for. */
  private async mainAgent(
    user: typeof users.$inferSelect,
    recruiter: typeof users.$inferSelect,
  ): Promise<void> {
    const team = this.as(recruiter);
    this.at = this.start - 6 * DAY;
    await this.join(user, "+1 555 0199");
    this.at += DAY;
    await this.move(user, team, "screening");
    this.at += DAY;
    await this.move(user, team, "documents");
    this.at += 20 * HOUR;
    await this.paper(user, "id", team, true);
    this.at += 3 * HOUR;
    const nda = await this.upload(user, "nda");
    this.at += 5 * HOUR;
    await reviewDocument(team, nda, {
      status: "rejected",
      reason: "The second page is missing. Please send both pages.",
    });
    await this.follow();
    this.at += HOUR;
    const agentId = user.agentId ?? "";
    await askForDocument(team, { agentId, type: "w9", message: "We need it before your first assignment." });
    await this.follow();
  }

  private async join(user: typeof users.$inferSelect, phone: string): Promise<void> {
    const { email, firstName, lastName } = user;
    const made = await newAgent(this.base, {
      userId: user.id,
      email,
      firstName,
      lastName,
      phone,
      source: "registration",
    });
    Object.assign(user, { agentId: made.agent.id, phone, createdAt: this.at, updatedAt: this.at });
    await commit(this.as(user), {
      id: newId("chg", this.at),
      writes: [this.base.db.insert(users, user), ...made.writes],
      events: made.events,
      audit: [{ action: "AGENT_CREATE", entity: { type: "agent", id: made.agent.id } }],
      result: null,
    });
    await this.follow();
  }

  private async profile(user: typeof users.$inferSelect, team: Ctx): Promise<void> {
    const [city, country] = this.random.pick(CITIES);
    const skills = [this.random.pick(SKILLS), this.random.pick(SKILLS)];
    await updateAgent(team, user.agentId ?? "", {
      city,
      country,
      skills: [...new Set(skills)],
      tags: this.random.chance(0.5) ? [this.random.pick(TAGS)] : [],
      rating: this.random.chance(0.6) ? 2 + this.random.below(4) : null,
    });
  }

  private async move(
    user: typeof users.$inferSelect,
    team: Ctx,
    stage: string,
    reason?: string,
  ): Promise<void> {
    await moveAgent(team, { agentId: user.agentId ?? "", stage, reason });
    await this.follow();
  }

  private async upload(user: typeof users.$inferSelect, type: string): Promise<string> {
    const name = `${user.firstName} ${user.lastName}`;
    const lines = [
      `Name: ${name}`,
      `Date: ${new Date(this.at).toISOString().slice(0, 10)}`,
      "",
      "Demo document. No real person's data.",
    ];
    const document = await uploadDocument(this.as(user), {
      bytes: demoPdf(type === "w9" ? "Form W-9" : type.toUpperCase(), lines),
      fileName: `${type}-${user.lastName.toLowerCase() || "demo"}.pdf`,
      declaredType: "application/pdf",
      type,
    });
    await this.follow();
    return document.id;
  }

  private async paper(
    user: typeof users.$inferSelect,
    type: string,
    team: Ctx,
    approved: boolean,
  ): Promise<void> {
    const id = await this.upload(user, type);
    if (!approved) return;
    this.at += 2 * HOUR;
    await reviewDocument(team, id, { status: "approved" });
    await this.follow();
  }

  /** Runs what follows from the events so far, at their own time. */
  private async follow(): Promise<void> {
    const { db } = this.base;
    const [pending] = await db.read(
      db.select({ seq: events.seq }, events, { where: eq(events.dispatch, "pending"), orderBy: events.seq }),
    );
    await drain(
      this.base,
      pending.map((row) => row.seq),
    );
  }

  /** The past is over: its mails went out long ago, old notifications were read, and most tasks are done. */
  private async settle(recruiterId: string): Promise<void> {
    const { db } = this.base;
    await db.write([
      db.update(
        emails,
        { status: "sent", sentAt: sql`${emails.sendAt}` },
        inArray(emails.status, ["queued"]),
      ),
      db.update(
        notifications,
        { readAt: this.start - DAY },
        and(lt(notifications.createdAt, this.start - 2 * DAY)),
      ),
      db.update(
        tasks,
        { status: "done", doneAt: sql`${tasks.createdAt} + ${DAY}`, doneBy: recruiterId },
        lt(tasks.createdAt, this.start - 4 * DAY),
      ),
    ]);
  }
}
