import type { MiddlewareHandler } from "hono";
import { isLocal } from "../env";
import { addressBucket } from "../lib/counter";
import { DomainError } from "../lib/errors";
import type { HttpEnv } from "./types";

/**
 * A coarse shield against floods from one address: cheap, per location and eventually consistent. Strict
 * limits are counted by the `Counter` objects.
 */
export const shield: MiddlewareHandler<HttpEnv> = async (c, next) => {
  if (!isLocal(c.env)) {
    const { success } = await c.env.SHIELD.limit({
      key: addressBucket(c.req.header("cf-connecting-ip") ?? ""),
    });
    if (!success) {
      throw new DomainError("rate-limited", "Too many requests from your network. Wait a minute.", {
        retryAfterSeconds: 60,
      });
    }
  }
  await next();
};
