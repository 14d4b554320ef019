import { and, eq, gt, type SQL } from "drizzle-orm";
import { database, directory } from "../../db/database";
import type { Meter } from "../../db/meter";
import { type Ctx, systemCtx } from "../../events/context";
import { clock, iso } from "../../lib/clock";
import { rules, takeLimit } from "../../lib/counter";
import { DomainError, invalid } from "../../lib/errors";
import { newId, newSecret } from "../../lib/ids";
import { careersHome } from "../careers/site";
import { queueEmail } from "../email/email";
import { jobs } from "../jobs/table";
import { organizations } from "../organizations/table";
import { takeTurn } from "../sessions/login";
import type { Visitor } from "../sessions/sessions";
import { hashToken } from "../sessions/tokens";
import type { ApplyInput } from "./apply";
import { leaveToJanitor, noteIntents, putAll, settleIntents, takeAll } from "./files";
import { loadApplyForm } from "./form";
import { closed } from "./refusals";
import { type CreatedDraft, type Draft, type DraftChange, DraftData, type NewDraft } from "./schema";
import { applicationDrafts, type KeptFile } from "./table";
import { APPLY_FILES_MOST, DRAFT_DAYS } from "./words";

/** What a verb needs that finds its organization by a secret. */
export type Outside = Pick<Ctx, "env" | "requestId" | "after" | "answer"> & { meter?: Meter | undefined };
type Row = typeof applicationDrafts.$inferSelect;

const DAY_MS = 24 * 60 * 60 * 1000;
/** Until when a draft is kept that is changed now. */
export const expiry = (now: number) => now + DRAFT_DAYS * DAY_MS;
/** One answer for a secret that is unknown, too old or sent already. */
export const gone = () =>
  new DomainError("not-found", "What you began is gone: it is kept for two weeks, or was sent already.");

/** A file as the person sees it: never where its bytes are. */
export const presentFile = ({ field, fileName, contentType, size }: KeptFile) => ({
  field,
  fileName,
  contentType,
  size,
});

function present(row: Row): Draft {
  return {
    jobId: row.jobId,
    formVersion: row.formVersion,
    email: row.email,
    data: row.data as DraftData,
    files: row.files.map(presentFile),
    updatedAt: iso(row.updatedAt),
    expiresAt: iso(row.expiresAt),
  };
}

function newDraft(
  ctx: Ctx,
  jobId: string,
  draft: Pick<Row, "formVersion" | "email" | "files"> & { data: DraftData },
  hash: string,
): Row {
  const now = ctx.now();
  return {
    ...draft,
    hash,
    orgId: ctx.orgId,
    jobId,
    changeId: null,
    createdAt: now,
    updatedAt: now,
    expiresAt: expiry(now),
  };
}

/**
 * Begins an application that is sent later.
 * @throws DomainError `not-found` for the job, `conflict` where it takes nobody any more, `rate-limited`
 */
export async function createDraft(
  ctx: Ctx,
  input: Omit<NewDraft, "org">,
  visitor: Visitor,
): Promise<CreatedDraft> {
  await takeTurn(ctx.env, "drafts", visitor.address);
  const form = await loadApplyForm(ctx, input.job, input.formVersion);
  if (!form.open) throw closed();
  const token = newSecret();
  const { data, email = null } = input;
  const row = newDraft(
    ctx,
    form.job.id,
    { formVersion: form.version, email, data, files: [] },
    await hashToken(token),
  );
  await ctx.db.write([ctx.db.insert(applicationDrafts, row)]);
  return { ...present(row), token };
}

/**
 * Keeps what somebody sent that must be mended, with the files that are in order, as a draft: the page that
 * says so carries its secret, and no file has to be chosen again.
 * @throws DomainError as `createDraft`
 */
