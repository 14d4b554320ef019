import { sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { commit } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { DomainError, invalid } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { queueEmail } from "../email/email";
import { newStatusLinks } from "../status/links";
import { type Changing, changeApplications, IN_CAMPAIGN } from "./change";
import { type Entering, enterStages } from "./enter";
import { inParts, type Outcome } from "./in-parts";
import { type Recipient, recipients, writable } from "./recipients";
import type { Restore } from "./restore";
import type { BulkRequest, BulkResult } from "./schema";
import { Seats } from "./seats";
import { type Standing, standings } from "./standing";
import { batches } from "./table";
import { BULK_UNDO_SECONDS } from "./words";

/** What would be done to one item, or why it can't be. */
type Plan =
  | { ok: true; text: string; entering?: Entering; changing?: Changing; mail?: Recipient }
  | { ok: false; error: string };
type Doable = Extract<Plan, { ok: true }> & { id: string };

/**
 * Does one thing to up to 500 applications, each by itself: a result per item, no half states. A dry run
 * says what would become of each. Everything can be taken back for ten minutes; so long do mails wait.
 * @throws DomainError `invalid`
 */
export async function bulk(ctx: Ctx, input: BulkRequest): Promise<BulkResult> {
  if (input.action === "email" && !writable(input.template ?? "")) {
    throw invalid("template", `There is no mail "${input.template}" for applicants.`);
  }
  const batchId = newId("chg", ctx.now());
  const undoUntil = iso(ctx.now() + BULK_UNDO_SECONDS * 1000);
  const answer = ctx.answer;
  let written = false;
  const results = await inParts(input.ids, async (ids, whole) => {
    const now = await standings(ctx, ids);
    const mails = input.action === "email" ? await recipients(ctx, ids) : new Map<string, Recipient>();
    const seats = new Seats();
    const plans = ids.map((id) => ({ id, plan: planFor(input, seats, now.get(id), mails.get(id)) }));
    const outcomes = plans.map(({ id, plan }): Outcome => {
      const name = now.get(id)?.row.name;
      const words = plan.ok ? { text: plan.text } : { error: plan.error };
      return { id, ok: plan.ok, ...(name ? { name } : {}), ...words };
    });
    const doable = plans.flatMap(({ id, plan }): Doable[] =>
      plan.ok && (plan.entering || plan.changing || plan.mail) ? [{ id, ...plan }] : [],
    );
    if (input.dryRun || doable.length === 0) return outcomes;
    // A keyed request's answer stands in the batch of its effect, where that is one batch.
    const own = { ...ctx, answer: whole ? answer : undefined };
    await write(own, input, batchId, doable, { batchId, dryRun: false, undoUntil, results: outcomes });
    written = true;
    return outcomes;
  });
  return {
    batchId: written ? batchId : null,
    dryRun: input.dryRun,
    undoUntil: written ? undoUntil : null,
    results,
  };
}

function planFor(
  input: BulkRequest,
  seats: Seats,
  now: Standing | undefined,
  mail: Recipient | undefined,
): Plan {
  if (!now) return { ok: false, error: "There is no application with this id that you can see." };
  try {
    switch (input.action) {
      case "move":
      case "reject":
        return planMove(input, seats, now);
      case "tag":
        return planTags(input.tags ?? [], now);
      case "archive":
        if (now.campaign) return { ok: false, error: IN_CAMPAIGN };
        return now.row.archived
          ? { ok: true, text: "Archived already." }
          : { ok: true, text: "Goes to the archive.", changing: { now, set: { archived: true } } };
      case "email":
        return mail
          ? { ok: true, text: `Gets “${mail.subject(input.template ?? "")}” at ${mail.to}.`, mail }
          : { ok: false, error: "They have no e-mail address." };
    }
  } catch (error) {
    if (error instanceof DomainError) return { ok: false, error: error.message };
    throw error;
  }
}

function planMove(input: BulkRequest, seats: Seats, now: Standing): Plan {
  const target =
    input.action === "reject"
      ? now.stages.find((stage) => stage.kind === "rejected")
      : now.stages.find((stage) => stage.key === input.stage);
  if (!target) {
    return {
      ok: false,
      error:
        input.action === "reject"
          ? "Their pipeline has no stage for rejections."
          : `Their pipeline has no stage "${input.stage}".`,
    };
  }
  if (target.id === now.held.id) return { ok: true, text: `In ${target.name} already.` };
  const full = seats.take(now, target);
  if (full) return { ok: false, error: full };
  return {
    ok: true,
    text: `${now.held.name} → ${target.name}`,
    entering: { now, target, reason: input.reason },
  };
}

function planTags(tags: string[], now: Standing): Plan {
  const off = new Set(tags.filter((tag) => tag.startsWith("-")).map((tag) => tag.slice(1)));
  const added = tags.filter((tag) => !tag.startsWith("-"));
  const next = [...new Set([...now.row.tags.filter((tag) => !off.has(tag)), ...added])];
  if (next.length > 30) return { ok: false, error: "That would be more than 30 tags." };
  if (next.join("\n") === now.row.tags.join("\n")) return { ok: true, text: "Tagged like that already." };
  return { ok: true, text: `Tags: ${next.join(", ") || "none"}.`, changing: { now, set: { tags: next } } };
}

/** What an undo needs to know of each changed item. */
function itemOf({ id, changing }: Doable): Restore {
  if (!changing) return { id };
  const { now, set } = changing;
  const before = Object.fromEntries(
    Object.keys(set).map((name) => [name, now.row[name as keyof typeof set]]),
  );
  return { id, before };
}

/** The note by which a bulk action is taken back; a set that was halved adds its parts to one note. */
function note(ctx: Ctx, input: BulkRequest, batchId: string, doable: Doable[]): Statement {
  return ctx.db.sql(sql`insert into ${batches} (id, org_id, action, actor_id, items, undo_until, created_at)
    values (${batchId}, ${ctx.orgId}, ${input.action}, ${ctx.actor.id}, ${JSON.stringify(doable.map(itemOf))},
      ${ctx.now() + BULK_UNDO_SECONDS * 1000}, ${ctx.now()})
    on conflict (id) do update set items = (select json_group_array(json(value)) from (
      select value from json_each(batches.items) union all select value from json_each(excluded.items)))`);
}

async function write(
  ctx: Ctx,
  input: BulkRequest,
  batchId: string,
  doable: Doable[],
  result: BulkResult,
): Promise<void> {
  const more = [note(ctx, input, batchId, doable)];
  const entering = doable.flatMap((one) => one.entering ?? []);
  if (entering.length > 0) {
    await enterStages(ctx, entering, { batchId, bulk: true, more, result });
    return;
  }
  const changing = doable.flatMap((one) => one.changing ?? []);
  if (changing.length > 0) {
    await changeApplications(ctx, changing, { changeId: batchId, more, result });
    return;
  }
  const template = input.template ?? "";
  const sendAt = ctx.now() + BULK_UNDO_SECONDS * 1000;
  const strangers = doable.filter(({ mail }) => mail?.needsLink(template)).map(({ id }) => id);
  const links = await newStatusLinks(ctx, strangers, sendAt);
  const mails = doable.flatMap(({ id, mail }) =>
    mail
      ? [
          queueEmail(ctx, {
            ...mail.mail(template, links.urls.get(id)),
            dedupeKey: `${batchId}:${id}`,
            sendAt,
            batchId,
            applicationId: id,
          }),
        ]
      : [],
  );
  await commit(ctx, {
    id: batchId,
    writes: [...links.writes, ...mails.map((mail) => mail.write), ...more],
    audit: doable.map(({ id }) => ({
      action: "APPLICATION_UPDATE" as const,
      entity: { type: "application", id },
      metadata: { mail: template },
    })),
    result,
  });
  ctx.after(Promise.all(mails.map((mail) => mail.wake())));
}
