import { and, eq, gt, sql } from "drizzle-orm";
import { emptyViolation, type Statement, uniqueViolation } from "../../db/database";
import { commit, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { type Entry, entryOf, type Found, placed, selectEntry, type Wanted } from "../applications/entry";
import { publicNameOf } from "../pipelines/public-words";
import type { Visitor } from "../sessions/sessions";
import { hashToken } from "../sessions/tokens";
import { namesOf } from "../users/register";
import { type Checked, check, readPerson } from "./check";
import { documentsOf, filed, leaveToJanitor, noteIntents, putAll, type Taken, takeAll } from "./files";
import { holdWrites } from "./hold";
import { closed, known } from "./refusals";
import { type SendKey, sendKey, storedSend } from "./send-key";
import { countStep } from "./steps";
import { applicationDrafts, equalOpportunityAnswers, type KeptFile } from "./table";
import { weigh } from "./weigh";

/** A file that comes with the application itself. */
export interface SentFile {
  /** `cv`, or the key of the form's question. */
  field: string;
  bytes: Uint8Array;
  fileName: string;
  declaredType: string | null;
}

/** What somebody sends who applies: nothing of it is checked yet. */
export interface ApplyInput {
  /** The job's id or its short name. */
  job: string;
  candidateData: Record<string, unknown>;
  formAnswers: Record<string, unknown>;
  equalOpportunity: Record<string, unknown>;
  /** The version of the form that was seen; the newest if left out. */
  formVersion?: number | undefined;
  source?: string | undefined;
  /** The secret of a draft, whose files come along. */
  draft?: string | undefined;
  files: SentFile[];
  signs: {
    /** `page` for the form of the careers pages, which has a stamp. */
    by: "page" | "api";
    stamp?: string | undefined;
    proof?: string | undefined;
    /** What stood in the field that nobody sees. */
    trap?: string | undefined;
  };
}

/** What became of an application. The outside sees no difference between the two outcomes. */
export interface Applied {
  outcome: "sent" | "held";
  /** The application's id, now or once the team took in a held one. */
  id: string;
  job: { id: string; slug: string; title: string };
  /** The first stage, in the words that the person reads. */
  stage: string;
  appliedAt: string;
}

type Draft = typeof applicationDrafts.$inferSelect;

/**
 * Takes an application from the public: with its files and answers, in two round trips and a put for each
 * file. One that looks like nobody's is held for the team. The same form sent twice is one application.
 *
 * @throws DomainError `not-found` for the job; `invalid` with everything that must be mended, by path
 * (`candidateData.email`, `formAnswers.<key>`, `cv`); `conflict` for a second application or a job that takes
 * nobody any more; `rate-limited`; `too-large`, `unsupported-type` where a file alone is wrong
 */
export async function submitApplication(ctx: Ctx, input: ApplyInput, visitor: Visitor): Promise<Applied> {
  const person = readPerson(input);
  const [looked, weighed, key, draftHash] = await Promise.all([
    takeAll(ctx, input.files),
    weigh(ctx, input, visitor),
    sendKey(ctx, input, person.data?.email ?? ""),
    input.draft === undefined ? null : hashToken(input.draft),
  ]);
  let reasons: string[] | undefined;
  for (let again = true; ; again = false) {
    const wanted: Wanted = {
      job: input.job,
      email: person.data?.email ?? "",
      formVersion: input.formVersion,
    };
    const will = again && person.errors.length === 0 && looked.errors.length === 0;
    const results = (await ctx.db.write([
      ...selectEntry(ctx, wanted),
      selectDraft(ctx, draftHash),
      storedSend(ctx, key),
      ...(will ? noteIntents(ctx, looked.taken) : []),
    ])) as unknown[][];
    const sent = await key?.open(results[7] as { sealed: string }[]);
    if (sent) return sent as Applied;
    const entry = entryOf(input.formVersion, results as unknown as Found);
    if (entry.job.status === "draft") throw notFound("job");
    const draft = draftOf(input, entry, results[6] as Draft[]);
    if (entry.job.status !== "open") {
      if (draft) await ctx.db.write(dropDraft(ctx, draft));
      throw closed();
    }
    const files = filed(ctx, mergedFiles(draft, looked.taken));
    const checked = check(entry, input, person, looked, files);
    if (entry.before) throw known();
    reasons ??= await weighed.reasons(entry, checked);
    if (again) await putAll(ctx, looked.taken);
    const sending: Sending = { entry, input, checked, draft, files, key, reasons };
    try {
      return reasons.length > 0 ? await hold(ctx, sending) : await send(ctx, sending);
    } catch (error) {
      const clash = uniqueViolation(error);
      if (clash === null && emptyViolation(error) === null) throw error;
      // Nothing of it was written. What happened at the same moment shows when all is read again.
      if (!again) throw clash === null ? closed() : known();
    }
  }
}

const takenFiles = (taken: Taken[]) => taken.map(({ kept }) => kept);

function selectDraft(ctx: Ctx, hash: string | null) {
  return ctx.db.rows(applicationDrafts, {
    where: and(eq(applicationDrafts.hash, hash ?? ""), gt(applicationDrafts.expiresAt, ctx.now())),
    byKey: true,
  });
}

/** The draft that is sent. @throws DomainError `invalid` where it is gone: its files are then, too */
function draftOf(input: ApplyInput, entry: Entry, rows: Draft[]): Draft | null {
  if (input.draft === undefined) return null;
  const draft = rows[0];
  if (draft && draft.jobId === entry.job.id) return draft;
  throw invalid("draft", "What was kept of this application is gone. Attach the files and send it again.");
}

/** Files of the draft and those that came now, which take the place of what the same field had. */
function mergedFiles(draft: Draft | null, taken: Taken[]): KeptFile[] {
  const now = takenFiles(taken);
  const kept = (draft?.files ?? []).filter(({ field }) => !now.some((file) => file.field === field));
  return [...kept, ...now];
}

/** Ends a draft; files of it that nothing took over are the janitor's. */
function dropDraft(ctx: Ctx, draft: Draft, taken: readonly KeptFile[] = []): Statement[] {
  const left = draft.files.filter(({ r2Key }) => !taken.some((file) => file.r2Key === r2Key));
  return [
    ctx.db.delete(applicationDrafts, eq(applicationDrafts.hash, draft.hash)),
    ...leaveToJanitor(ctx, left),
  ];
}

export interface Sending {
  entry: Entry;
  input: ApplyInput;
  checked: Checked;
  draft: Draft | null;
  files: ReturnType<typeof filed>;
  key: SendKey | null;
  reasons: string[];
}

const appliedOf = (
  { entry, checked }: Sending,
  outcome: Applied["outcome"],
  id: string,
  at: number,
): Applied => ({
  outcome,
  id,
  job: { id: entry.job.id, slug: entry.job.slug, title: entry.job.title },
  stage: publicNameOf(checked.stage),
  appliedAt: iso(at),
});

/** The application itself: with its person, documents, events and answers in one batch. */
async function send(ctx: Ctx, sending: Sending): Promise<Applied> {
  const { entry, checked, draft, files, key, input } = sending;
  const at = ctx.now();
  const changeId = newId("chg", at);
  const source = input.source ?? "careers page";
  const { email, name, firstName, lastName, ...rest } = checked.person;
  const made = placed(
    ctx,
    entry,
    {
      stage: checked.stage,
      candidate: { ...rest, email, ...namesOf({ name, firstName, lastName }), source },
      answers: checked.answers,
      formVersion: checked.formVersion,
      source,
      statuses: ["open"],
      // Sent by somebody else at this moment, a draft has no files any more.
      only: draft
        ? sql`exists (select 1 from ${applicationDrafts} d where d.hash = ${draft.hash} and d.org_id = ${ctx.orgId}
            and coalesce((select group_concat(json_extract(f.value, '$.r2Key')) from json_each(d.files) f), '')
              = ${draft.files.map(({ r2Key }) => r2Key).join()})`
        : undefined,
    },
    changeId,
  );
  const papers = documentsOf(ctx, made.who, files, changeId);
  return await commit(key ? { ...ctx, answer: key.slot } : ctx, {
    id: changeId,
    writes: [
      ...made.writes,
      ...papers.writes,
      ...equalOpportunityWrites(ctx, entry.job.id, made.id, checked.equalOpportunity),
      ...(draft ? dropDraft(ctx, draft, files) : []),
      countStep(ctx, entry.job.id, "sent"),
    ],
    events: [...made.events, ...papers.events],
    audit: [...made.audit, ...papers.audit],
    result: appliedOf(sending, "sent", made.id, at),
  });
}

/** Kept whole for the team, files included. Nothing is mailed to an address that may be anybody's. */
async function hold(ctx: Ctx, sending: Sending): Promise<Applied> {
  const { entry, checked, draft, files, key } = sending;
  const at = ctx.now();
  const id = newId("app", at);
  const held = holdWrites(ctx, sending, id);
  const events: NewEvent[] = held.events;
  return await commit(key ? { ...ctx, answer: key.slot } : ctx, {
    id: newId("chg", at),
    writes: [
      ...held.writes,
      ...equalOpportunityWrites(ctx, entry.job.id, id, checked.equalOpportunity),
      ...(draft ? dropDraft(ctx, draft, files) : []),
    ],
    events,
    audit: held.audit,
    result: appliedOf(sending, "held", id, at),
  });
}

/** What somebody said for statistics alone: here, and nowhere else. */
function equalOpportunityWrites(
  ctx: Ctx,
  jobId: string,
  applicationId: string,
  answers: Record<string, string>,
): Statement[] {
  if (Object.keys(answers).length === 0) return [];
  const id = newId("eqo", ctx.now());
  return [
    ctx.db.insert(equalOpportunityAnswers, { id, jobId, applicationId, answers, createdAt: ctx.now() }),
  ];
}
