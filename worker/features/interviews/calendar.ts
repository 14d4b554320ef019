import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
} from "ical-generator";
import type { MailFile } from "../email/table";

export interface Invitation {
  /** Stays the same for all invitations of one interview. */
  uid: string;
  /** Rises with each of them. */
  sequence: number;
  /** True takes the entry out of the calendars again. */
  cancelled: boolean;
  /** Milliseconds since 1970. */
  start: number;
  end: number;
  /** When this invitation was made, in milliseconds. */
  at: number;
  title: string;
  description: string;
  location: string | null;
  url: string | null;
  organizer: { name: string; email: string };
  attendees: { name: string; email: string }[];
}

/**
 * The calendar file of an invitation or of its cancellation (RFC 5545, sent by the rules of RFC 5546). Times
 * are written in UTC, so that every calendar shows them in its reader's zone, whatever is decided about
 * daylight saving until then.
 */
export function calendarFile(invitation: Invitation): MailFile {
  const { cancelled, start, end, organizer, attendees, uid, sequence, url, location } = invitation;
  const method = cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST;
  const calendar = ical({ method, prodId: { company: "Portico", product: "Interviews", language: "EN" } });
  calendar.createEvent({
    id: uid,
    sequence,
    stamp: new Date(invitation.at),
    start: new Date(start),
    end: new Date(end),
    summary: invitation.title,
    description: invitation.description,
    location,
    url,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer,
    attendees: attendees.map(({ name, email }) => ({
      name,
      email,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.NEEDSACTION,
      // Answers would go to an address that nobody reads.
      rsvp: false,
    })),
  });
  return {
    fileName: cancelled ? "cancellation.ics" : "invitation.ics",
    contentType: `text/calendar; charset=utf-8; method=${method}`,
    content: `${calendar.toString()}\r\n`,
  };
}

/**
 * A time in words, in a time zone: `Monday, 2 November 2026, 10:00 to 10:45 (Europe/Berlin, GMT+1)`.
 * @param end left out for a time that is only named
 */
export function timeInWords(start: number, end: number | null, timeZone: string): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
  const clock = format({ hour: "2-digit", minute: "2-digit", hour12: false });
  const day = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(start);
  const offset =
    format({ timeZoneName: "shortOffset" })
      .formatToParts(start)
      .find(({ type }) => type === "timeZoneName")?.value ?? "";
  const until = end === null ? "" : ` to ${clock.format(end)}`;
  const zone = offset && offset !== timeZone ? `${timeZone}, ${offset}` : timeZone;
  return `${day}, ${clock.format(start)}${until} (${zone})`;
}
