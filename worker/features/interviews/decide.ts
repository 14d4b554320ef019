import { type SQL, sql } from "drizzle-orm";
import { emptyViolation, type Statement } from "../../db/database";
import { event, LostRace, type NewEvent, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { presentApplication } from "../applications/applications";
import { enterStages } from "../applications/enter";
import { stageOfKind } from "../applications/move";
import { wonBy } from "../applications/sets";
import { type Stage, type Standing, standingsBeside } from "../applications/standing";
import { checkVersion, interviewEvent, requireAction, statusAudit, stepped, writeInterview } from "./change";
import { feedbackBy } from "./feedback";
import { type OneInterview, presentInterview, selectInterview } from "./interviews";
import type { Decision, Interview, Rejection } from "./schema";
import { interviews } from "./table";

type Columns = Partial<typeof interviews.$inferSelect>;

interface Decided {
  action: "move-to-next-round" | "reject" | "initiate-hiring";
  said: Decision;
  reason?: string | undefined;
  /** The stage that follows, or null where the person stays where they are. */
  target: (standing: Standing) => Stage | null;
  set: Columns;
  events: (next: OneInterview) => NewEvent[];
  audit: "INTERVIEW_PASSED" | "INTERVIEW_FAILED" | "HIRING_INITIATED";
}

/** @throws DomainError `conflict` for somebody whose application is closed */
function open(ctx: Ctx, { row, held, stages }: Standing): void {
  if (held.kind === "open") return;
  throw conflict(
    `${row.name} is in ${held.name} now. Move them back to an open stage first.`,
    presentApplication(ctx, row, stages),
  );
}

/** The round is passed, and the next one can be set up: whoever was new is in progress now. */
export function passInterview(ctx: Ctx, id: string, said: Decision, ifVersion?: number): Promise<Interview> {
  return decide(ctx, id, ifVersion, {
    action: "move-to-next-round",
    said,
    target: (standing) => {
      open(ctx, standing);
      const { held, stages } = standing;
      if (held.status !== "NEW" && held.status !== "IN_REVIEW") return null;
      return (
        stages.find(
          ({ kind, status, position }) =>
            kind === "open" && status === "IN_PROGRESS" && position > held.position,
        ) ?? null
      );
    },
    set: { status: "Passed" },
    events: (next) => [interviewEvent("interview.passed", next)],
    audit: "INTERVIEW_PASSED",
  });
}

/** The round is failed, and the application rejected. @throws DomainError */
export function rejectInterview(
  ctx: Ctx,
  id: string,
  { reason, ...said }: Rejection,
  ifVersion?: number,
): Promise<Interview> {
  return decide(ctx, id, ifVersion, {
    action: "reject",
    said,
    reason,
    // Whoever withdrew meanwhile stays withdrawn.
    target: ({ held, stages }) => (held.kind === "open" ? stageOfKind("rejected")(stages) : null),
    set: { status: "Failed", decisionReason: reason ?? null },
    events: (next) => [interviewEvent("interview.failed", next)],
    audit: "INTERVIEW_FAILED",
  });
}

/** The round is passed, and the person hired. @throws DomainError */
export function initiateHiring(ctx: Ctx, id: string, said: Decision, ifVersion?: number): Promise<Interview> {
  return decide(ctx, id, ifVersion, {
    action: "initiate-hiring",
    said,
    target: (standing) => {
      if (standing.held.kind === "hired") return null;
      open(ctx, standing);
      return stageOfKind("hired")(standing.stages);
    },
    set: { status: "Passed", hiringInitiated: true },
    events: (next) => [
      interviewEvent("interview.passed", next),
      event({
        type: "hiring.initiated",
        entity: { type: "application", id: next.applicationId },
        pipelineId: next.pipelineId,
        forClient: next.shared === 1,
        data: {
          applicationId: next.applicationId,
          candidateId: next.candidateId,
          jobId: next.jobId,
          interviewId: next.id,
        },
      }),
    ],
    audit: "HIRING_INITIATED",
  });
}

/**
 * Decides after an interview: its status, and the move of the application that follows, in one transaction.
 * @throws DomainError `not-found`, `conflict`, `outdated`
 */
async function decide(ctx: Ctx, id: string, ifVersion: number | undefined, how: Decided): Promise<Interview> {
  const application = sql`(select application_id from ${interviews} where org_id = ${ctx.orgId} and id = ${id})`;
  const load = async () => {
    const { found, beside } = await standingsBeside(ctx, application, selectInterview(ctx, id));
    const now = beside[0] as OneInterview | undefined;
    const standing = now && found.get(now.applicationId);
    if (!now || !standing) throw notFound("interview");
    return { now, standing };
  };
  return await onceMore(
    async () => {
      const { now, standing } = await load();
      checkVersion(ctx, now, ifVersion);
      requireAction(ctx, now, how.action);
      const target = how.target(standing);
      const set = { ...how.set, ...feedbackBy(ctx, now, how.said) };
      if (!target) {
        return await writeInterview(ctx, now, { set, events: how.events, audit: { action: how.audit } });
      }
      const batchId = newId("chg", ctx.now());
      // The event goes to the client's eyes as the move leaves the application.
      const shared = now.shared === 1 || target.sharesWithClient ? 1 : 0;
      const next = { ...stepped(ctx, now, set, batchId), shared };
      return await asRace(() =>
        enterStages(ctx, [{ now: standing, target, reason: how.reason }], {
          batchId,
          more: [decidedOr(ctx, now, next, wonBy(ctx, now.applicationId, batchId))],
          events: how.events(next),
          audit: [statusAudit(now, next, { action: how.audit })],
          result: presentInterview(ctx, next),
        }),
      );
    },
    async () => presentInterview(ctx, (await load()).now),
  );
}

/**
 * Writes the decision where the move was won. An interview that was changed meanwhile would be left without
 * a status, which its table forbids: so the move is rolled back with it.
 */
function decidedOr(ctx: Ctx, now: OneInterview, next: OneInterview, won: SQL): Statement {
  return ctx.db.sql(sql`update ${interviews} set
      status = case when version = ${now.version} then ${next.status} end,
      feedback = ${JSON.stringify(next.feedback)}, rating = ${next.rating},
      decision_reason = ${next.decisionReason}, hiring_initiated = ${next.hiringInitiated ? 1 : 0},
      version = ${next.version}, change_id = ${next.changeId}, updated_at = ${next.updatedAt}
    where org_id = ${ctx.orgId} and id = ${now.id} and ${won}`);
}

async function asRace<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (emptyViolation(error) === "interviews.status") throw new LostRace();
    throw error;
  }
}
