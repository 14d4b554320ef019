import { expect, it } from "vitest";
import { secretBytes } from "../../worker/features/webhooks/secrets";
import { attempt, type Claimed, openSender } from "../../worker/features/webhooks/send";
import { checkHeaders, checkTarget } from "../../worker/features/webhooks/targets";
import { clock } from "../../worker/lib/clock";
import { Deadlines } from "../../worker/lib/deadlines";
import { rows } from "./facts";
import { newOrg, worker } from "./org";
import { type Answer, newHook } from "./receiver";
import { attemptsOf, countsOf, deliveriesOf, newTarget, passToNext, runLane, sendEvents } from "./webhooks";

/** One attempt at a hook that answers so, outside a lane, with a deadline that a test can wait for. */
async function attemptAt(url: string, deadlineMs: number, headers: Record<string, string> = {}) {
  const delivery: Claimed = {
    id: "whd_1",
    eventId: "evt_1",
    eventType: "candidate.updated",
    hops: 2,
    attempts: 1,
    failures: 0,
    queuedAt: clock.now(),
    body: "{}",
  };
  const sender = {
    url,
    allowed: true,
    headers,
    keys: [secretBytes("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")],
    deadlines: new Deadlines(deadlineMs),
  };
  try {
    return await attempt(sender, delivery);
  } finally {
    sender.deadlines.close();
  }
}

