import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { link } from "../../lib/links";
import { type NewEmail, queueEmail } from "../email/email";
import { type Notice, notify } from "../notifications/notify";
import { newStatusLinks, ownPageWithLogin } from "../status/links";
import { timeInWords } from "./calendar";
import { invitations, nameOf, roundOf, type Scene, sceneOf, selectScene, words } from "./mails";

/** Tells the candidate, the interviewers, the team and the client what becomes of an interview. */
export const interviewNotices: Subscriber = {
  name: "interview-notices",
  types: [
    "interview.created",
    "interview.updated",
    "interview.booked",
    "interview.scheduled",
    "interview.cancelled",
    "interview.no_show",
    "interview.passed",
    "hiring.initiated",
  ],
  handle: tell,
};

interface Told {
  mails: NewEmail[];
  notices: Notice[];
  writes: Statement[];
}

async function tell(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const { interviewId } = event.data as { interviewId: string };
  const [rows, people, accounts, orgs] = await ctx.db.read(...selectScene(ctx, interviewId));
  const [row, candidate] = [rows[0], people[0]];
  if (!row || !candidate) return null;
  const scene = sceneOf(event, row, candidate, accounts, orgs[0]?.name ?? "");
  const told: Told = { mails: [], notices: [], writes: [] };
  switch (event.type) {
    case "interview.created":
    case "interview.updated":
      if (scene.detail.ask) await askForTime(ctx, scene, told);
      if (scene.detail.startsAt) told.mails.push(...invitations(ctx, scene, accounts, false, "all"));
      if (scene.detail.removed) {
        told.mails.push(...invitations(ctx, scene, accounts, true, scene.detail.removed));
      }
      break;
    case "interview.booked":
      tellBooked(ctx, scene, told);
      break;
    case "interview.scheduled":
      told.mails.push(...invitations(ctx, scene, accounts, false, "all"));
      break;
    case "interview.cancelled":
      tellCancelled(ctx, scene, accounts, told);
      break;
    case "interview.no_show":
      told.notices.push(
        ...notices(scene, scene.team, "interview_no_show", {
          title: `${nameOf(candidate)} did not come to ${roundOf(row)}`,
          message: "Propose new times, or cancel the interview.",
        }),
      );
      break;
    case "interview.passed":
      told.notices.push(
        ...notices(scene, [...scene.team, ...scene.client], "interview_passed", {
          title: `${nameOf(candidate)} passed ${roundOf(row)}`,
          message: row.jobTitle,
        }),
      );
      break;
    case "hiring.initiated":
      tellHiring(ctx, scene, told);
  }
  return effect(ctx, told);
}

function effect(ctx: Ctx, told: Told): Effect | null {
  if (told.mails.length + told.notices.length === 0) return null;
  const queued = told.mails.map((mail) => queueEmail(ctx, mail));
  const noticed = notify(ctx, told.notices);
  return {
    writes: [...told.writes, ...queued.map((mail) => mail.write), ...noticed.writes],
    events: noticed.events,
    after: () => Promise.all(queued.map((mail) => mail.wake())),
  };
}

/** One notice for each of the people but whoever did it: they know it. */
function notices(
  { event, row }: Scene,
  people: { id: string }[],
  type: string,
  said: { title: string; message: string },
): Notice[] {
  const ids = new Set(people.map(({ id }) => id));
  if (event.actorId) ids.delete(event.actorId);
  return [...ids].map((userId) => ({
    userId,
    type,
    ...said,
    entityType: "interview",
    entityId: row.id,
    eventSeq: event.seq,
  }));
}

/** The candidate chooses a time, by their login or by a personal link. */
async function askForTime(ctx: Ctx, scene: Scene, told: Told): Promise<void> {
  const { row, candidate, event, detail } = scene;
  // Somebody may have chosen, or called it off, before this was handed on.
  if (row.status === "Awaiting Candidate Confirmation") {
    const personal = await newStatusLinks(ctx, candidate.userId ? [] : [row.applicationId]);
    told.writes.push(...personal.writes);
    told.mails.push({
      to: candidate.email,
      userId: candidate.userId,
      template: detail.was ? "interview_moved" : "interview_times",
      values: {
        ...words(scene),
        firstName: candidate.firstName,
        when: detail.was ? timeInWords(detail.was, null, row.timeZone) : "",
        times: row.slots.map(({ start, end }) => timeInWords(start, end, row.timeZone)).join("\n"),
        url:
          personal.urls.get(row.applicationId) ?? ownPageWithLogin(ctx.env, "candidate", row.applicationId),
      },
      dedupeKey: `${event.id}:ask`,
      applicationId: row.applicationId,
    });
  }
  if (!detail.was) return;
  told.notices.push(
    ...notices(scene, scene.interviewers, "interview_moved", {
      title: `The interview with ${nameOf(candidate)} is moved`,
      message: `It is no longer on ${timeInWords(detail.was, null, row.timeZone)}. A new time follows.`,
    }),
  );
}

function tellBooked(ctx: Ctx, scene: Scene, told: Told): void {
  const { row, candidate, event } = scene;
  const people = new Map(
    [...scene.team, ...scene.interviewers, ...scene.client].map((person) => [person.id, person]),
  );
  if (event.actorId) people.delete(event.actorId);
  for (const person of people.values()) {
    told.mails.push({
      to: person.email,
      userId: person.id,
      template: "interview_booked",
      values: {
        ...words(scene),
        firstName: person.firstName,
        url: link(ctx.env, `/interviews/${row.id}`),
      },
      dedupeKey: `${event.id}:${person.id}`,
      applicationId: row.applicationId,
    });
  }
  told.notices.push(
    ...notices(scene, [...people.values()], "interview_booked", {
      title: `${nameOf(candidate)}: ${roundOf(row)} has a time`,
      message: words(scene).when ?? "",
    }),
  );
}

function tellCancelled(
  ctx: Ctx,
  scene: Scene,
  accounts: Parameters<typeof invitations>[2],
  told: Told,
): void {
  const { row, candidate, event, detail } = scene;
  if (detail.sequence !== undefined) {
    told.mails.push(...invitations(ctx, scene, accounts, true, "all"));
  } else if (detail.ask) {
    told.mails.push({
      to: candidate.email,
      userId: candidate.userId,
      template: "interview_cancelled",
      values: { ...words(scene), firstName: candidate.firstName, url: "" },
      dedupeKey: `${event.id}:candidate`,
      applicationId: row.applicationId,
    });
  }
  told.notices.push(
    ...notices(scene, [...scene.interviewers, ...scene.team], "interview_cancelled", {
      title: `The interview with ${nameOf(candidate)} is cancelled`,
      message: [words(scene).when, detail.reason].filter(Boolean).join(": "),
    }),
  );
}

function tellHiring(ctx: Ctx, scene: Scene, told: Told): void {
  const { row, candidate, event, team } = scene;
  const others = team.filter(({ id }) => id !== event.actorId);
  told.mails.push(
    ...others.map((person) => ({
      to: person.email,
      userId: person.id,
      template: "hiring_initiated" as const,
      values: {
        ...words(scene),
        firstName: person.firstName,
        url: link(ctx.env, `/applications/${row.applicationId}`),
      },
      dedupeKey: `${event.id}:${person.id}`,
      applicationId: row.applicationId,
    })),
  );
  told.notices.push(
    ...notices(scene, others, "hiring_initiated", {
      title: `${nameOf(candidate)} is to be hired`,
      message: row.jobTitle,
    }),
  );
}
