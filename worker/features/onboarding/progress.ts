import type { DoneRow, StepRow } from "./table";
import type { StepStatus } from "./words";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A document of the agent, as far as a step asks about it. */
export interface Paper {
  id: string;
  type: string;
  status: "pending" | "approved" | "rejected";
  reason: string | null;
  reviewedAt: number | null;
  createdAt: number;
  /** From when an approved one no longer counts; null for never. */
  expiresAt: number | null;
}

/** How a step stands for an agent. */
export interface Standing {
  step: StepRow;
  done: DoneRow | null;
  status: StepStatus;
  /** Titles of the steps that lock it. */
  waitsFor: string[];
  dueAt: number | null;
  completedAt: number | null;
  reason: string | null;
}

export interface Progress {
  standings: Standing[];
  /** The step to do next. */
  next: Standing | null;
  complete: boolean;
}

export interface Known {
  /** The steps that apply to the agent, in their order. */
  steps: StepRow[];
  done: DoneRow[];
  papers: Paper[];
  /** Since when they stand in the stage of the onboarding; null where they don't. */
  since: number | null;
  now: number;
}

/** The approved document that a step asks for, if one counts at `now`. */
export function standingPaper(type: string | null, papers: Paper[], now: number): Paper | undefined {
  return papers.find(
    (paper) =>
      paper.type === type &&
      paper.status === "approved" &&
      (paper.expiresAt === null || paper.expiresAt > now),
  );
}

/** How every step of an agent's onboarding stands, and which comes next: a pure function of what is known. */
export function progressOf(known: Known): Progress {
  const rows = new Map(known.done.map((row) => [row.stepId, row]));
  const over = new Map(known.steps.map((step) => [step.id, endOf(step, rows.get(step.id) ?? null, known)]));
  const standings = known.steps.map((step): Standing => {
    const done = rows.get(step.id) ?? null;
    const end = over.get(step.id) ?? null;
    // A step that doesn't apply to them, or was taken away, locks nothing.
    const locks = known.steps.filter(({ id }) => step.dependsOn.includes(id) && !over.get(id));
    const papers = known.papers.filter(({ type }) => step.kind === "document" && type === step.documentType);
    const inReview = papers.some(({ status }) => status === "pending") || done?.status === "in_review";
    const status = end?.status ?? (locks.length > 0 ? "locked" : inReview ? "in_review" : "open");
    const dueAt = step.dueDays === null || known.since === null ? null : known.since + step.dueDays * DAY_MS;
    return {
      step,
      done,
      status,
      waitsFor: status === "locked" ? locks.map(({ title }) => title) : [],
      dueAt,
      completedAt: end?.at ?? null,
      reason: reasonOf(status, done, papers, known.now),
    };
  });
  return {
    standings,
    next: standings.find(({ status }) => status === "open") ?? null,
    complete: standings.every(({ status }) => isOver(status)),
  };
}

export const isOver = (status: StepStatus): boolean => status === "completed" || status === "waived";

/** How and when a step ended. What a document says is said by the documents, whatever was noted of it. */
function endOf(
  step: StepRow,
  done: DoneRow | null,
  { papers, now }: Known,
): { status: "completed" | "waived"; at: number } | null {
  if (done?.status === "waived") return { status: "waived", at: done.completedAt ?? done.updatedAt };
  if (step.kind === "document") {
    const paper = standingPaper(step.documentType, papers, now);
    if (!paper) return null;
    const noted = done?.status === "completed" ? done.completedAt : null;
    return { status: "completed", at: noted ?? paper.reviewedAt ?? paper.createdAt };
  }
  return done?.status === "completed"
    ? { status: "completed", at: done.completedAt ?? done.updatedAt }
    : null;
}

function reasonOf(status: StepStatus, done: DoneRow | null, papers: Paper[], now: number): string | null {
  if (status === "waived") return done?.reason ?? null;
  if (status !== "open" && status !== "locked") return null;
  const newest = [...papers].sort((a, b) => b.createdAt - a.createdAt)[0];
  if (newest?.status === "rejected") return newest.reason ?? "It could not be accepted as it is.";
  if (newest?.status === "approved" && newest.expiresAt !== null && newest.expiresAt <= now)
    return "The one that was approved has expired.";
  return done?.reason ?? null;
}
