import { iso } from "../../lib/clock";
import type { documentRequests, documents, documentTypes } from "../documents/table";
import type { CandidateHome, OwnApplication, OwnInterview, OwnNextStep } from "./schema";

export interface Facts {
  /** False until the address is proved. */
  confirmed: boolean;
  email: string;
  organization: string;
  /** The newest first. */
  applications: readonly OwnApplication[];
  interviews: readonly OwnInterview[];
  docs: readonly Pick<typeof documents.$inferSelect, "type" | "status" | "reason" | "createdAt">[];
  types: readonly Pick<typeof documentTypes.$inferSelect, "key" | "name">[];
  requests: readonly Pick<typeof documentRequests.$inferSelect, "type" | "message" | "dueDate">[];
}

const BARE = { documentType: null, interviewId: null, by: null };

/** The one next thing that a candidate can do; where there is none, what the organization does and until when. */
export function nextStep(facts: Facts): Pick<CandidateHome, "next" | "waitingOnUs"> {
  if (!facts.confirmed) return { next: toConfirm(facts), waitingOnUs: [] };
  return {
    next: toFix(facts) ?? toUpload(facts) ?? toChoose(facts) ?? nothing(facts),
    waitingOnUs: ours(facts),
  };
}

function toConfirm({ email }: Facts): OwnNextStep {
  return {
    ...BARE,
    kind: "confirm",
    title: "Confirm your address to see your applications",
    detail: `We sent a link to ${email}. Whoever opens it shows that the address is theirs, so nobody else can see what you sent us.`,
  };
}

/** A document that could not be accepted, unless a better one came since. */
function toFix({ docs, types }: Facts): OwnNextStep | null {
  const seen = new Set<string>();
  for (const { type, status, reason } of docs) {
    if (seen.has(type)) continue;
    seen.add(type);
    if (status !== "rejected") continue;
    return {
      ...BARE,
      kind: "fix",
      title: `Upload your ${nameOf(types, type)} again`,
      detail: reason ?? "It could not be accepted as it is.",
      documentType: type,
    };
  }
  return null;
}

function toUpload({ requests, types }: Facts): OwnNextStep | null {
  const byDate = (one: { dueDate: string | null }) => one.dueDate ?? "9999";
  const [first] = [...requests].sort((a, b) => byDate(a).localeCompare(byDate(b)));
  if (!first) return null;
  const due = first.dueDate ? `Please send it by ${first.dueDate}. ` : "";
  return {
    ...BARE,
    kind: "upload",
    title: `Upload your ${nameOf(types, first.type)}`,
    detail: `${due}${first.message ?? "A photo or a PDF will do; we look at it as soon as it is here."}`,
    documentType: first.type,
  };
}

function toChoose({ interviews }: Facts): OwnNextStep | null {
  const round = interviews.find(({ state, slots }) => state === "choose" && slots.length > 0);
  if (!round) return null;
  return {
    ...BARE,
    kind: "interview",
    title: "Choose a time for your interview",
    detail: `${round.roundName ?? `Round ${round.round}`} for ${round.jobTitle}, ${round.durationMinutes} minutes.`,
    interviewId: round.id,
  };
}

/** Nothing to do: what the organization does next, or that nothing is open. */
function nothing({ applications, organization }: Facts): OwnNextStep {
  const open = applications.filter(({ kind }) => kind === "open");
  const newest = [...open].sort((a, b) => b.since.localeCompare(a.since))[0];
  if (newest) {
    return {
      ...BARE,
      kind: "wait",
      title: "Nothing to do for you now",
      detail: newest.next ?? `${organization} decides how it goes on. You see it here the moment it happens.`,
      by: newest.promise?.by ?? null,
    };
  }
  const hired = applications.find(({ kind }) => kind === "hired");
  if (hired) {
    return {
      ...BARE,
      kind: "hired",
      title: `The job ${hired.job.title} is yours`,
      detail: hired.next ?? `${organization} writes to you about your first days.`,
    };
  }
  return applications.length > 0
    ? {
        ...BARE,
        kind: "closed",
        title: "No application of yours is open",
        detail: "You are welcome to apply for another job at any time.",
      }
    : {
        ...BARE,
        kind: "none",
        title: "You have not applied for a job yet",
        detail: `Look at what is open at ${organization}. What you apply for appears here.`,
      };
}

function ours({ docs, types, applications }: Facts): CandidateHome["waitingOnUs"] {
  return [
    ...docs
      .filter(({ status }) => status === "pending")
      .map(({ type, createdAt }) => ({
        title: `Review of your ${nameOf(types, type)}`,
        since: iso(createdAt),
      })),
    ...applications
      .filter(({ kind }) => kind === "open")
      .map(({ job, since }) => ({ title: `An answer about ${job.title}`, since })),
  ];
}

const nameOf = (types: Facts["types"], key: string) => types.find((type) => type.key === key)?.name ?? key;
