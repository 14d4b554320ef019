import { sql } from "drizzle-orm";
import type { z } from "zod";
import { emptyViolation, type Statement } from "../../../db/database";
import { commit, event, type NewAudit, onceMore } from "../../../events/commit";
import { newId } from "../../../lib/ids";
import { enterStages } from "../../applications/enter";
import { type Stage, type Standing, standings } from "../../applications/standing";
import { applicationIfClear, find, known } from "../find";
import type { AssessmentData, ScreeningData } from "../portal-data";
import type { Ride } from "../ride";
import { stageNamed } from "../stage-words";
import { portalAssessments } from "../table";
import type { ResultKind } from "../words";
import { placeOf } from "./status";

interface Result {
  kind: ResultKind;
  type: string;
  status: string;
  score?: number | undefined;
  maxScore?: number | undefined;
  recommendation?: string | undefined;
  summary?: string | undefined;
  completedAt?: number | undefined;
  externalId?: string | undefined;
}

/** Keeps the result of an assessment, and moves its person on where it recommends a stage by name. */
export async function keepAssessment(ride: Ride, data: z.infer<typeof AssessmentData>): Promise<void> {
  await keep(ride, data, { kind: "assessment", ...data.assessment });
}

/** Keeps what a screening said. Its score alone moves nobody, and nothing of it ever rejects anybody. */
export async function keepScreening(ride: Ride, data: z.infer<typeof ScreeningData>): Promise<void> {
  await keep(ride, data, { kind: "screening", type: "screening", ...data.screening });
}

async function keep(ride: Ride, data: Parameters<typeof find>[1], said: Result): Promise<void> {
  const { ctx } = ride;
  const found = await find(ride, data);
  const person = known(found);
  const application = applicationIfClear(found);
  ride.result = {
    candidateId: person.id,
    ...(application ? { applicationId: application.applicationId } : {}),
  };
  ride.link("candidate", data.candidate.externalId, person.id);
  const theirId = said.externalId ?? ride.row.eventId;
  ride.subjects = [`${said.kind}:${theirId}`];
  ride.with((guard) => [upsert(ride, said, theirId, person.id, application?.applicationId ?? null, guard)]);
  const audit: NewAudit = {
    action: "PORTAL_RESULT",
    entity: { type: "candidate", id: person.id },
    newValue: { kind: said.kind, type: said.type, status: said.status },
  };
  const arrived = event({
    type: "result.received",
    entity: { type: "candidate", id: person.id },
    data: {
      candidateId: person.id,
      ...(application ? { applicationId: application.applicationId } : {}),
      kind: said.kind,
      type: said.type,
    },
  });
  const plain = () =>
    commit(ctx, {
      id: newId("chg", ctx.now()),
      writes: [],
      events: [arrived],
      audit: [audit],
      result: null,
    });
  if (!application || said.recommendation === undefined) {
    await plain();
    return;
  }
  const { applicationId } = application;
  const { recommendation } = said;
  const own = `${said.kind}:${theirId}`;
  const place = placeOf(applicationId);
  const attempt = async (late: boolean) => {
    ride.subjects = [own];
    const now = (await standings(ctx, [applicationId])).get(applicationId);
    const target = now && !late ? recommended(now, recommendation) : null;
    ride.note = noteOf(now, target, recommendation, late);
    if (!now || !target) return await plain();
    ride.subjects = [own, place];
    return await enterStages(ctx, [{ now, target, reason: `${ride.source.name}: ${recommendation}` }], {
      batchId: newId("chg", ctx.now()),
      events: [arrived],
      audit: [audit],
      result: null,
    });
  };
  // Of an application that something newer of this source has moved the result is kept, and no more.
  const late = await ride.overtaken([place]);
  try {
    await onceMore(
      () => attempt(late),
      async () => undefined,
    );
  } catch (error) {
    const raced = emptyViolation(error) === "inbox_effects.at" && !late && (await ride.overtaken([place]));
    if (!raced) throw error;
    await attempt(true);
  }
}

/**
 * The open stage that a recommendation names and that lies ahead. A closed one is for people to decide
 * (GDPR, article 22), and nobody is moved back by a machine's word.
 */
export function recommended(now: Pick<Standing, "stages" | "held">, recommendation: string): Stage | null {
  const target = stageNamed(now.stages, recommendation);
  const ahead = target && target.position > now.held.position;
  return target?.kind === "open" && now.held.kind === "open" && ahead ? target : null;
}

function noteOf(
  now: Standing | undefined,
  target: Stage | null,
  recommendation: string,
  late: boolean,
): string | null {
  if (target) return null;
  if (late) return "Kept, and nobody was moved: something newer has moved this application.";
  const named = now && stageNamed(now.stages, recommendation);
  return named && named.kind !== "open"
    ? `It recommends "${named.name}". Nobody was moved: people decide on that.`
    : null;
}

function upsert(
  ride: Ride,
  said: Result,
  theirId: string,
  candidateId: string,
  applicationId: string | null,
  guard: ReturnType<typeof sql>,
): Statement {
  const { ctx, source } = ride;
  const at = ctx.now();
  const set = (column: string) => sql.raw(`${column} = excluded.${column}`);
  const changing = ["candidate_id", "application_id", "assessment_type", "status", "score", "max_score"];
  const more = ["recommendation", "summary", "completed_at", "updated_at"];
  return ctx.db.sql(sql`insert into ${portalAssessments} (id, org_id, integration_id, kind, candidate_id,
      application_id, assessment_type, status, score, max_score, recommendation, summary, portal_assessment_id,
      completed_at, created_at, updated_at)
    select ${newId("pas", at)}, ${ctx.orgId}, ${source.id}, ${said.kind}, ${candidateId}, ${applicationId},
      ${said.type}, ${said.status}, ${said.score ?? null}, ${said.maxScore ?? null},
      ${said.recommendation ?? null}, ${said.summary ?? null}, ${theirId},
      ${said.completedAt ?? ride.occurredAt}, ${at}, ${at} where ${guard}
    on conflict (integration_id, kind, portal_assessment_id) do update set ${sql.join(
      [...changing, ...more].map(set),
      sql`, `,
    )}`);
}
