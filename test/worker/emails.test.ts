import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Env } from "../../worker/env";
import { emailBackoff, queueEmail, sendEmail, sweepEmails } from "../../worker/features/email/email";
import entry from "../../worker/index";
import { count, outboxOf, rows } from "./facts";
import { ctxWith, envWith, lineBroken, watchedDb } from "./faults";
import { newOrg, type Org, worker } from "./org";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

let letters = 0;

/** A mail that waits in line, without anybody being woken for it. */
async function queued(org: Org, more: { sendAt?: number; dedupeKey?: string; to?: string } = {}) {
  letters += 1;
  const to = more.to ?? `ada.${letters}@example.test`;
  const { write } = queueEmail(org.ctx, {
    to,
    userId: null,
    template: "verify_email",
    values: { firstName: "Ada", organization: "Acme", url: "https://portico.test/verify" },
    dedupeKey: more.dedupeKey ?? `letter:${letters}`,
    ...(more.sendAt === undefined ? {} : { sendAt: more.sendAt }),
  });
  await org.ctx.db.write([write]);
  const [row] = await rows<{ id: string }>("select id from emails where to_address = ? order by id desc", to);
  return { id: row?.id ?? "", to };
}

const stateOf = async (id: string) =>
  (await rows("select status, attempts, failure from emails where id = ?", id))[0];

/** A deployed Worker's mail service that answers as told. */
function mailService(answer: (to: string) => unknown = () => undefined) {
  const sent: string[] = [];
  const EMAIL = {
    send: async (mail: { to: string }) => {
      const failure = await answer(mail.to);
      if (failure !== undefined) throw failure;
      sent.push(mail.to);
      return { messageId: "1" };
    },
  } as unknown as Env["EMAIL"];
  /** How often it took a mail to an address; sweeps of a test find what earlier tests left behind, too. */
  const times = (to: string) => sent.filter((one) => one === to).length;
  return { times, env: { EMAIL, MODE: "deployed" } as Partial<Env> };
}
const coded = (code: string) => Object.assign(new Error("The mail service says no."), { code });

describe("a mail", () => {
  it("goes out once, however many senders are at it", async () => {
    const org = await newOrg();
    const mail = await queued(org);
    const service = mailService(() => new Promise((done) => setTimeout(done, 20)));
    const ctx = ctxWith(org.ctx, service.env);
    await Promise.all(Array.from({ length: 8 }, () => sendEmail(ctx, mail.id)));
    await sendEmail(ctx, mail.id);
    expect(service.times(mail.to)).toBe(1);
    expect(await stateOf(mail.id)).toEqual({ status: "sent", attempts: 1, failure: null });
  });

  it("is sent with both its parts and a reference of its own", async () => {
    const org = await newOrg();
    const mail = await queued(org);
    const seen: Record<string, unknown>[] = [];
    const EMAIL = { send: async (one: Record<string, unknown>) => seen.push(one) } as unknown as Env["EMAIL"];
    await sendEmail(ctxWith(org.ctx, { EMAIL, MODE: "deployed" }), mail.id);
    expect(seen).toMatchObject([
      {
        to: mail.to,
        from: { name: "Portico", email: "no-reply@example.com" },
        subject: "Confirm your e-mail address for Acme",
        text: expect.stringContaining("https://portico.test/verify"),
        html: expect.stringContaining("Confirm my address"),
        headers: { "X-Entity-Ref-ID": mail.id },
      },
    ]);
    expect(await count("select count(*) from outbox where email_id = ?", mail.id), "no copy is kept").toBe(0);
  });

  it("with a key that is already there is no second mail", async () => {
    const org = await newOrg();
    const first = await queued(org, { dedupeKey: "one" });
    await queued(org, { dedupeKey: "one" });
    const others = await newOrg();
    await queued(others, { dedupeKey: "one" });
    expect(await rows("select id from emails where org_id = ?", org.id)).toEqual([{ id: first.id }]);
    expect(await count("select count(*) from emails where org_id = ?", others.id)).toBe(1);
  });

  it("waits for its time", async () => {
    const org = await newOrg();
    const mail = await queued(org, { sendAt: Date.now() + 5_000 });
    const service = mailService();
    pass(4_999);
    await sendEmail(ctxWith(org.ctx, service.env), mail.id);
    await sweepEmails(envWith(service.env), () => {});
    expect(service.times(mail.to)).toBe(0);
    pass(1);
    await sweepEmails(envWith(service.env), () => {});
    expect(service.times(mail.to)).toBe(1);
  });

  it("of another organization is not sent by this one's context", async () => {
    const [org, others] = [await newOrg(), await newOrg()];
    const mail = await queued(org);
    const service = mailService();
    await sendEmail(ctxWith(others.ctx, service.env), mail.id);
    expect(service.times(mail.to)).toBe(0);
  });

  it("that is poison for the queue holds up no other", async () => {
    const org = await newOrg();
    const [one, two] = [await queued(org), await queued(org)];
    const bodies = [
      { orgId: org.id, emailId: one.id },
      { emailId: 1 },
      { orgId: org.id, emailId: "mail_none" },
    ];
    const batch = createMessageBatch(
      "portico-email",
      [...bodies, { orgId: org.id, emailId: two.id }].map((body, i) => ({
        id: `m${i}`,
        timestamp: Date.now(),
        attempts: 1,
        body,
      })),
    );
    const ctx = createExecutionContext();
    await entry.queue(batch, worker, ctx);
    const result = await getQueueResult(batch, ctx);
    expect(result.explicitAcks).toEqual(["m0", "m2", "m3"]);
    expect(result.retryMessages).toMatchObject([{ msgId: "m1" }]);
    expect([await outboxOf(one.to), await outboxOf(two.to)].map((sent) => sent.length)).toEqual([1, 1]);
  });
});

