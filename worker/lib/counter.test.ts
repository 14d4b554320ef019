import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env as testEnv } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressBucket,
  type Counter,
  clearLimit,
  failLimit,
  limitFailures,
  peekLimit,
  rules,
  takeLimit,
} from "./counter";

const env = testEnv as unknown as { COUNTER: DurableObjectNamespace<Counter> };
const NOON = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;

let made = 0;
const counter = () => env.COUNTER.getByName(`test-${made++}`);
const stored = (stub: DurableObjectStub<Counter>) =>
  runInDurableObject(stub, async (_, state) => (await state.storage.list()).size);

describe("Counter", () => {
  it("allows the limit, refuses the next, and allows again exactly when it said", async () => {
    const stub = counter();
    for (let i = 1; i <= 3; i++) {
      expect(await stub.take(3, MINUTE, NOON + i * 1000)).toEqual({
        allowed: true,
        retryAfterSeconds: 0,
        count: i,
      });
    }
    expect(await stub.take(3, MINUTE, NOON + 10_000)).toEqual({
      allowed: false,
      retryAfterSeconds: 51,
      count: 3,
    });
    expect((await stub.take(3, MINUTE, NOON + 60_999)).allowed).toBe(false);
    expect((await stub.take(3, MINUTE, NOON + 61_000)).allowed).toBe(true);
    expect((await stub.take(3, MINUTE, NOON + 61_000)).allowed).toBe(false);
  });

  it("counts 40 at once as 40", async () => {
    const stub = counter();
    const answers = await Promise.all(Array.from({ length: 40 }, () => stub.take(10, MINUTE, NOON)));
    expect(answers.filter((answer) => answer.allowed)).toHaveLength(10);
  });

  it("never allows more than the limit in any window, nor refuses where there is room", async () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 40_000 }),
      calls: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(step, { maxLength: 20 }),
        async (limit, steps) => {
          const stub = counter();
          const taken: number[] = [];
          let now = NOON;
          for (const { wait, calls } of steps) {
            now += wait;
            for (let i = 0; i < calls; i++) {
              const room = taken.filter((at) => at > now - MINUTE).length < limit;
              const answer = await stub.take(limit, MINUTE, now);
              expect(answer.allowed).toBe(room);
              if (room) taken.push(now);
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("does not extend a refusal by trying on", async () => {
    const stub = counter();
    await stub.fail(1, MINUTE, NOON);
    for (let i = 1; i < 60; i++) expect((await stub.fail(1, MINUTE, NOON + i * 1000)).allowed).toBe(false);
    expect((await stub.take(1, MINUTE, NOON + MINUTE)).allowed).toBe(true);
  });

  it("keeps its count when it is evicted", async () => {
    const stub = counter();
    await stub.take(1, MINUTE, NOON);
    await evictDurableObject(stub);
    expect((await stub.take(1, MINUTE, NOON)).allowed).toBe(false);
  });

  it("peeks without counting or storing", async () => {
    const stub = counter();
    for (let i = 0; i < 3; i++) {
      expect(await stub.peek(1, MINUTE, NOON)).toEqual({ allowed: true, retryAfterSeconds: 0, count: 0 });
    }
    expect(await stored(stub)).toBe(0);
    await stub.take(1, MINUTE, NOON);
    expect(await stub.peek(1, MINUTE, NOON)).toEqual({ allowed: false, retryAfterSeconds: 60, count: 1 });
  });

  it("stores one entry a hit, drops those that are over, and nothing is left after the alarm", async () => {
    const stub = counter();
    for (let i = 0; i < 5; i++) await stub.take(10, MINUTE, NOON);
    expect(await stored(stub)).toBe(6);
    await stub.take(10, MINUTE, NOON + MINUTE);
    expect(await stored(stub)).toBe(2);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await stored(stub)).toBe(0);
    expect(await runDurableObjectAlarm(stub)).toBe(false);
    expect((await stub.take(10, MINUTE, NOON)).count).toBe(1);
  });

  it("keeps a hit that comes in while the alarm is on its way", async () => {
    const stub = counter();
    await stub.take(1, MINUTE, NOON);
    await runInDurableObject(stub, (instance) => instance.alarm());
    expect((await stub.take(1, MINUTE, NOON)).allowed).toBe(false);
  });

  it("clears", async () => {
    const stub = counter();
    await stub.take(1, MINUTE, NOON);
    await stub.clear();
    expect(await stored(stub)).toBe(0);
    expect((await stub.take(1, MINUTE, NOON)).allowed).toBe(true);
  });

  it("stays strict when a caller's clock is behind", async () => {
    const stub = counter();
    await stub.take(2, MINUTE, NOON + 5000);
    await stub.take(2, MINUTE, NOON);
    expect((await stub.take(2, MINUTE, NOON + MINUTE + 4999)).allowed).toBe(false);
    expect((await stub.take(2, MINUTE, NOON + MINUTE + 5000)).allowed).toBe(true);
  });

  it("locks nobody out for longer than one window when the clock is set back", async () => {
    const stub = counter();
    await stub.take(1, MINUTE, NOON + 30 * 24 * 60 * MINUTE);
    expect((await stub.take(1, MINUTE, NOON)).allowed).toBe(false);
    expect((await stub.take(1, MINUTE, NOON + MINUTE)).allowed).toBe(true);
  });

  it("waits for enough hits to go where the limit has become lower, and never allows with a limit of 0", async () => {
    const stub = counter();
    for (let i = 0; i < 4; i++) await stub.take(4, MINUTE, NOON + i * 10_000);
    expect(await stub.peek(2, MINUTE, NOON + 30_000)).toEqual({
      allowed: false,
      retryAfterSeconds: 50,
      count: 4,
    });
    expect(await counter().take(0, MINUTE, NOON)).toEqual({
      allowed: false,
      retryAfterSeconds: 60,
      count: 0,
    });
  });
});

describe("limits", () => {
  const rule = { limit: 2, windowMs: MINUTE };

  it("count each name and key apart, and keep neither in clear", async () => {
    const names: string[] = [];
    const recording = {
      COUNTER: {
        getByName(name: string) {
          names.push(name);
          return env.COUNTER.getByName(name);
        },
      } as unknown as DurableObjectNamespace<Counter>,
    };
    await takeLimit(recording, "logins", "ada@acme.test", rule, NOON);
    await takeLimit(recording, "logins", "grace@acme.test", rule, NOON);
    expect((await takeLimit(recording, "resets", "ada@acme.test", rule, NOON)).count).toBe(1);
    expect((await takeLimit(recording, "logins", "ada@acme.test", rule, NOON)).count).toBe(2);
    expect((await failLimit(recording, "logins", "ada@acme.test", rule, NOON)).allowed).toBe(false);
    await clearLimit(recording, "logins", "ada@acme.test");
    expect((await peekLimit(recording, "logins", "ada@acme.test", rule, NOON)).count).toBe(0);
    expect(names.every((name) => /^[\da-f]{64}$/.test(name))).toBe(true);
    expect(new Set(names).size).toBe(3);
  });

  it("are the promised ones, and 100 times those in local mode", () => {
    expect(rules("deployed")).toEqual({
      failedLogins: { limit: 10, windowMs: 15 * MINUTE },
      logins: { limit: 300, windowMs: 60 * MINUTE },
      registrations: { limit: 100, windowMs: 60 * MINUTE },
      applications: { limit: 60, windowMs: 60 * MINUTE },
      applicationsOfPerson: { limit: 10, windowMs: 24 * 60 * MINUTE },
      sendsOfPage: { limit: 5, windowMs: 24 * 60 * MINUTE },
      drafts: { limit: 60, windowMs: 60 * MINUTE },
      draftFiles: { limit: 120, windowMs: 60 * MINUTE },
      draftMails: { limit: 20, windowMs: 60 * MINUTE },
      draftMailsOfPerson: { limit: 3, windowMs: 24 * 60 * MINUTE },
      applySteps: { limit: 600, windowMs: 60 * MINUTE },
      passwordResets: { limit: 20, windowMs: 60 * MINUTE },
      resetsOfPerson: { limit: 5, windowMs: 60 * MINUTE },
      verifications: { limit: 5, windowMs: 60 * MINUTE },
      wrongLinks: { limit: 60, windowMs: 60 * MINUTE },
      linkRequests: { limit: 30, windowMs: 60 * MINUTE },
      linksOfPerson: { limit: 1, windowMs: 10 * MINUTE },
      linksOfPersonADay: { limit: 5, windowMs: 24 * 60 * MINUTE },
      webhookTests: { limit: 60, windowMs: 60 * MINUTE },
    });
    expect(rules("local").failedLogins).toEqual({ limit: 1000, windowMs: 15 * MINUTE });
    expect(rules("")).toEqual(rules("deployed"));
  });
});

describe("limitFailures", () => {
  const rule = { limit: 3, windowMs: MINUTE };
  const attempt = (key: string, result: string | null) =>
    limitFailures(env, "failed-logins", key, rule, NOON, async () => result);

  it("never counts a success, however many", async () => {
    for (let i = 0; i < 5; i++)
      expect(await attempt("successes", "in")).toEqual({ allowed: true, result: "in" });
    const many = await Promise.all(Array.from({ length: 20 }, () => attempt("successes", "in")));
    expect(many.every((answer) => answer.allowed)).toBe(true);
  });

  it("refuses after the last allowed failure, without running the attempt", async () => {
    for (let i = 0; i < 3; i++)
      expect(await attempt("failures", null)).toEqual({ allowed: true, result: null });
    let ran = false;
    const refused = await limitFailures(env, "failed-logins", "failures", rule, NOON, async () => {
      ran = true;
      return "in";
    });
    expect(refused).toEqual({ allowed: false, retryAfterSeconds: 60 });
    expect(ran).toBe(false);
  });

  it("answers no more than the limit to guesses made at once, not even a right one among them", async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const guess = (result: string | null, after: Promise<void>) =>
      limitFailures(env, "failed-logins", "parallel", rule, NOON, async () => {
        await after;
        return result;
      });
    const wrong = Array.from({ length: 20 }, () => guess(null, gate));
    const right = guess(
      "in",
      gate.then(async () => void (await Promise.all(wrong))),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    release();
    expect((await Promise.all(wrong)).filter((answer) => answer.allowed)).toHaveLength(3);
    expect((await right).allowed).toBe(false);
  });
});

describe("addressBucket", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    [" 203.0.113.7 ", "203.0.113.7"],
    ["127.0.0.1", "127.0.0.1"],
    ["2001:db8:12:3456:789a:bcde:f012:3456", "2001:db8:12::/48"],
    ["2001:0DB8:0012:ffff::1", "2001:db8:12::/48"],
    ["2001:db8::1", "2001:db8:0::/48"],
    ["2001:db8::", "2001:db8:0::/48"],
    ["::", "0:0:0::/48"],
    ["::1", "0:0:0::/48"],
    ["fe80::1%eth0", "fe80:0:0::/48"],
    ["1:2:3:4:5:6:7::", "1:2:3::/48"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["::ffff:cb00:7107", "203.0.113.7"],
    ["64:ff9b::203.0.113.7", "64:ff9b:0::/48"],
    ["", "unknown"],
    ["localhost", "unknown"],
    ["256.0.0.1", "unknown"],
    ["1.2.3", "unknown"],
    ["1.2.3.4.", "unknown"],
    ["1.2.3.4.5", "unknown"],
    ["01.2.3.4", "unknown"],
    ["1:2:3", "unknown"],
    ["1:2:3:4:5:6:7:8:9", "unknown"],
    ["1:2:3:4:5:6:7:8::", "unknown"],
    ["1::2::3", "unknown"],
    [":::", "unknown"],
    [":1:2:3:4:5:6:7", "unknown"],
    ["12345::", "unknown"],
    ["g::1", "unknown"],
    ["1.2.3.4::", "unknown"],
    ["::1.2.3.999", "unknown"],
    ["203.0.113.7, 198.51.100.1", "unknown"],
  ])("%j counts as %s", (ip, bucket) => {
    expect(addressBucket(ip)).toBe(bucket);
  });

  it("never throws", () => {
    const unit = fc.constantFrom(..."0123456789abcdef:.%");
    fc.assert(fc.property(fc.string({ unit }), (ip) => typeof addressBucket(ip) === "string"));
  });
});