export async function keepAsDraft(ctx: Ctx, input: ApplyInput, visitor: Visitor): Promise<CreatedDraft> {
  await takeTurn(ctx.env, "drafts", visitor.address);
  const { taken } = await takeAll(ctx, input.files);
  const before = input.draft === undefined ? "" : await hashToken(input.draft);
  const [form, old] = await Promise.all([
    loadApplyForm(ctx, input.job, input.formVersion),
    ctx.db.write([selectOwn(ctx, before), ...noteIntents(ctx, taken)]),
  ]);
  if (!form.open) throw closed();
  const draft = (old[0] as Row[]).find(({ jobId }) => jobId === form.job.id);
  await putAll(ctx, taken);
  const now = taken.map(({ kept }) => kept);
  const was = (draft?.files ?? []).filter(({ field }) => !now.some((file) => file.field === field));
  const files = [...was, ...now].slice(0, APPLY_FILES_MOST);
  const dropped = [...(draft?.files ?? []), ...now].filter((file) => !files.includes(file));
  const read = DraftData.safeParse({
    candidateData: input.candidateData,
    formAnswers: input.formAnswers,
    source: input.source,
  });
  const data = read.success ? read.data : { candidateData: {}, formAnswers: {} };
  const token = newSecret();
  const row = newDraft(
    ctx,
    form.job.id,
    { formVersion: form.version, email: null, data, files },
    await hashToken(token),
  );
  await ctx.db.write([
    ...(draft ? [ctx.db.delete(applicationDrafts, eq(applicationDrafts.hash, draft.hash))] : []),
    ctx.db.insert(applicationDrafts, row),
    ...settleIntents(ctx, files),
    ...leaveToJanitor(ctx, dropped),
  ]);
  return { ...present(row), token };
}

function selectOwn(ctx: Ctx, hash: string) {
  return ctx.db.rows(applicationDrafts, { where: living(hash, ctx.now()), byKey: true });
}
/** The draft with this hash, while it is kept. */
export const living = (hash: string, now: number): SQL | undefined =>
  and(eq(applicationDrafts.hash, hash), gt(applicationDrafts.expiresAt, now));

/** The draft of a secret, and the context of its organization. @throws DomainError `not-found` */
export async function findDraft(world: Outside, token: string): Promise<{ ctx: Ctx; row: Row }> {
  const index = directory(world.env, world.meter);
  const [rows] = await index.read(
    index.orm
      .select()
      .from(applicationDrafts)
      .where(living(await hashToken(token), clock.now()))
      .limit(1),
  );
  const row = rows[0];
  if (!row) throw gone();
  const ctx = {
    ...systemCtx(world.env, row.orgId, world.after),
    db: database(world.env, row.orgId, world.meter),
    requestId: world.requestId,
  };
  return { ctx, row };
}

/** @throws DomainError `not-found` for a secret that is unknown or too old */
export async function getDraft(world: Outside, token: string): Promise<Draft> {
  return present((await findDraft(world, token)).row);
}

/**
 * Keeps what somebody filled in so far; what was said last stands.
 * @throws DomainError `not-found`
 */
export async function saveDraft(world: Outside, token: string, change: DraftChange): Promise<Draft> {
  const index = directory(world.env, world.meter);
  const now = clock.now();
  const { formVersion, email, data } = change;
  const [rows] = (await index.write([
    index.orm
      .update(applicationDrafts)
      .set({
        ...(formVersion === undefined ? {} : { formVersion }),
        ...(email === undefined ? {} : { email }),
        ...(data === undefined ? {} : { data }),
        updatedAt: now,
        expiresAt: expiry(now),
      })
      .where(living(await hashToken(token), now))
      .returning(),
  ])) as [Row[]];
  const row = rows[0];
  if (!row) throw gone();
  return present(row);
}

/**
 * Mails a link by which the form can be filled in elsewhere.
 * @throws DomainError `not-found`, `invalid` where no address is known, `rate-limited`
 */
export async function mailDraft(
  world: Outside,
  token: string,
  email: string | undefined,
  visitor: Visitor,
): Promise<void> {
  const { ctx, row } = await findDraft(world, token);
  const to = email ?? row.email;
  if (to === null) throw invalid("email", "Write the address that the link goes to.");
  await takeTurn(ctx.env, "draftMails", visitor.address);
  const limit = rules(ctx.env.MODE).draftMailsOfPerson;
  const turn = await takeLimit(ctx.env, "draftMailsOfPerson", to, limit, ctx.now());
  if (!turn.allowed) {
    throw new DomainError(
      "rate-limited",
      "This address got several links today. Look into its inbox first.",
      {
        retryAfterSeconds: turn.retryAfterSeconds,
      },
    );
  }
  const [found, orgs] = await ctx.db.read(
    ctx.db.select({ slug: jobs.slug, title: jobs.title }, jobs, { where: eq(jobs.id, row.jobId) }),
    ctx.db.rows(organizations),
  );
  const [job, organization] = [found[0], orgs[0]];
  if (!job || !organization) throw gone();
  const mail = queueEmail(ctx, {
    to,
    userId: null,
    template: "application_draft",
    values: {
      organization: organization.name,
      job: job.title,
      url: `${careersHome(ctx.env, organization)}/${job.slug}/apply?draft=${encodeURIComponent(token)}`,
    },
    dedupeKey: newId("tok", ctx.now()),
  });
  await ctx.db.write([mail.write]);
  ctx.after(mail.wake());
}
