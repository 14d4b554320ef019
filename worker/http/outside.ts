import type { Context } from "hono";
import { database } from "../db/database";
import { type Ctx, systemCtx } from "../events/context";
import type { HttpEnv } from "./types";

/** The context of a request that nobody is logged in for, once its organization is known. */
export function outsideCtx(c: Context<HttpEnv>, orgId: string): Ctx {
  return {
    ...systemCtx(c.env, orgId, (work) => c.executionCtx.waitUntil(work)),
    db: database(c.env, orgId, c.get("meter")),
    requestId: c.get("requestId"),
  };
}
