import { type Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { type ApplyPage, type KeptFile, type Mend, renderApply, type Values } from "#careers/apply";
import { renderKnown, renderResent, renderSent } from "#careers/sent";
import type { Ctx } from "../../events/context";
import { outsideCtx } from "../../http/outside";
import { readBody } from "../../http/read-body";
import { Email } from "../../http/shapes";
import type { HttpEnv } from "../../http/types";
import { visitorOf } from "../../http/visitor";
import { DomainError } from "../../lib/errors";
import { log, reasonOf } from "../../lib/log";
import { type ApplyInput, submitApplication } from "../apply/apply";
import { removeDraftFile } from "../apply/draft-files";
import { getDraft, keepAsDraft } from "../apply/drafts";
import { takeAll } from "../apply/files";
import { type ApplyForm, loadApplyForm } from "../apply/form";
import { readApplyForm } from "../apply/read-form";
import type { Draft } from "../apply/schema";
import { HIDDEN_FIELDS } from "../apply/words";
import { resendByEmail, takeLinkTurn } from "../status/resend";
import { causeOf, fieldNames, mendsOf, valuesOfDraft, valuesOfForm, wholeLinks } from "./apply-view";
import { jobPage } from "./job";
import { sourceOf } from "./list";
import { pageAnswer } from "./send";
import { type KnownSite, siteOf } from "./site";
import { APPLY_STYLE } from "./style";

/** All that one form may bring without script, its files together, in bytes. With script they come one by one. */
const MOST_AT_ONCE = 40 * 1024 * 1024;
/** What a button of the form does: `send`, or `remove:<field>`. */
const ACTION = "form-do";
/** Keeps the address for the page that says where the mail goes; nobody else reads it. */
const SENT_TO = "sent-to";

/** A request with the organization whose page it is for. */
interface Asked {
  c: Context<HttpEnv>;
  known: KnownSite;
  ctx: Ctx;
  /** The job's short name, or its id, as the address has it. */
  job: string;
}

async function askedOf(c: Context<HttpEnv>): Promise<Asked> {
  const known = await siteOf(c.env, c.req.param("org") ?? "", c.get("meter"));
  const job = (c.req.param("job") ?? "").slice(0, 120);
  return { c, known, ctx: outsideCtx(c, known.organization.id), job };
}

/** The page on which one applies, what it answers, and the page after it. */
export const applyPages = new Hono<HttpEnv>()
  .get("/:org/:job/apply", async (c) => {
    const asked = await askedOf(c);
    const token = c.req.query("draft")?.slice(0, 100) || null;
    const draft = token === null ? null : await draftOf(asked.ctx, token);
    const form = await loadApplyForm(asked.ctx, asked.job, draft?.formVersion);
    if (!form.open) return await gone(asked, 410);
    const own = draft?.jobId === form.job.id ? draft : null;
    const lost = token !== null && own === null;
    return await show(asked, form, {
      status: 200,
      source: own?.data.source ?? sourceOf(c.req.query()),
      draft: own && token,
      values: own ? valuesOfDraft(own.data) : {},
      files: own?.files ?? [],
      notice: lost
        ? "What you began before is gone: it is kept for two weeks, and ends when it is sent."
        : own && "This is what you filled in before. Go on where you stopped.",
    });
  })
  .post("/:org/:job/apply", async (c) => {
    const asked = await askedOf(c);
    const form = await sentForm(c);
    const action = form.get(ACTION);
    form.delete(ACTION);
    const { input } = await readApplyForm(form, "page", asked.job);
    const sent: Sent = { values: valuesOfForm(form), input };
    if (typeof action === "string" && action.startsWith("remove:")) {
      return await withoutFile(asked, sent, action.slice("remove:".length));
    }
    try {
      const { job } = await submitApplication(asked.ctx, input, visitorOf(c));
      setCookie(c, SENT_TO, String(input.candidateData.email ?? ""), {
        path: `/careers/${asked.known.site.slug}/${job.slug}/sent`,
        httpOnly: true,
        secure: true,
        sameSite: "Strict",
        maxAge: 60 * 60,
      });
      const query = input.source ? `?source=${encodeURIComponent(input.source)}` : "";
      return c.redirect(`/careers/${asked.known.site.slug}/${job.slug}/sent${query}`, 303);
    } catch (error) {
      return await refused(asked, sent, error);
    }
  })
  .get("/:org/:job/sent", async (c) => {
    const { ctx, known, job } = await askedOf(c);
    const form = await loadApplyForm(ctx, job);
    const email = Email.safeParse(getCookie(c, SENT_TO));
    const page = {
      site: known.site,
      job: form.job,
      email: email.success ? email.data : null,
      replyByDays: known.organization.replyByDays,
      source: sourceOf(c.req.query()),
    };
    return await pageAnswer(renderSent(page, APPLY_STYLE));
  })
  .post("/:org/:job/resend", async (c) => {
    const { ctx, known, job } = await askedOf(c);
    const email = Email.safeParse((await sentForm(c)).get("email"));
    await takeLinkTurn(c.env, visitorOf(c).address);
    // After the answer, so that its time tells nothing.
    if (email.success) ctx.after(resendByEmail(ctx, { job, email: email.data }));
    return await pageAnswer(renderResent({ site: known.site, source: null }, APPLY_STYLE));
  });

/** The draft of a secret, or null where it is gone. */
async function draftOf(ctx: Ctx, token: string): Promise<Draft | null> {
  try {
    return await getDraft(ctx, token);
  } catch (error) {
    if (error instanceof DomainError && (error.code === "not-found" || error.code === "invalid")) return null;
    throw error;
  }
}

/** What a form sent. @throws DomainError `too-large`, `malformed` */
async function sentForm(c: Context<HttpEnv>): Promise<FormData> {
  await readBody(
    c,
    MOST_AT_ONCE,
    () =>
      new DomainError(
        "too-large",
        `Together the files are larger than ${MOST_AT_ONCE / 1024 / 1024} MB. Go back, where your answers still are, and choose smaller ones.`,
      ),
  );
  let form: FormData;
  try {
    form = await c.req.formData();
  } catch {
    throw new DomainError("malformed", "The form broke off on its way. Go back and send it again.");
  }
  const sent = new FormData();
  for (const [name, value] of form) {
    // Forms send the lines of a text apart by CR LF (HTML, 4.10.21.8), whatever was typed.
    if (typeof value !== "string") sent.append(name, value);
    else if (name === HIDDEN_FIELDS.links) sent.append(name, wholeLinks(value));
    else sent.append(name, value.replaceAll("\r\n", "\n"));
  }
  return sent;
}

interface Sent {
  values: Values;
  input: ApplyInput;
}

interface Shown {
  status: 200 | 409 | 422 | 429 | 500 | 503;
  values: Values;
  files: readonly KeptFile[];
  draft: string | null;
  source: string | null;
  errors?: Mend[];
  notice?: string | null;
  /** When the page was made first: what was sent from it before is known by it. */
  stamp?: string | undefined;
  retryAfterSeconds?: number | undefined;
}

async function show({ known }: Asked, form: ApplyForm, shown: Shown): Promise<Response> {
  const { status, retryAfterSeconds, stamp, ...rest } = shown;
  const page: ApplyPage = {
    errors: [],
    notice: null,
    ...rest,
    site: known.site,
    job: form.job,
    version: form.version,
    fields: form.fields,
    equalOpportunity: form.equalOpportunity,
    stamp: stamp ?? form.stamp,
  };
  const headers: Record<string, string> = {
    // Kept by the browser alone, so that going back finds what was written.
    "cache-control": "private, no-cache",
    ...(retryAfterSeconds ? { "retry-after": String(Math.ceil(retryAfterSeconds)) } : {}),
  };
  return await pageAnswer(renderApply(page, APPLY_STYLE), { status, headers });
}

/** The form once more, with all that was in it, and what is to be done. */
async function refused(asked: Asked, sent: Sent, error: unknown): Promise<Response> {
  const known = error instanceof DomainError;
  if (known && error.code === "not-found") throw error;
  if (!known) {
    log("error", "page.failed", { requestId: asked.c.get("requestId"), reason: reasonOf(error) });
  }
  const cause = known ? causeOf(error) : null;
  if (cause === "closed") return await gone(asked, 409);
  const { values, input } = sent;
  const form = await loadApplyForm(asked.ctx, asked.job, input.formVersion);
  if (cause === "applied-already") return await appliedAlready(asked, form, input);
  const names = fieldNames(form.fields, form.equalOpportunity);
  const kept = await keep(asked, input);
  const whole = "Something went wrong on our side, and nothing was sent. Send it again in a moment.";
  return await show(asked, form, {
    status: known ? (STATUS[error.code] ?? 422) : 500,
    values,
    ...kept,
    source: input.source ?? null,
    errors: known ? mendsOf(error, names) : [{ field: null, message: whole }],
    stamp: input.signs.stamp,
    retryAfterSeconds: known ? error.extra.retryAfterSeconds : undefined,
  });
}

const STATUS: Partial<Record<DomainError["code"], Shown["status"]>> = {
  conflict: 409,
  "rate-limited": 429,
  unavailable: 503,
};

/** The form without one of its kept files, and with all else. */
async function withoutFile(asked: Asked, { values, input }: Sent, field: string): Promise<Response> {
  const form = await loadApplyForm(asked.ctx, asked.job, input.formVersion);
  if (!form.open) return await gone(asked, 409);
  if (input.draft) {
    await removeDraftFile(asked.ctx, input.draft, field).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
    });
  }
  const [kept, looked] = await Promise.all([keep(asked, input), takeAll(asked.ctx, input.files)]);
  return await show(asked, form, {
    ...kept,
    status: 200,
    values,
    source: input.source ?? null,
    errors: looked.errors.map(({ path, message }) => ({ field: path, message })),
    notice: looked.errors.length > 0 ? null : "The file is removed. Everything else is still here.",
    stamp: input.signs.stamp,
  });
}

