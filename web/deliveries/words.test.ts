import { expect, test } from "vitest";
import type { Attempt, Delivery } from "../../worker/features/webhooks/schema";
import { CAUSES } from "../../worker/features/webhooks/words";
import { causeWords } from "./causes";
import { clock, since, until } from "./when";
import { attemptWords, happened, latency, lineWords, ordinal, underWay } from "./words";

const AT = Date.parse("2026-03-01T12:00:00.000Z");

const attempt = (over: Partial<Attempt>): Attempt => ({
  n: 1,
  at: new Date(AT - 3000).toISOString(),
  statusCode: 500,
  latencyMs: 40,
  cause: "status",
  request: null,
  response: null,
  ...over,
});

const delivery = (over: Partial<Delivery>): Delivery => ({
  id: "whd_1",
  endpointId: "whe_1",
  endpointUrl: "https://shop.example.com/hooks",
  eventId: "evt_1",
  eventType: "job.posted",
  eventSeq: 7,
  entityId: "job_1",
  status: "pending",
  attemptCount: 0,
  nextAt: null,
  deliveredAt: null,
  lastCause: null,
  lastStatusCode: null,
  lastLatencyMs: null,
  replays: 0,
  reason: null,
  createdAt: new Date(AT).toISOString(),
  updatedAt: new Date(AT).toISOString(),
  attempts: [],
  body: "{}",
  ...over,
});

test("each state of a delivery is one sentence about what happened", () => {
  const failed = { lastCause: "status", lastStatusCode: 500, lastLatencyMs: 40 } as const;
  const say = (over: Partial<Delivery>) => happened(delivery(over), AT);
  expect(say({})).toBe("It is in line to be sent to shop.example.com.");
  expect(say({ attemptCount: 1, attempts: [attempt({})], ...failed })).toBe(
    "The first attempt failed: shop.example.com answered 500.",
  );
  expect(say({ attemptCount: 11, attempts: [attempt({ n: 11, cause: "dns" })], lastCause: "dns" })).toBe(
    "The 11th attempt failed: the name shop.example.com leads nowhere.",
  );
  expect(say({ status: "delivered", attemptCount: 1, lastStatusCode: 204, lastLatencyMs: 84 })).toBe(
    "shop.example.com took it: it answered 204 in 84 ms.",
  );
  expect(say({ status: "delivered", attemptCount: 3, lastStatusCode: 200, lastLatencyMs: 1250 })).toBe(
    "shop.example.com took it: it answered 200 in 1.3 s, on the third attempt.",
  );
  expect(say({ status: "parked" })).toBe("Held back, since shop.example.com failed five times in a row.");
  expect(say({ status: "parked", attemptCount: 2, ...failed })).toBe(
    "Held back, since shop.example.com failed five times in a row. The last attempt of this one: shop.example.com answered 500.",
  );
  expect(say({ status: "exhausted", attemptCount: 14, ...failed })).toBe(
    "Given up after 14 attempts: shop.example.com answered 500.",
  );
  expect(say({ status: "cancelled", reason: "The endpoint was removed" })).toBe("The endpoint was removed.");
});

test("an attempt that was begun is under way until its time is over, then its outcome is unknown", () => {
  const begun = attempt({ cause: "outcome_unknown", latencyMs: null, statusCode: null });
  expect(underWay(begun, AT)).toBe(true);
  expect(happened(delivery({ attemptCount: 1, attempts: [begun] }), AT)).toBe(
    "It is on its way to shop.example.com right now.",
  );
  expect(underWay(begun, AT + 60_000)).toBe(false);
  expect(attemptWords(begun)).toBe("Outcome unknown");
  expect(underWay(attempt({}), AT)).toBe(false);
});

test("every cause says what happened, why, and at least one thing to try", () => {
  for (const cause of CAUSES) {
    const { short, said, why, tries } = causeWords(
      cause,
      cause === "status" ? 500 : null,
      "shop.example.com",
    );
    expect(short, cause).toMatch(/^[A-Z].{5,30}$/);
    expect(said, cause).toMatch(/shop\.example\.com.*\.$/);
    expect(why, cause).toMatch(/^[A-Z].{20,}\.$/);
    expect(tries.length, cause).toBeGreaterThan(0);
    for (const one of tries) expect(one, cause).toMatch(/^[A-Z].{10,}[.]$/);
  }
});

test("a status is told by what integrators do about it", () => {
  const why = (code: number) => causeWords("status", code, "a.test").why;
  expect(why(401)).toBe(why(403));
  expect(causeWords("status", 401, "a.test").tries.join()).toContain("raw bytes");
  expect(why(404)).toContain("POST");
  expect(why(502)).toContain("in front of");
  expect(why(500)).toBe(why(599));
  expect(why(418)).toBe(why(422));
  expect(why(304)).toContain("200 to 299");
  expect(causeWords("redirect", 301, "a.test").short).toBe("Redirected (301)");
});

test("lines of the list are short", () => {
  expect(lineWords({ ...delivery({}), attempts: [] })).toBe("Not sent yet");
  expect(lineWords(delivery({ status: "parked" }))).toBe("Not tried yet");
  expect(lineWords(delivery({ attemptCount: 2, lastCause: "timeout" }))).toBe("No answer in 15 s");
  expect(lineWords(delivery({ status: "delivered", lastStatusCode: 200, lastLatencyMs: 9 }))).toBe(
    "Answered 200 in 9 ms",
  );
  expect(lineWords(delivery({ status: "cancelled", reason: "Erased" }))).toBe("Erased");
});

test("times near now count seconds; numbers read as one says them", () => {
  const at = (ms: number) => new Date(AT + ms).toISOString();
  expect(until(at(12_400), AT)).toBe("in 13 seconds");
  expect(until(at(-5), AT)).toBe("now");
  expect(until(at(5 * 60_000), AT)).toBe("in 5 minutes");
  expect(since(at(-200), AT)).toBe("just now");
  expect(since(at(-4100), AT)).toBe("4 seconds ago");
  expect(since(at(-90_000), AT)).toBe("1 minute ago");
  expect(clock(at(-3 * 86_400_000), AT)).toContain("Feb");
  expect([1, 2, 3, 9, 10, 11, 12, 21, 22, 103].map(ordinal)).toEqual([
    "first",
    "second",
    "third",
    "ninth",
    "10th",
    "11th",
    "12th",
    "21st",
    "22nd",
    "103rd",
  ]);
  expect([0.4, 84, 999, 1000, 12_345].map(latency)).toEqual(["0 ms", "84 ms", "999 ms", "1.0 s", "12 s"]);
});