describe("a mail service that fails", () => {
  it("for a while is asked again, later and later, until it takes the mail", async () => {
    const org = await newOrg();
    const mail = await queued(org);
    let failures = 3;
    const service = mailService((to) =>
      to === mail.to && failures-- > 0 ? coded("E_RATE_LIMIT_EXCEEDED") : undefined,
    );
    for (let attempt = 1; attempt <= 3; attempt++) {
      await sweepEmails(envWith(service.env), () => {});
      expect(await stateOf(mail.id)).toEqual({
        status: "queued",
        attempts: attempt,
        failure: "E_RATE_LIMIT_EXCEEDED",
      });
      pass(emailBackoff(attempt) - 1);
      await sweepEmails(envWith(service.env), () => {});
      expect(await stateOf(mail.id), "not before its time").toMatchObject({ attempts: attempt });
      pass(1);
    }
    await sweepEmails(envWith(service.env), () => {});
    expect(service.times(mail.to)).toBe(1);
    expect(await stateOf(mail.id)).toEqual({ status: "sent", attempts: 4, failure: null });
  });

  it("for good ends in a visible state", async () => {
    const org = await newOrg();
    const mail = await queued(org);
    const service = mailService(() => new Error("Nobody knows why."));
    for (let hours = 0; hours < 24; hours++) {
      await sweepEmails(envWith(service.env), () => {});
      pass(3_600_000);
    }
    expect(await stateOf(mail.id)).toEqual({ status: "failed", attempts: 8, failure: "UNKNOWN" });
  });

  it("because of the address is not asked again", async () => {
    const org = await newOrg();
    const mail = await queued(org);
    const service = mailService(() => coded("E_RECIPIENT_NOT_ALLOWED"));
    for (let hours = 0; hours < 3; hours++) {
      await sweepEmails(envWith(service.env), () => {});
      pass(3_600_000);
    }
    expect(await stateOf(mail.id)).toEqual({
      status: "failed",
      attempts: 1,
      failure: "E_RECIPIENT_NOT_ALLOWED",
    });
  });

  it("for one address holds up no other", async () => {
    const org = await newOrg();
    const [bad, good] = [await queued(org), await queued(org)];
    const service = mailService((to) => (to === bad.to ? coded("E_INTERNAL_SERVER_ERROR") : undefined));
    await sweepEmails(envWith(service.env), () => {});
    expect([service.times(bad.to), service.times(good.to)]).toEqual([0, 1]);
  });
});

describe("a sender that is killed", () => {
  it("in the middle leaves the mail to another one, after its lease", async () => {
    const org = await newOrg();
    const mail = await queued(org);
    const service = mailService();
    // It claimed the mail and never came back.
    await worker.DB.prepare(
      "update emails set status = 'sending', attempts = 1, lease_until = ? where id = ?",
    )
      .bind(Date.now() + 60_000, mail.id)
      .run();
    await sweepEmails(envWith(service.env), () => {});
    expect(service.times(mail.to)).toBe(0);
    pass(60_001);
    await Promise.all([
      sweepEmails(envWith(service.env), () => {}),
      sweepEmails(envWith(service.env), () => {}),
    ]);
    expect(service.times(mail.to)).toBe(1);
    expect(await stateOf(mail.id)).toMatchObject({ status: "sent", attempts: 2 });
  });
});

describe("a D1 that fails", () => {
  const note = (sql: string) => sql.includes('"sent_at" =');
  const failing = (times: number, where: "before" | "after", match: (sql: string) => boolean) => {
    let left = times;
    const act = (sql: string) => {
      if (match(sql) && left-- > 0) throw lineBroken();
    };
    return watchedDb({ [where]: act });
  };

  it("once while a sent mail is noted costs no second mail", async () => {
    const org = await newOrg();
    for (const where of ["before", "after"] as const) {
      const mail = await queued(org);
      const service = mailService();
      await sendEmail(ctxWith(org.ctx, { ...service.env, DB: failing(1, where, note) }), mail.id);
      pass(24 * 3_600_000);
      await sweepEmails(envWith(service.env), () => {});
      expect(service.times(mail.to)).toBe(1);
      expect(await stateOf(mail.id)).toEqual({ status: "sent", attempts: 1, failure: null });
    }
  });

  it("for longer makes no mail count as failed, whether it is out or in the outbox's way", async () => {
    const org = await newOrg();
    const mail = await queued(org);
    const away = failing(99, "before", note);
    await expect(sendEmail(ctxWith(org.ctx, { DB: away }), mail.id)).rejects.toThrow();
    expect(await stateOf(mail.id)).toMatchObject({ status: "sending", failure: null });
    pass(60_001);
    await sweepEmails(worker, () => {});
    expect(await outboxOf(mail.to)).toHaveLength(1);
    expect(await stateOf(mail.id)).toMatchObject({ status: "sent" });
  });

  it("when a mail is claimed sends it once, after the lease", async () => {
    const org = await newOrg();
    const mail = await queued(org);
    const service = mailService();
    const DB = failing(1, "after", (sql) => sql.includes("returning"));
    await expect(sendEmail(ctxWith(org.ctx, { ...service.env, DB }), mail.id)).rejects.toThrow();
    await sweepEmails(envWith(service.env), () => {});
    expect(service.times(mail.to)).toBe(0);
    pass(60_001);
    await sweepEmails(envWith(service.env), () => {});
    expect(service.times(mail.to)).toBe(1);
  });
});
