import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";
import { INTERVIEW_MODES, INTERVIEW_STATUSES } from "./words";

/** A time that the candidate may choose, in milliseconds. */
export interface Slot {
  id: string;
  start: number;
  end: number;
}

/** What one person said of an interview. */
export interface Feedback {
  userId: string;
  text: string | null;
  /** 1 to 5. */
  rating: number | null;
  /** True where somebody of the client wrote it: the client sees those alone. */
  byClient: boolean;
  at: number;
}

/** One round for one application. */
export const interviews = sqliteTable(
  "interviews",
  {
    id: id(),
    orgId: orgId(),
    applicationId: text("application_id").notNull(),
    jobId: text("job_id").notNull(),
    /** That of the job; a trigger keeps it, so that a list needs no join. */
    jobTitle: text("job_title").notNull(),
    candidateId: text("candidate_id").notNull(),
    clientId: text("client_id").notNull(),
    round: integer("round").notNull(),
    roundName: text("round_name"),
    status: text("status", { enum: INTERVIEW_STATUSES }).notNull(),
    mode: text("mode", { enum: INTERVIEW_MODES }).notNull(),
    durationMinutes: integer("duration_minutes").notNull(),
    /** IANA name: the zone that the slots were meant in. */
    timeZone: text("time_zone").notNull(),
    slots: json<Slot[]>("slots").notNull(),
    selectedSlotId: text("selected_slot_id"),
    startsAt: time("starts_at"),
    endsAt: time("ends_at"),
    /** Users who interview: none of them is booked twice at the same time. */
    interviewerIds: json<string[]>("interviewer_ids").notNull(),
    location: text("location"),
    meetingLink: text("meeting_link"),
    instructions: text("instructions"),
    inviteSentAt: time("invite_sent_at"),
    inviteSentBy: text("invite_sent_by"),
    /** Invitations sent for its calendar entry: one more than the SEQUENCE (RFC 5545) of the last. */
    inviteSequence: integer("invite_sequence").notNull().default(0),
    /** What each person said of it, and the mean of their ratings. */
    feedback: json<Feedback[]>("feedback").notNull().default([]),
    rating: integer("rating"),
    decisionReason: text("decision_reason"),
    noShowCount: integer("no_show_count").notNull().default(0),
    hiringInitiated: integer("hiring_initiated", { mode: "boolean" }).notNull().default(false),
    version: version(),
    changeId: changeId(),
    createdBy: text("created_by"),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("interviews_org").on(t.orgId, t.id),
    index("interviews_status").on(t.orgId, t.status, t.id),
    index("interviews_candidate").on(t.orgId, t.candidateId, t.id),
    index("interviews_client").on(t.orgId, t.clientId, t.id),
    index("interviews_job").on(t.orgId, t.jobId, t.id),
    index("interviews_application").on(t.orgId, t.applicationId, t.id),
    index("interviews_booked").on(t.orgId, t.startsAt, t.id).where(sql`status in ('Confirmed','Scheduled')`),
    uniqueIndex("interviews_round").on(t.orgId, t.applicationId, t.round).where(sql`status <> 'Cancelled'`),
  ],
);

/** Who is busy when, of booked interviews that are still to be held: two can't overlap. */
export const interviewBookings = sqliteTable(
  "interview_bookings",
  {
    orgId: orgId(),
    interviewId: text("interview_id").notNull(),
    /** A user who interviews, or the candidate. */
    personId: text("person_id").notNull(),
    startsAt: time("starts_at").notNull(),
    endsAt: time("ends_at").notNull(),
  },
  (t) => [
    uniqueIndex("interview_bookings_person").on(t.orgId, t.personId, t.startsAt, t.interviewId),
    index("interview_bookings_interview").on(t.orgId, t.interviewId),
  ],
);
