import { createHmac, randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as answers from "../receiver/answers.mjs";
import { type Receiver, startReceiver } from "../receiver/receiver.mjs";
import { problemsOf } from "../receiver/verify.mjs";

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.stop());

const secret = `whsec_${randomBytes(32).toString("base64")}`;
const event = {
  id: "evt_01",
  type: "candidate.created",
  event: "candidate.created",
  timestamp: "2026-01-01T00:00:00.000Z",
  data: { candidateId: "cand_01" },
  seq: 1,
  actor: { kind: "system", id: "portico", name: "Portico" },
  entity: { type: "candidate", id: "cand_01", seq: 1 },
};

/** A request as the documents want it. */
function signed(at = Date.now(), key = secret, body = JSON.stringify(event)) {
  const raw = Buffer.from(key.slice("whsec_".length), "base64");
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "webhook-id": "evt_01",
    "webhook-timestamp": String(Math.floor(at / 1000)),
    "webhook-signature": new Webhook(key).sign("evt_01", new Date(at), body),
    "x-webhook-event": "candidate.created",
    "x-webhook-signature": createHmac("sha256", raw).update(body).digest("hex"),
  };
  return { headers, body };
}

const send = (path: string, { headers, body }: { headers?: Record<string, string>; body?: string } = {}) =>
  fetch(receiver.url(path), {
    method: "POST",
    redirect: "manual",
    signal: AbortSignal.timeout(700),
    ...(headers ? { headers } : {}),
    ...(body === undefined ? {} : { body }),
  });

test("what is signed as the documents say has no problem, and each departure from it has one", () => {
  expect(problemsOf(signed(), [secret])).toEqual([]);
  const other = `whsec_${randomBytes(32).toString("base64")}`;
  expect(problemsOf(signed(), [other, secret])).toEqual([]);
  expect(problemsOf(signed(), [other])).toHaveLength(2);
  const departures: Record<string, (one: ReturnType<typeof signed>) => void> = {
    "standardwebhooks refuses the signature": (one) => {
      one.headers["webhook-timestamp"] = String(Number(one.headers["webhook-timestamp"]) + 1);
    },
    "X-Webhook-Signature is not the HMAC-SHA256 of the body": (one) => {
      delete one.headers["x-webhook-signature"];
    },
    "X-Webhook-Event is not the body's type": (one) => {
      one.headers["x-webhook-event"] = "candidate.updated";
    },
    "content-type is not JSON": (one) => {
      one.headers["content-type"] = "text/plain";
    },
  };
  for (const [problem, depart] of Object.entries(departures)) {
    const one = signed();
    depart(one);
    expect(problemsOf(one, [secret])).toEqual([problem]);
  }
  const { entity, ...without } = event;
  expect(problemsOf(signed(Date.now(), secret, JSON.stringify(without)), [secret])).toEqual([
    "the body has no entity",
  ]);
  expect(problemsOf(signed(Date.now(), secret, "no JSON"), [secret])).toEqual(["the body is no JSON"]);
  expect(entity.seq).toBe(1);
});

test("time is the sender's: five minutes to either side of it, and not one second more", () => {
  const now = Date.now() + 90 * 24 * 3_600_000;
  expect(problemsOf(signed(now), [secret], now)).toEqual([]);
  expect(problemsOf(signed(now - 299_000), [secret], now)).toEqual([]);
  for (const off of [-302_000, 302_000]) expect(problemsOf(signed(now + off), [secret], now)).toHaveLength(1);
  expect(problemsOf(signed(now), [secret])).toHaveLength(1);
});

test("requests are kept with what came of them, and verified where secrets are known", async () => {
  receiver.trust("/a", secret);
  expect((await send("/a", signed())).status).toBe(200);
  expect((await send("/a", { headers: { "webhook-id": "evt_01" }, body: "{}" })).status).toBe(200);
  expect((await send("/b", { body: "{}" })).status).toBe(200);
  await receiver.until(() => receiver.received.every((one) => one.endedAt));
  const [good, bad, unknown] = receiver.received;
  expect(good).toMatchObject({ id: "evt_01", status: 200, problems: [], overlaps: false });
  expect(bad?.problems).not.toEqual([]);
  expect(unknown?.problems).toEqual([]);
  expect(receiver.at("/b")).toHaveLength(1);
});

test("two requests of one id at the same time are seen, one after the other are not", async () => {
  receiver.answer("/a", answers.slow(100));
  const one = () => send("/a", { headers: { "webhook-id": "evt_7" } }).then((answer) => answer.text());
  await Promise.all([one(), one()]);
  await one();
  expect(receiver.received.map((request) => request.overlaps)).toEqual([false, true, false]);
});

test("every answer is what its name says", async () => {
  const get = async (how: answers.Answer) => {
    receiver.answer("/a", how);
    return await send("/a");
  };
  expect(
    (await get(answers.status(503, { headers: ["retry-after", "1", "retry-after", "x"] }))).headers.get(
      "retry-after",
    ),
  ).toBe("1, x");
  const moved = await get(answers.redirect("http://127.0.0.1:1/"));
  expect([moved.status, moved.headers.get("location")]).toEqual([302, "http://127.0.0.1:1/"]);
  expect((await get(answers.raw("HTTP/1.1 299 Odd\r\ncontent-length: 0\r\n\r\n"))).status).toBe(299);
  expect((await (await get(answers.huge(200_000))).text()).length).toBeGreaterThanOrEqual(200_000);
  for (const broken of [answers.reset, answers.hangUp, answers.raw("no HTTP\r\n\r\n")])
    await expect(get(broken)).rejects.toThrow("fetch failed");
  for (const endless of [answers.never, answers.drip({ everyMs: 100 })])
    await expect(get(endless)).rejects.toThrow(/timeout/);
  await expect(get(answers.dripBody({ everyMs: 20 })).then((answer) => answer.text())).rejects.toThrow(
    /timeout/,
  );
  await expect(get(answers.huge()).then((answer) => answer.text())).rejects.toThrow(/timeout/);
  await expect(get(answers.half).then((answer) => answer.text())).rejects.toThrow("terminated");
  const turn = answers.inTurn(answers.status(500), answers.ok);
  expect([(await get(turn)).status, (await get(turn)).status, (await get(turn)).status]).toEqual([
    500, 200, 200,
  ]);
});

test("a receiver that is down refuses, and is back on its port", async () => {
  await receiver.goDown();
  await expect(send("/a")).rejects.toThrow("fetch failed");
  await receiver.comeBack();
  expect((await send("/a")).status).toBe(200);
});
