import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { commit, event } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { newId } from "../../lib/ids";
import { documents } from "../documents/table";
import { markEveryoneStale } from "../eligibility/keep";
import { evaluationTypes } from "../evaluations/table";
import { evaluationTypeOf } from "./check";
import { planForEverybody } from "./plan";
import { onboardingDone, onboardingSteps, type StepRow } from "./table";
import { PASS_SCORE } from "./words";

/** The steps as they were read, which a change must find unchanged. */
export interface Definitions {
  steps: StepRow[];
}

/** What becomes of the steps: one more, some changed, or one less. */
export type DefinitionWrite =
  | { added: StepRow }
  | { changed: StepRow[]; fields: string[] }
  | { removed: StepRow };

/**
 * Writes a change of the steps, with what hangs on it: the type of a quiz's results, who has approved documents
 * already, when who is reminded, and that everybody's facts are to be gathered anew.
 * @throws LostRace where any of the steps was changed meanwhile: two changes could make a circle together
 */
export async function writeDefinitions<R>(
  ctx: Ctx,
  { steps }: Definitions,
  write: DefinitionWrite,
  result: R,
): Promise<R> {
  const changeId = newId("chg", ctx.now());
  const rows = "added" in write ? [write.added] : "removed" in write ? [write.removed] : write.changed;
  const first = rows[0];
  if (!first) return result;
  const won = sql`exists (select 1 from ${onboardingSteps}
    where org_id = ${ctx.orgId} and id = ${first.id} and change_id = ${changeId})`;
  const fields = "changed" in write ? write.fields : "added" in write ? ["added"] : ["removed"];
  // Nothing hangs on the order alone.
  const live = "removed" in write || fields.join() === "order" ? [] : rows;
  return await commit(ctx, {
    id: changeId,
    won: { table: onboardingSteps, id: first.id },
    writes: [
      ...("added" in write ? insertUnchanged(ctx, steps, write.added, changeId) : []),
      ...("added" in write ? [] : updateUnchanged(ctx, steps, rows, changeId, won)),
      ...live.flatMap((step) => [
        ...(step.kind === "quiz" ? [keepType(ctx, step, won)] : []),
        ...(step.kind === "document" ? [takeApproved(ctx, step, won)] : []),
        ...planForEverybody(ctx, step, won),
      ]),
      markEveryoneStale(ctx),
    ],
    events: rows.map((step) =>
      event({
        type: "onboarding.changed",
        entity: { type: "onboarding_step", id: step.id },
        data: { stepId: step.id },
        detail: { fields },
      }),
    ),
    audit: rows.map((step) => ({
      action:
        "added" in write
          ? ("ONBOARDING_STEP_CREATE" as const)
          : "removed" in write
            ? ("ONBOARDING_STEP_DELETE" as const)
            : ("ONBOARDING_STEP_UPDATE" as const),
      entity: { type: "onboarding_step", id: step.id },
      newValue: { key: step.key, title: step.title, ...("changed" in write ? { fields } : {}) },
    })),
    result,
  });
}

/** True while the steps are those that were read, but for one. */
function unchanged(ctx: Ctx, steps: StepRow[], except = ""): SQL {
  const seen = steps.map(({ id, version }) => `${id}:${version}`).sort();
  return sql`coalesce((select group_concat(word, ',') from (select id || ':' || version as word
    from ${onboardingSteps} where org_id = ${ctx.orgId} and removed_at is null and id <> ${except}
    order by id)), '') = ${seen.join(",")}`;
}

function insertUnchanged(ctx: Ctx, steps: StepRow[], row: StepRow, changeId: string): Statement[] {
  const { orgId: _, ...values } = row;
  return [
    ctx.db.insert(onboardingSteps, { ...values, changeId }),
    ctx.db.delete(
      onboardingSteps,
      and(eq(onboardingSteps.id, row.id), sql`not ${unchanged(ctx, steps, row.id)}`),
    ),
  ];
}

/** The first is won only where all are unchanged, and stands for the others. */
function updateUnchanged(
  ctx: Ctx,
  steps: StepRow[],
  rows: StepRow[],
  changeId: string,
  won: SQL,
): Statement[] {
  return rows.map(({ orgId: _, id, changeId: _change, ...values }, i) =>
    ctx.db.update(
      onboardingSteps,
      { ...values, changeId },
      and(
        eq(onboardingSteps.id, id),
        isNull(onboardingSteps.removedAt),
        i === 0 ? unchanged(ctx, steps) : won,
      ),
    ),
  );
}

/** Makes the type of a quiz's results, unless it is there. */
function keepType(ctx: Ctx, step: StepRow, won: SQL): Statement {
  return ctx.db.sql(sql`insert or ignore into ${evaluationTypes}
      (org_id, key, name, description, min_score, max_score, pass_score, criteria, visibility, archived, position,
        version)
    select ${ctx.orgId}, ${evaluationTypeOf(step)}, ${step.title}, null, 0, 100, ${step.passScore ?? PASS_SCORE},
      '[]', 'person', 0,
      coalesce((select max(position) + 1 from ${evaluationTypes} where org_id = ${ctx.orgId}), 0), 1
    where ${won}`);
}

/** A document that was approved before it became a step needn't be approved again. */
function takeApproved(ctx: Ctx, step: StepRow, won: SQL): Statement {
  const at = ctx.now();
  return ctx.db.sql(sql`insert or ignore into ${onboardingDone}
      (id, org_id, agent_id, step_id, status, data, attempts, document_id, completed_at, created_at, updated_at)
    select ${newId("done", at)} || '-' || row_number() over (order by d.agent_id), ${ctx.orgId}, d.agent_id,
      ${step.id}, 'completed', '{}', 0, max(d.id), ${at}, ${at}, ${at}
    from ${documents} d where d.org_id = ${ctx.orgId} and d.status = 'approved' and d.type = ${step.documentType}
      and d.agent_id is not null and (d.expires_at is null or d.expires_at > ${at}) and ${won}
    group by d.agent_id`);
}