/**
 * Keeps the files of a form that could not be taken as it is, so that nobody has to choose them again. The
 * texts go back into the page.
 */
async function keep({ c, ctx }: Asked, input: ApplyInput): Promise<Pick<Shown, "draft" | "files">> {
  const none = { draft: null, files: [] };
  if (input.draft === undefined && input.files.length === 0) return none;
  try {
    const { token, files } = await keepAsDraft(ctx, input, visitorOf(c));
    return files.length === 0 ? none : { draft: token, files };
  } catch (error) {
    // The page comes back all the same: without its files it is worth more than not at all.
    log("error", "apply.unkept", { requestId: ctx.requestId, reason: reasonOf(error) });
    return none;
  }
}

async function appliedAlready({ known }: Asked, { job }: ApplyForm, input: ApplyInput): Promise<Response> {
  const email = String(input.candidateData.email ?? "");
  const page = { site: known.site, job, email, source: input.source ?? null };
  return await pageAnswer(renderKnown(page, APPLY_STYLE), { status: 409 });
}

/** The job takes nobody any more: what else is open. */
async function gone({ c, known, job }: Asked, status: 409 | 410): Promise<Response> {
  const { rendered } = await jobPage(c.env, known, job, sourceOf(c.req.query()), c.get("meter"));
  return await pageAnswer(rendered, { status });
}
