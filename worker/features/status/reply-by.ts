import { eq } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { organizations } from "../organizations/table";
import type { stages } from "../pipelines/table";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The days within which the organization promises an answer, where a stage says nothing else. */
export function selectPromise(ctx: Pick<Ctx, "db" | "orgId">) {
  return ctx.db.select({ replyByDays: organizations.replyByDays }, organizations, {
    where: eq(organizations.id, ctx.orgId),
  });
}

/**
 * Until when whoever enters a stage is promised an answer. In closed stages they have it.
 * @param enteredAt milliseconds since 1970
 * @param promisedDays what the organization promises, from `selectPromise`
 * @returns milliseconds since 1970, or null where nothing is promised
 */
export function replyByOf(
  stage: Pick<typeof stages.$inferSelect, "kind" | "replyByDays">,
  enteredAt: number,
  promisedDays: number | null,
): number | null {
  const days = stage.replyByDays ?? promisedDays;
  return stage.kind !== "open" || days === null ? null : enteredAt + days * DAY_MS;
}
