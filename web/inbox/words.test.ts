import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { SCHEMES, type Scheme } from "../../worker/features/inbox/words";
import { recommendationWords, scoreWords, typeWords } from "./result-words";
import { firstEvent } from "./snippet";
import { fieldsOf, NO_FIELDS, toChange, toNew, troubles } from "./source-fields";
import { isAddress, placesOf, readAddresses, sourceState } from "./words";

test("addresses and ranges are told from typing mistakes", () => {
  const good = [
    "203.0.113.7",
    "203.0.113.0/24",
    "0.0.0.0/0",
    "2001:db8::1",
    "2001:db8::/32",
    "::1",
    "::ffff:1.2.3.4",
  ];
  const bad = [
    "",
    "203.0.113",
    "203.0.113.256",
    "203.0.113.0/33",
    "203.0.113.0/24/1",
    "example.com",
    "2001:db8::/129",
    "1:2:3",
    "fe80::1%eth0",
  ];
  expect(good.filter((one) => !isAddress(one))).toEqual([]);
  expect(bad.filter(isAddress)).toEqual([]);
  expect(readAddresses("203.0.113.7, 203.0.113.8\n\n2001:db8::/32 ")).toEqual([
    "203.0.113.7",
    "203.0.113.8",
    "2001:db8::/32",
  ]);
  expect(readAddresses(" \n")).toBeNull();
});

test("a form becomes what the API takes, and only what changed is sent", () => {
  const fields = { ...NO_FIELDS, name: " Portal ", addresses: "203.0.113.7", plain200: true };
  expect(toNew(fields)).toEqual({
    name: "Portal",
    scheme: "portal",
    ipAllowList: ["203.0.113.7"],
    acceptsWith: 200,
  });
  expect(troubles({ ...fields, name: " ", addresses: "nowhere" })).toMatchObject({
    name: expect.stringContaining("name"),
    addresses: expect.stringContaining("nowhere"),
  });
  expect(toChange(fields, fields)).toEqual({});
  expect(toChange({ ...fields, addresses: "" }, fields)).toEqual({ ipAllowList: null });
  expect(toChange({ ...fields, name: "Other", plain200: false }, fields)).toEqual({
    name: "Other",
    acceptsWith: 202,
  });
});

test("how a source stands is said by what came last", () => {
  const source = {
    id: "int_1",
    type: "portal",
    name: "Portal",
    scheme: "portal",
    hookUrl: "https://a.test/api/hooks/int_1",
    ipAllowList: null,
    acceptsWith: 202,
    status: "enabled",
    previousSecretUntil: null,
    lastEventAt: null,
    lastErrorAt: null,
    lastError: null,
    version: 1,
    createdAt: "2026-03-01T00:00:00.000Z",
    updatedAt: "2026-03-01T00:00:00.000Z",
  } as const;
  expect(sourceState(source).label).toBe("Waits for its first event");
  expect(sourceState({ ...source, lastEventAt: "2026-03-01T01:00:00.000Z" }).tone).toBe("good");
  const errorAt = { lastErrorAt: "2026-03-01T02:00:00.000Z", lastError: "No such job" };
  expect(sourceState({ ...source, lastEventAt: "2026-03-01T01:00:00.000Z", ...errorAt }).tone).toBe("bad");
  expect(sourceState({ ...source, lastEventAt: "2026-03-01T03:00:00.000Z", ...errorAt }).tone).toBe("good");
  expect(sourceState({ ...source, status: "disabled" }).label).toBe("Off");
  expect(fieldsOf(source).addresses).toBe("");
});

test("what an event changed is a list of links", () => {
  expect(placesOf({ candidateId: "cand_1", documentId: "doc_1" })).toEqual([
    { key: "candidateId", id: "cand_1", word: "The candidate", href: "/candidates/cand_1" },
    { key: "documentId", id: "doc_1", word: "A document", href: null },
  ]);
  expect(placesOf(null)).toEqual([]);
});

test("results are said in words", () => {
  expect(typeWords("coding_test")).toBe("Coding test");
  expect(scoreWords(82.25, 100)).toBe("82.3 of 100");
  expect(scoreWords(4, null)).toBe("4");
  expect(recommendationWords("Not recommended")).toEqual({ tone: "bad", word: "Not recommended" });
  expect(recommendationWords("second_interview")).toEqual({ tone: "plain", word: "Second interview" });
  expect(recommendationWords(" ")).toBeNull();
});

function has(program: string): boolean {
  try {
    execFileSync(program, ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const SECRET = `whsec_${Buffer.from("0123456789abcdefghijklmnopqrstuv").toString("base64")}`;

/** Runs the script with a curl that prints what it was given, a line each. */
function run(scheme: Scheme): { headers: Record<string, string>; body: string } {
  const script = firstEvent(scheme, "https://portico.test/api/hooks/int_1").replace(
    "the secret of this source",
    SECRET,
  );
  const printed = execFileSync("bash", ["-c", `curl() { printf '%s\\n' "$@"; }\n${script}`], {
    encoding: "utf8",
  });
  const lines = printed.trimEnd().split("\n");
  const headers = lines.flatMap((line, at) =>
    lines[at - 1] === "-H" ? [line.split(": ") as [string, string]] : [],
  );
  return {
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: lines.slice(lines.indexOf("--data-binary") + 1).join("\n"),
  };
}

test.skipIf(!has("openssl")).each(SCHEMES)("the script of a first event signs as %s asks", (scheme) => {
  const { headers, body } = run(scheme);
  expect(JSON.parse(body)).toMatchObject({
    eventType: "candidate.created",
    data: { candidate: { firstName: "Ada" } },
  });
  const mac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text);
  const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
  if (scheme === "portal") {
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers["x-portal-signature"] ?? "") ?? [];
    expect(v1).toBe(mac(SECRET, `${t}.${body}`).digest("hex"));
  } else if (scheme === "standard") {
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    expect(headers["webhook-signature"]).toBe(`v1,${mac(key, signed).digest("base64")}`);
  } else if (scheme === "sha256-hex") {
    expect(headers["x-hub-signature-256"]).toBe(`sha256=${mac(SECRET, body).digest("hex")}`);
  } else {
    expect(headers["x-signature"]).toBe(mac(SECRET, body).digest("base64"));
  }
});
