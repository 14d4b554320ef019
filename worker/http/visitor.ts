import type { Context } from "hono";
import type { Visitor } from "../features/sessions/sessions";
import { deviceName } from "../lib/device";
import type { HttpEnv } from "./types";

/** Who knocks: the device in words and the address, which only the platform's own header may name. */
export function visitorOf(c: Context<HttpEnv>): Visitor {
  return {
    device: deviceName(c.req.header("user-agent")),
    address: c.req.header("cf-connecting-ip") ?? null,
  };
}
