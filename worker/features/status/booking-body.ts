import type { Context } from "hono";
import { readBody } from "../../http/read-body";
import type { HttpEnv } from "../../http/types";
import { DomainError } from "../../lib/errors";

const MOST_BYTES = 2000;

/** The time that was chosen in the form of an interview, or null where none was. */
export async function slotOf(c: Context<HttpEnv>): Promise<string | null> {
  await readBody(c, MOST_BYTES, () => new DomainError("too-large", "This form has one field only."));
  const { slot } = await c.req.parseBody();
  return typeof slot === "string" && slot !== "" ? slot : null;
}
