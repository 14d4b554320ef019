import { zValidator } from "@hono/zod-validator";
import type { Context } from "hono";
import type { ZodType, z } from "zod";
import { DomainError, invalid } from "../lib/errors";
import { fieldErrors } from "../lib/field-errors";
import { noteSchema } from "./endpoint";
import { MAX_JSON_BYTES, readBody } from "./read-body";
import type { HttpEnv } from "./types";

function refuse(result: { success: boolean; error?: { issues: readonly unknown[] } }): void {
  if (result.success || !result.error) return;
  const errors = fieldErrors(result.error.issues as z.core.$ZodIssue[]);
  const detail = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join(" ");
  throw new DomainError("invalid", detail.slice(0, 500), { errors });
}

/** What a schema makes of a value that came otherwise than as JSON. @throws DomainError `invalid` */
export function parsed<S extends ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  refuse(result);
  return result.data as z.output<S>;
}

/** The JSON body, by its schema; strictly `application/json`. */
export function body<S extends ZodType>(schema: S) {
  const validate = zValidator("json", schema, refuse);
  const handler: typeof validate = async (c, next) => {
    await checkJson(c as unknown as Context<HttpEnv>);
    return await validate(c, next);
  };
  noteSchema(handler, "json", schema);
  return handler;
}

/** As `body`, of a request that may come without one: that is an empty object. */
export function optionalBody<S extends ZodType>(schema: S) {
  const validate = zValidator("json", schema, refuse);
  const handler: typeof validate = async (c, next) => {
    const context = c as unknown as Context<HttpEnv>;
    const bytes = await readBody(context, MAX_JSON_BYTES, tooLarge);
    if (bytes.byteLength > 0) await checkJson(context);
    // Hono keeps promises here, whatever its types say.
    else Object.assign(context.req.bodyCache, { text: Promise.resolve("{}") });
    return await validate(c, next);
  };
  noteSchema(handler, "json", schema);
  return handler;
}

async function checkJson(c: Context<HttpEnv>): Promise<void> {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new DomainError("unsupported-type", "Send JSON with content-type: application/json.");
  }
  const read = (await c.req.bodyCache.arrayBuffer) as ArrayBuffer | undefined;
  const bytes = read ? new Uint8Array(read) : await readBody(c, MAX_JSON_BYTES, tooLarge);
  let value: unknown;
  try {
    // Fatal decoding first: a parser that mends broken bytes would see another text than a signature does.
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    throw new DomainError("malformed", "The body is not valid JSON.");
  }
  if (isDeeper(value, MOST_DEPTH))
    throw invalid("", `The body may nest ${MOST_DEPTH} levels deep at most. Send it flatter.`);
}

/** Lists and objects in one another: schemas that hold themselves go as deep as what is sent, on the stack. */
const MOST_DEPTH = 100;

function isDeeper(value: unknown, most: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= most && level.length > 0; depth++) {
    level = level.flatMap((one) => (one !== null && typeof one === "object" ? Object.values(one) : []));
  }
  return level.length > 0;
}
const tooLarge = () => new DomainError("too-large", "A JSON body may have 1 MB at most.");

/** The query string, by its schema. */
export function query<S extends ZodType>(schema: S) {
  const handler = zValidator("query", schema, refuse);
  noteSchema(handler, "query", schema);
  return handler;
}

/**
 * The version that `If-Match` names, where it was sent.
 * @throws DomainError `malformed`
 */
export function ifMatch(c: Context<HttpEnv>): number | undefined {
  const header = c.req.header("if-match");
  if (header === undefined || header === "*") return undefined;
  const version = /^(?:W\/)?"(\d{1,15})(?:-[\w-]+)?"$/.exec(header)?.[1];
  if (version === undefined)
    throw new DomainError("malformed", 'Write If-Match as a quoted version, like "3".');
  return Number(version);
}