it.each<[string, Answer | string, string | null, number | null]>([
  ["200", ["ok"], null, 200],
  ["204", ["status", 204], null, 204],
  ["299", ["status", 299], null, 299],
  [
    "a 200 after a 100",
    ["raw", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"],
    null,
    200,
  ],
  ["404", ["status", 404], "status", 404],
  ["500", ["status", 500], "status", 500],
  ["600", ["raw", "HTTP/1.1 600 Odd\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"], "status", 600],
  ["301", ["redirect", "/steer", 301], "redirect", 301],
  ["308", ["redirect", "/steer", 308], "redirect", 308],
  ["half a body", ["half"], "reset", 200],
  ["a reset", ["reset"], "reset", null],
  ["nothing, and hangs up", ["hangUp"], "reset", null],
  ["no HTTP", ["raw", "220 smtp ready\r\n"], "reset", null],
  [
    "two lengths",
    ["raw", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 7\r\n\r\nhello"],
    "reset",
    null,
  ],
  ["nothing, ever", ["never"], "timeout", null],
  ["its head in drops", ["drip", { everyMs: 100 }], "timeout", null],
  ["its body in drops", ["dripBody", { everyMs: 100 }], "timeout", 200],
  ["a body without end", ["huge"], null, 200],
  ["a late body without end", ["slow", 10, ["huge"]], null, 200],
  ["refused", "http://127.0.0.1:1/hook", "refused", null],
  ["no such name", "https://no-such-host.invalid/hook", "dns", null],
  ["no TLS", "tls", "tls", null],
])("names what became of an attempt: %s", async (_, how, cause, statusCode) => {
  const hook = newHook();
  if (Array.isArray(how)) await hook.answer(how);
  const url = Array.isArray(how) ? hook.url : how === "tls" ? hook.url.replace("http:", "https:") : how;
  const began = Date.now();
  const { outcome, response, latencyMs } = await attemptAt(url, 1000);
  expect(Date.now() - began).toBeLessThan(3500);
  expect({ cause: outcome.cause, statusCode: outcome.statusCode }).toEqual({ cause, statusCode });
  expect(latencyMs).toBeGreaterThanOrEqual(0);
  expect(response?.body.length ?? 0).toBeLessThanOrEqual(4096);
});

it("keeps 4 kB of an answer and says that there was more", async () => {
  const hook = newHook();
  await hook.answer(["status", 400, { body: "ü".repeat(3000) }]);
  const { response } = await attemptAt(hook.url, 5000);
  expect(response?.cut).toBe(true);
  expect(response?.body).toBe("ü".repeat(2048));
});

it("never shows its own headers' values, not even where the receiver sends them back", async () => {
  const hook = newHook();
  const secret = "Bearer s3cr3t-canary";
  await hook.answer([
    "status",
    401,
    { body: `no: ${secret}`, headers: { "x-echo": secret, "set-cookie": "a=b" } },
  ]);
  const made = await attemptAt(hook.url, 5000, { authorization: secret });
  expect(JSON.stringify(made)).not.toContain("canary");
  expect(made.response).toMatchObject({ body: "no: [hidden]", headers: { "x-echo": "[hidden]" } });
  expect(made.response?.headers).not.toHaveProperty("set-cookie");
  expect((await hook.got())[0]?.headers).toMatchObject({ authorization: secret, "x-hub-hops": "3" });
});

it("tries each failure again by itself, with the same bytes", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await target.answer(["half"], ["reset"], ["redirect", "/elsewhere"], ["status", 500], ["ok"]);
  await sendEvents(org, 1);
  await runLane(target.id);
  for (let i = 0; i < 4; i++) await passToNext(target.id);
  expect((await attemptsOf(target.id)).map(({ cause }) => cause)).toEqual([
    "reset",
    "reset",
    "redirect",
    "status",
    null,
  ]);
  expect(await countsOf(target.id)).toEqual({ delivered: 1 });
  const got = await target.got();
  expect(new Set(got.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
  expect(got.flatMap(({ problems }) => problems)).toEqual([]);
});

it("fails after 15 s at a receiver that never answers, and others are served meanwhile", async () => {
  const org = await newOrg();
  const [dead, good] = [await newTarget(org), await newTarget(org)];
  await dead.answer(["never"]);
  await good.answer(["ok"]);
  await sendEvents(org, 12);
  const hung = runLane(dead.id);
  await runLane(good.id);
  expect(await countsOf(good.id)).toEqual({ delivered: 12 });
  await hung;
  const attempts = await attemptsOf(dead.id);
  expect(attempts.map(({ cause }) => cause)).toEqual(Array(5).fill("timeout"));
  for (const { latency_ms } of attempts) {
    expect(latency_ms).toBeGreaterThanOrEqual(14_900);
    expect(latency_ms).toBeLessThan(17_000);
  }
  expect(await countsOf(dead.id)).toEqual({ parked: 12 });
}, 60_000);

it("signs with the old secret too, for as long as it counts", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  const [row] = await rows<{ secret: string }>(
    "select secret from webhook_endpoints where id = ?",
    target.id,
  );
  const other = await newTarget(org);
  const place = { id: target.id, orgId: org.id, secret: row?.secret, headers: null, url: target.url };
  const at = clock.now();
  const both = { ...place, previousSecret: row?.secret, previousUntil: at + 1 } as never;
  const key = secretBytes(target.secret);
  expect((await openSender(worker, both, at)).keys).toEqual([key, key]);
  expect((await openSender(worker, both, at + 1)).keys).toEqual([key]);
  // A sealed secret works in its own row only.
  await expect(openSender(worker, { ...place, id: other.id } as never, at)).rejects.toThrow(
    "can't be opened",
  );
});

const deployed = { BASE_URL: "https://hire.example.com", ALLOWED_PRIVATE_TARGETS: "" };
it.each([
  "http://example.com/",
  "ftp://example.com/",
  "https://user:pass@example.com/",
  "https://example.com/#part",
  "https://example.com:22/",
  "https://example.com:80/",
  "https://127.0.0.1/",
  "https://2130706433/",
  "https://0x7f.1/",
  "https://0177.0.0.1/",
  "https://127.1/",
  "https://0.0.0.0/",
  "https://10.1.2.3/",
  "https://100.64.0.1/",
  "https://169.254.169.254/latest/meta-data",
  "https://172.16.0.1/",
  "https://192.168.1.1/",
  "https://198.18.0.1/",
  "https://224.0.0.1/",
  "https://255.255.255.255/",
  "https://[::1]/",
  "https://[::]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:8.8.8.8]/",
  "https://[64:ff9b::7f00:1]/",
  "https://[fe80::1]/",
  "https://[fc00::1]/",
  "https://[2001:db8::1]/",
  "https://[2002:7f00:1::]/",
  "https://localhost/",
  "https://LOCALHOST./",
  "https://a.localhost/",
  "https://printer.local/",
  "https://db.internal/",
  "https://router.home.arpa/",
  "https://x.onion/",
  "https://intranet/",
  "https://hire.example.com/api/hooks/intg_1",
  "https://HIRE.example.com./",
  "https://１２７.0.0.1/",
  "no address",
  "https://",
  "javascript:alert(1)",
])("sends nothing to %s", (url) => {
  expect(() => checkTarget(deployed, url)).toThrow(
    expect.objectContaining({
      code: "invalid",
      extra: { errors: [expect.objectContaining({ path: "url" })] },
    }),
  );
});

it.each([
  "https://example.com/webhooks?x=1",
  "https://example.com:8443/",
  "https://8.8.8.8/",
  "https://[2606:4700::1111]/",
  "https://xn--bcher-kva.example/",
])("may send to %s", (url) => {
  expect(checkTarget(deployed, url).href).toBe(url);
});

it("sends to this machine only where local mode allows it, and never to itself", () => {
  const local = { BASE_URL: "http://localhost:8787", ALLOWED_PRIVATE_TARGETS: "loopback" };
  for (const url of ["http://127.0.0.1:9000/", "http://localhost:9000/", "http://[::1]:9000/"])
    expect(checkTarget(local, url).href).toBe(url);
  for (const url of [
    "http://127.0.0.1:8787/",
    "http://localhost:8787/",
    "http://10.0.0.1/",
    "http://example.com/",
  ])
    expect(() => checkTarget(local, url)).toThrow();
});

it("looks at the address again before each attempt", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await worker.DB.prepare("update webhook_endpoints set url = 'https://10.0.0.1/' where id = ?")
    .bind(target.id)
    .run();
  await sendEvents(org, 1);
  await runLane(target.id);
  expect((await attemptsOf(target.id))[0]).toMatchObject({
    cause: "blocked",
    status_code: null,
    response: null,
  });
  expect((await deliveriesOf(target.id))[0]).toMatchObject({ status: "pending", failures: 1 });
});

it.each([
  ["a line break", { "x-a": "b\r\nx-evil: 1" }],
  ["a lone line feed", { "x-a": "b\nc" }],
  ["a control", { "x-a": "b\u0000" }],
  ["beyond ASCII", { "x-a": "ü" }],
  ["a blank at the end", { "x-a": "b " }],
  ["an empty value", { "x-a": "" }],
  ["a name with a blank", { "x a": "b" }],
  ["a name with a colon", { "x:a": "b" }],
  ["an empty name", { "": "b" }],
  ["Host", { Host: "b" }],
  ["Content-Length", { "content-length": "5" }],
  ["Transfer-Encoding", { "Transfer-Encoding": "chunked" }],
  ["a signature", { "Webhook-Signature": "v1,x" }],
  ["our own", { "X-Webhook-Event": "x" }],
  ["a hop count", { "X-Hub-Hops": "0" }],
  ["Cookie", { cookie: "a=b" }],
  ["the same twice", { "X-A": "b", "x-a": "c" }],
  ["too many", Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`x-${i}`, "v"]))],
])("takes no header of its own with %s", (_, headers) => {
  expect(() => checkHeaders(headers as Record<string, string>)).toThrow(
    expect.objectContaining({ code: "invalid" }),
  );
});

it("takes other headers, with names in small letters", () => {
  expect(checkHeaders({ Authorization: "Bearer a b", "X-Key": "k" })).toEqual({
    authorization: "Bearer a b",
    "x-key": "k",
  });
});
