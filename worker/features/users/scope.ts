import type { Ctx } from "../../events/context";
import { DomainError } from "../../lib/errors";

/**
 * The company that the caller is confined to: a client user's own, null for everybody who isn't one.
 * Queries narrow by it, so that another client's is absent rather than forbidden.
 * @throws DomainError `not-found` for a client user of no company
 */
export function clientScope(ctx: Pick<Ctx, "actor">): string | null {
  if (ctx.actor.kind !== "user" || ctx.actor.role !== "client_user") return null;
  if (ctx.actor.clientId === null) {
    throw new DomainError("not-found", "Your account belongs to no client. Ask an admin to look into it.");
  }
  return ctx.actor.clientId;
}

/** True for the organization's own people and machinery, who see all of it. */
export function isTeam({ actor }: Pick<Ctx, "actor">): boolean {
  if (actor.kind === "user") return actor.role === "admin" || actor.role === "recruiter";
  return actor.kind !== "api_key";
}
