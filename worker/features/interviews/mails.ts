import { sql } from "drizzle-orm";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import type { StoredEvent } from "../../events/subscriber";
import { link } from "../../lib/links";
import { candidates } from "../candidates/table";
import type { NewEmail } from "../email/email";
import { jobTeam } from "../jobs/table";
import { ownPageWithLogin } from "../status/links";
import { users } from "../users/table";
import { calendarFile, timeInWords } from "./calendar";
import type { InterviewDetailOfEvent } from "./change";
import { interviews } from "./table";
import type { InterviewMode } from "./words";

const MODES: Record<InterviewMode, string> = { Video: "by video", Phone: "by phone", Onsite: "on site" };

const ACCOUNT = {
  id: users.id,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  role: users.role,
  clientId: users.clientId,
  inTeam: sql<number>`1`,
};

/** What an event of an interview concerns, in one round trip's queries. */
export function selectScene(ctx: Ctx, interviewId: string) {
  const its = (column: string) =>
    sql`(select ${sql.raw(column)} from ${interviews} where org_id = ${ctx.orgId} and id = ${interviewId})`;
  return [
    ctx.db.rows(interviews, { where: sql`${interviews.id} = ${interviewId}`, byKey: true }),
    ctx.db.rows(candidates, { where: sql`${candidates.id} = ${its("candidate_id")}`, byKey: true }),
    // Who works on the job, who interviews, the client's people, and all staff where nobody else is named.
    ctx.db.select(
      {
        ...ACCOUNT,
        inTeam: sql<number>`exists (select 1 from ${jobTeam} t where t.org_id = ${ctx.orgId}
          and t.job_id = ${its("job_id")} and t.user_id = ${users.id})`,
      },
      users,
      { where: sql`${users.role} in ('admin','recruiter','client_user') and ${users.disabledAt} is null` },
    ),
    ctx.db.organization(),
  ] as const;
}
export type Row = typeof interviews.$inferSelect;
type Account = RowOf<ReturnType<typeof selectScene>[2]>;

export interface Scene {
  event: StoredEvent;
  detail: InterviewDetailOfEvent;
  row: Row;
  candidate: typeof candidates.$inferSelect;
  /** The hiring team, or all admins and recruiters where the job has none. */
  team: Account[];
  interviewers: Account[];
  /** The client's people, where the application is shared with them. */
  client: Account[];
  organization: string;
}

/** @param shared true where the client sees the application */
export function sceneOf(
  event: StoredEvent,
  row: Row,
  candidate: typeof candidates.$inferSelect,
  accounts: Account[],
  organization: string,
): Scene {
  const staff = accounts.filter(({ role }) => role !== "client_user");
  const team = staff.filter(({ inTeam }) => inTeam === 1);
  return {
    event,
    detail: event.detail as InterviewDetailOfEvent,
    row,
    candidate,
    team: team.length > 0 ? team : staff,
    interviewers: accounts.filter(({ id }) => row.interviewerIds.includes(id)),
    client: event.forClient
      ? accounts.filter(({ role, clientId }) => role === "client_user" && clientId === row.clientId)
      : [],
    organization,
  };
}

export const nameOf = (person: { firstName: string; lastName: string }) =>
  `${person.firstName} ${person.lastName}`.trim();

/** `Round 2 (Technical)`. */
export const roundOf = ({ round, roundName }: Row) =>
  roundName ? `round ${round} (${roundName})` : `round ${round}`;

/** Words that every mail about an interview may use. */
export function words({ row, organization, candidate, detail }: Scene): Record<string, string> {
  const start = detail.startsAt ?? row.startsAt;
  return {
    organization,
    job: row.jobTitle,
    name: nameOf(candidate),
    round: roundOf(row),
    mode: MODES[row.mode],
    minutes: `${row.durationMinutes}`,
    when: start === null ? "" : timeInWords(start, detail.endsAt ?? row.endsAt, row.timeZone),
    where: [row.location, row.meetingLink].filter(Boolean).join("\n"),
    instructions: row.instructions ?? "",
    reason: detail.reason ?? "",
  };
}

/** The address in `Name <address>`. */
const addressOf = (from: string) => /<([^<>]+)>/.exec(from)?.[1]?.trim() ?? from.trim();

type To = "all" | readonly string[];

/**
 * Mails with the calendar entry, or its cancellation, to the candidate and the interviewers.
 * @param to everybody, or the users whose entry is taken back
 */
export function invitations(
  ctx: Ctx,
  scene: Scene,
  accounts: Account[],
  cancelled: boolean,
  to: To,
): NewEmail[] {
  const { row, candidate, detail, event, organization } = scene;
  const start = detail.startsAt ?? detail.was ?? row.slots[0]?.start ?? row.createdAt;
  const people = to === "all" ? scene.interviewers : accounts.filter(({ id }) => to.includes(id));
  const attendees = [candidate, ...people].map((one) => ({ name: nameOf(one), email: one.email }));
  const said = words(scene);
  const file = calendarFile({
    uid: `${row.id}@${new URL(link(ctx.env, "/")).hostname}`,
    sequence: detail.sequence ?? 0,
    cancelled,
    start,
    end: detail.endsAt ?? start + row.durationMinutes * 60_000,
    at: event.at,
    title: `Interview: ${row.jobTitle}, ${nameOf(candidate)}`,
    description: [
      `${organization}: ${roundOf(row)} for ${row.jobTitle}, ${MODES[row.mode]}.`,
      row.meetingLink,
      row.instructions,
    ]
      .filter(Boolean)
      .join("\n\n"),
    location: row.location ?? row.meetingLink,
    url: row.meetingLink,
    organizer: { name: organization, email: addressOf(ctx.env.MAIL_FROM) },
    attendees,
  });
  const template = cancelled ? "interview_cancelled" : "interview_invitation";
  const toTeam = people.map(
    (person): NewEmail => ({
      to: person.email,
      userId: person.id,
      template: cancelled ? "interview_cancelled_team" : "interview_invitation_team",
      values: { ...said, firstName: person.firstName, url: link(ctx.env, `/interviews/${row.id}`) },
      dedupeKey: `${event.id}:${cancelled}:${person.id}`,
      applicationId: row.applicationId,
      files: [file],
    }),
  );
  if (to !== "all") return toTeam;
  return [
    {
      to: candidate.email,
      userId: candidate.userId,
      template,
      values: {
        ...said,
        firstName: candidate.firstName,
        url: candidate.userId ? ownPageWithLogin(ctx.env, "candidate", row.applicationId) : "",
      },
      dedupeKey: `${event.id}:${cancelled}:candidate`,
      applicationId: row.applicationId,
      files: [file],
    },
    ...toTeam,
  ];
}
