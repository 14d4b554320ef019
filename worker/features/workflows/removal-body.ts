import type { Context } from "hono";
import type { HttpEnv } from "../../http/types";
import { invalid } from "../../lib/errors";
import { WorkflowStepRemoval } from "./schema";

/** `moveTo` in a JSON body, for clients that send one with a DELETE. @throws DomainError `invalid` */
export async function moveToOf(c: Context<HttpEnv>): Promise<string | undefined> {
  if (!c.req.header("content-type")?.startsWith("application/json")) return undefined;
  const read = WorkflowStepRemoval.safeParse(await c.req.json().catch(() => ({})));
  if (!read.success) throw invalid("moveTo", "Send the key of a stage as moveTo, and nothing else.");
  return read.data.moveTo;
}
