import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { newId } from "../../lib/ids";
import { agents } from "../agents/table";
import { reminders } from "../reminders/table";
import { onboardingSteps, type StepRow } from "./table";
import { ONBOARDING_STAGE } from "./words";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days before a step is due on which its agent is reminded. */
const DAYS_BEFORE = [1, 0] as const;

/**
 * The statements that plan the reminders of steps for those who stand in the onboarding: whether a step applies to
 * them and is still to be done is asked when the time comes.
 */
function plan(ctx: Ctx, whose: SQL, of: SQL, won: SQL): Statement[] {
  const at = ctx.now();
  return DAYS_BEFORE.map((days) => {
    const due = sql`(a.status_since + s.due_days * ${DAY_MS})`;
    return ctx.db.sql(sql`insert or ignore into ${reminders}
        (id, org_id, kind, subject_id, agent_id, part, detail, due_at, created_at)
      select ${newId("rem", at)} || '-' || row_number() over (order by a.id, s.id), ${ctx.orgId}, 'onboarding_due',
        a.id || ':' || s.id, a.id, ${due} || ':' || ${days},
        json_object('stepId', s.id, 'dueAt', ${due}, 'days', ${days}), ${due} - ${days * DAY_MS}, ${at}
      from ${agents} a join ${onboardingSteps} s on s.org_id = a.org_id and s.removed_at is null
        and s.due_days is not null and ${of}
      where a.org_id = ${ctx.orgId} and a.status = ${ONBOARDING_STAGE} and ${whose}
        and ${due} - ${days * DAY_MS} > ${at} and ${won}`);
  });
}

/** Plans the reminders of an agent who entered the onboarding. */
export const planForAgent = (ctx: Ctx, agentId: string): Statement[] =>
  plan(ctx, sql`a.id = ${agentId}`, sql`1`, sql`1`);

/** Plans the reminders of a step for everybody who is in the onboarding. */
export const planForEverybody = (ctx: Ctx, step: StepRow, won: SQL): Statement[] =>
  step.dueDays === null ? [] : plan(ctx, sql`1`, sql`s.id = ${step.id}`, won);
