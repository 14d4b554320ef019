import { and, eq, inArray, lt, lte, or, sql } from "drizzle-orm";
import { directory, type Statement } from "../../db/database";
import { type Env, isLocal } from "../../env";
import { type Ctx, systemCtx } from "../../events/context";
import { clock } from "../../lib/clock";
import { newId } from "../../lib/ids";
import { log, reasonOf } from "../../lib/log";
import { undoneMoves } from "../pipelines/table";
import { emails, type MailFile, outbox } from "./table";
import { render, type TemplateName } from "./templates";

export interface NewEmail {
  to: string;
  userId: string | null;
  template: TemplateName;
  values: Record<string, string>;
  /** Two mails with the same key are one mail. */
  dedupeKey: string;
  /** Not before this time, in milliseconds; at once if left out. */
  sendAt?: number;
  /** The move that causes it, and whose: an undo of it cancels the mail. */
  batchId?: string;
  applicationId?: string;
  /** Text files that go with it. */
  files?: MailFile[];
}

/**
 * The statement that puts a mail in line, and the nudge that wakes its sender in time. A mail with a
 * key that is already there is left as it is.
 */
export function queueEmail(ctx: Ctx, mail: NewEmail): { write: Statement; wake: () => Promise<void> } {
  const now = ctx.now();
  const id = newId("mail", now);
  const sendAt = Math.max(mail.sendAt ?? now, now);
  const write = ctx.db
    .insert(emails, {
      id,
      dedupeKey: mail.dedupeKey,
      to: mail.to,
      userId: mail.userId,
      template: mail.template,
      ...render(mail.template, mail.values),
      files: mail.files ?? null,
      status: "queued",
      sendAt,
      batchId: mail.batchId ?? null,
      applicationId: mail.applicationId ?? null,
      createdAt: now,
    })
    .onConflictDoNothing();
  const wake = async () => {
    const delaySeconds = Math.min(Math.ceil((sendAt - clock.now()) / 1000), 12 * 60 * 60);
    try {
      const message = { orgId: ctx.orgId, emailId: id };
      await ctx.env.EMAIL_QUEUE.send(message, { delaySeconds: Math.max(delaySeconds, 0) });
    } catch (error) {
      log("warn", "nudge.queue_refused", { reason: reasonOf(error) });
    }
  };
  return { write, wake };
}

/** Longer than any mail service takes to answer. */
const LEASE_MS = 60_000;
const MAX_ATTEMPTS = 8;

/** Milliseconds until the next attempt after `attempts` failures: 10 s doubling to an hour. */
export function emailBackoff(attempts: number): number {
  return Math.min(10_000 * 2 ** (attempts - 1), 60 * 60 * 1000);
}

/**
 * Sends one mail if it is due and nobody else is at it. Claiming is one guarded update, so that of
 * several senders one wins; a mail of a move that was taken back is cancelled instead.
 */
export async function sendEmail(ctx: Ctx, emailId: string): Promise<void> {
  const now = ctx.now();
  const due = and(
    eq(emails.id, emailId),
    lte(emails.sendAt, now),
    or(eq(emails.status, "queued"), and(eq(emails.status, "sending"), lt(emails.leaseUntil, now))),
  );
  const undone = sql`exists (select 1 from ${undoneMoves} where org_id = ${ctx.orgId}
    and batch_id = ${emails.batchId} and application_id = ${emails.applicationId})`;
  const [, claimed] = (await ctx.db.write([
    ctx.db.update(emails, { status: "cancelled" }, and(due, undone)),
    ctx.db
      .update(
        emails,
        { status: "sending", leaseUntil: now + LEASE_MS, attempts: sql`${emails.attempts} + 1` },
        due,
      )
      .returning(),
  ])) as [unknown, (typeof emails.$inferSelect)[]];
  const mail = claimed[0];
  if (!mail) return;
  const mine = and(eq(emails.id, mail.id), eq(emails.status, "sending"), eq(emails.attempts, mail.attempts));
  let delivered: Statement[];
  try {
    delivered = await deliver(ctx, mail);
  } catch (error) {
    const final = mail.attempts >= MAX_ATTEMPTS || !isRetryable(error);
    log(final ? "error" : "warn", final ? "email.failed" : "email.deferred", {
      id: mail.id,
      reason: reasonOf(error),
    });
    await ctx.db.write([
      ctx.db.update(
        emails,
        {
          status: final ? "failed" : "queued",
          failure: codeOf(error),
          sendAt: ctx.now() + emailBackoff(mail.attempts),
        },
        mine,
      ),
    ]);
    return;
  }
  await noteSent(ctx, [
    ...delivered,
    ctx.db.update(emails, { status: "sent", sentAt: ctx.now(), failure: null }, mine),
  ]);
}

