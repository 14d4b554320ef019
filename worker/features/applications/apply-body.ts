import type { Context } from "hono";
import { noteSchema } from "../../http/endpoint";
import { readBody } from "../../http/read-body";
import type { HttpEnv } from "../../http/types";
import { body } from "../../http/validate";
import { DomainError, invalid } from "../../lib/errors";
import type { ApplyInput } from "../apply/apply";
import { readApplyForm } from "../apply/read-form";
import { APPLY_BODY_MB } from "../apply/words";
import type { NewApplication } from "./schema";

/** True for a request that sends a form. */
export function isForm(c: Context<HttpEnv>): boolean {
  return c.req.header("content-type")?.toLowerCase().startsWith("multipart/form-data") ?? false;
}

/** The JSON body by its schema, of a request that may send a form instead. */
export function jsonOrForm<S extends Parameters<typeof body>[0]>(schema: S) {
  const validate = body(schema);
  const handler: typeof validate = async (c, next) =>
    isForm(c as unknown as Context<HttpEnv>) ? await next() : await validate(c, next);
  noteSchema(handler, "json", schema);
  return handler;
}

/**
 * The form of an application, counted while it arrives.
 * @param job the job that the address names, where it does
 * @throws DomainError `too-large`, `malformed`, `invalid`
 */
export async function readSentForm(c: Context<HttpEnv>, by: ApplyInput["signs"]["by"] = "api", job?: string) {
  await readBody(
    c,
    APPLY_BODY_MB * 1024 * 1024,
    () =>
      new DomainError(
        "too-large",
        `All files together may have ${APPLY_BODY_MB} MB, and each of them 10 MB. Make some smaller and try again.`,
      ),
  );
  let form: FormData;
  try {
    form = await c.req.formData();
  } catch {
    throw new DomainError("malformed", "The upload broke off or is no form. Try it again.");
  }
  return await readApplyForm(form, by, job);
}

/** What somebody sends as JSON who applies. */
export function inputOf(sent: NewApplication): { org: string | undefined; input: ApplyInput } {
  if (!sent.candidateData) throw invalid("candidateData", "Say who you are: a name and an e-mail address.");
  const { org, job, candidateData, formAnswers, equalOpportunity = {}, formVersion, draft, source } = sent;
  return {
    org,
    input: {
      job,
      candidateData,
      formAnswers,
      equalOpportunity,
      formVersion,
      draft,
      source,
      files: [],
      signs: { by: "api" },
    },
  };
}
