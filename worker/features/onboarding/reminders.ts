import { sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import type { Effect } from "../../events/subscriber";
import { link } from "../../lib/links";
import { queueEmail } from "../email/email";
import { notify } from "../notifications/notify";
import type { ReminderRow } from "../reminders/table";
import { scenesOf, selectOnboarding } from "./scene";

/** Reminds an agent of a step that is due tomorrow or today, if it still is and is still theirs to do. */
export async function onboardingDue(ctx: Ctx, reminder: ReminderRow): Promise<Effect | null> {
  const { stepId, dueAt, days } = reminder.detail as { stepId?: string; dueAt?: number; days?: number };
  const [orgs, ...read] = await ctx.db.read(
    ctx.db.organization(),
    ...selectOnboarding(ctx, sql`(${reminder.agentId ?? ""})`),
  );
  const [scene] = scenesOf(read, ctx.now());
  const standing = scene?.standings.find(({ step }) => step.id === stepId);
  if (!scene || !standing || standing.dueAt !== dueAt) return null;
  if (standing.status !== "open" && standing.status !== "locked") return null;
  // One that comes late leaves the word to that of the day itself.
  if (days !== 0 && dueAt !== undefined && dueAt <= ctx.now()) return null;
  const { person } = scene;
  const when = days === 0 ? "today" : "tomorrow";
  const title = `Due ${when}: ${standing.step.title}`;
  const noticed = notify(
    ctx,
    person.userId
      ? [
          {
            userId: person.userId,
            type: "onboarding_due",
            title,
            message: standing.waitsFor.length > 0 ? `First: ${standing.waitsFor.join(", ")}.` : "",
            entityType: "onboarding_step",
            entityId: standing.step.id,
            eventSeq: null,
          },
        ]
      : [],
  );
  const mail = queueEmail(ctx, {
    to: person.email,
    userId: person.userId,
    template: "onboarding_due",
    values: {
      firstName: person.firstName,
      organization: orgs[0]?.name ?? "",
      step: standing.step.title,
      when,
      url: link(ctx.env, `/onboarding/${standing.step.id}`),
    },
    dedupeKey: reminder.id,
  });
  return { writes: [...noticed.writes, mail.write], events: noticed.events, after: mail.wake };
}