/** Tries of the note that a mail is out: without it the mail goes out again when its lease ends. */
const NOTE_TRIES = 3;

async function noteSent(ctx: Ctx, statements: Statement[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await ctx.db.write(statements);
      return;
    } catch (error) {
      if (tries === NOTE_TRIES) throw error;
    }
  }
}

/** Hands the mail to the mail service; in local mode to the outbox, by a statement of the same batch. */
async function deliver(ctx: Ctx, mail: typeof emails.$inferSelect): Promise<Statement[]> {
  if (isLocal(ctx.env)) {
    const { to, subject, text, html, files } = mail;
    return [
      ctx.db
        .insert(outbox, { emailId: mail.id, to, subject, text, html, files, at: ctx.now() })
        .onConflictDoNothing(),
    ];
  }
  await ctx.env.EMAIL.send({
    to: mail.to,
    from: sender(ctx.env.MAIL_FROM),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { "X-Entity-Ref-ID": mail.id },
    ...(mail.files
      ? {
          attachments: mail.files.map(({ fileName, contentType, content }) => ({
            disposition: "attachment" as const,
            filename: fileName,
            type: contentType,
            // As bytes: a string would be taken for base64.
            content: new TextEncoder().encode(content),
          })),
        }
      : {}),
  });
  return [];
}

/** `Name <address>` in its parts, as the mail service takes them. */
function sender(from: string): { email: string; name: string } {
  const [, name, email] = /^(.*)<([^<>]+)>$/.exec(from.trim()) ?? [];
  return { email: (email ?? from).trim(), name: name?.trim() || "Portico" };
}

/** The codes after which Cloudflare's mail service may take the same mail later. */
const RETRYABLE = [
  "E_RATE_LIMIT_EXCEEDED",
  "E_DAILY_LIMIT_EXCEEDED",
  "E_INTERNAL_SERVER_ERROR",
  "E_DELIVERY_FAILED",
];

function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : "UNKNOWN";
}
function isRetryable(error: unknown): boolean {
  const code = codeOf(error);
  return code === "UNKNOWN" || RETRYABLE.includes(code);
}

const PAGE = 50;

/** Sends every mail that is due, whatever became of its nudge. @returns how many were due */
export async function sweepEmails(env: Env, after: (work: Promise<unknown>) => void): Promise<number> {
  const index = directory(env);
  let taken = 0;
  for (;;) {
    const now = clock.now();
    const [rows] = await index.read(
      index.orm
        .select({ id: emails.id, orgId: emails.orgId })
        .from(emails)
        .where(
          and(
            inArray(emails.status, ["queued", "sending"]),
            lte(emails.sendAt, now),
            or(eq(emails.status, "queued"), lt(emails.leaseUntil, now)),
          ),
        )
        .orderBy(emails.sendAt)
        .limit(PAGE),
    );
    for (const row of rows) await sendEmail(systemCtx(env, row.orgId, after), row.id);
    taken += rows.length;
    if (rows.length < PAGE) return taken;
  }
}
