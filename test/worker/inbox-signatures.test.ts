import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { SCHEME_RULES } from "../../worker/features/inbox/schemes";
import { verify } from "../../worker/features/inbox/verify";
import { SCHEMES, type Scheme, SIGNATURE_HEADERS, TOLERANCE_MS } from "../../worker/features/inbox/words";
import { newEndpointSecret } from "../../worker/features/webhooks/secrets";
import { signed } from "./incoming";

const NOW = Date.UTC(2027, 3, 5, 12);
const [SECRET, OTHER] = [newEndpointSecret(), newEndpointSecret()];
const bytesOf = (body: string | Uint8Array) =>
  typeof body === "string" ? new TextEncoder().encode(body) : body;

const check = (
  scheme: Scheme,
  headers: Record<string, string>,
  body: string | Uint8Array,
  secrets: string[] = [SECRET],
  now = NOW,
) => {
  const sent = new Headers(headers);
  return verify({ scheme, headers: (name) => sent.get(name), body: bytesOf(body), secrets, now });
};
const good = async (...args: Parameters<typeof check>) => (await check(...args)).ok;
const each = SCHEMES.map((scheme) => [scheme] as const);

describe("a signature", () => {
  it.each(each)(
    "of %s is good for exactly the bytes, the secret and the scheme it was made with",
    async (scheme) => {
      await fc.assert(
        fc.asyncProperty(
          fc.uint8Array({ maxLength: 300 }),
          fc.uint8Array({ maxLength: 300 }),
          async (body, other) => {
            const headers = signed(scheme, SECRET, body, { at: NOW });
            expect(await good(scheme, headers, body)).toBe(true);
            expect(await good(scheme, headers, body, [OTHER])).toBe(false);
            expect(await good(scheme, headers, body, [])).toBe(false);
            expect(await good(scheme, headers, body, [OTHER, SECRET])).toBe(true);
            const same = Buffer.from(body).equals(Buffer.from(other));
            expect(await good(scheme, headers, other)).toBe(same);
            for (const wrong of SCHEMES.filter((one) => one !== scheme))
              expect(await good(wrong, headers, body)).toBe(false);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it.each(each)("of %s is no longer good once any character of a header is another", async (scheme) => {
    const body = '{"eventId":"1"}';
    const headers = signed(scheme, SECRET, body, { at: NOW });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(headers)),
        fc.nat(),
        fc.integer({ min: 0x20, max: 0x7e }),
        async (name, at, code) => {
          const value = headers[name] ?? "";
          const place = at % value.length;
          const changed = value.slice(0, place) + String.fromCharCode(code) + value.slice(place + 1);
          fc.pre(changed !== value && changed.trim() === changed);
          expect(await good(scheme, { ...headers, [name]: changed }, body)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(each)("of %s is read from anything at all without an error", async (scheme) => {
    const names = ["webhook-id", "webhook-timestamp", ...SIGNATURE_HEADERS[scheme]];
    const piece = fc.constantFrom(
      "t=",
      "v1=",
      "v1,",
      ",",
      " ",
      "=",
      "sha256=",
      "1893456000",
      "a".repeat(64),
      "+/==",
      "\u00ff",
    );
    const value = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 12 })
      .map((all) => all.join(""));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), value), async (headers) => {
        expect(SCHEME_RULES[scheme].read((name) => headers[name] ?? null)).not.toBeUndefined();
        const read = (name: string) => headers[name] ?? null;
        const verdict = await verify({
          scheme,
          headers: read,
          body: bytesOf("{}"),
          secrets: [SECRET],
          now: NOW,
        });
        expect(verdict.ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("of the standard scheme is the official library's, both ways", async () => {
    const body = '{"a":"ü"}';
    const id = "msg_2Lh9";
    const signature = new Webhook(SECRET).sign(id, new Date(NOW), body);
    const headers = {
      "webhook-id": id,
      "webhook-timestamp": String(NOW / 1000),
      "webhook-signature": signature,
    };
    expect(await check("standard", headers, body)).toEqual({ ok: true, eventId: id });
  });
});

describe("the time of a signature", () => {
  it.each(["portal", "standard"] as const)("of %s may be five minutes off on either side", async (scheme) => {
    for (const [off, ok] of [
      [0, true],
      [TOLERANCE_MS, true],
      [-TOLERANCE_MS, true],
      [TOLERANCE_MS + 1000, false],
      [-TOLERANCE_MS - 1000, false],
      [1e12, false],
      [-NOW, false],
    ] as const) {
      const headers = signed(scheme, SECRET, "{}", { at: NOW + off });
      expect(await check(scheme, headers, "{}"), String(off)).toEqual(
        ok ? expect.objectContaining({ ok: true }) : { ok: false, why: "time" },
      );
    }
  });
});

describe("the grammar", () => {
  const body = "{}";
  const t = Math.floor(NOW / 1000);
  const of = (scheme: Scheme, secret = SECRET) =>
    Object.values(signed(scheme, secret, body, { at: NOW })).at(-1) ?? "";
  const hex = of("portal").split("v1=")[1] ?? "";
  const wrong = of("portal", OTHER).split("v1=")[1] ?? "";

  const PORTAL: [string, boolean][] = [
    [`t=${t},v1=${hex}`, true],
    [`t=${t},v1=${wrong},v1=${hex}`, true],
    [`t=${t},v1=${hex},v1=${wrong}`, true],
    [`t=${t},${Array(9).fill(`v1=${wrong}`).join(",")},v1=${hex}`, true],
    [`t=${t},${Array(10).fill(`v1=${wrong}`).join(",")},v1=${hex}`, false],
    [`t=${t}, v1=${hex}`, false],
    [`t=${t};v1=${hex}`, false],
    [`v1=${hex},t=${t}`, false],
    [`t=${t},t=${t},v1=${hex}`, false],
    [`t=${t},v0=${hex}`, false],
    [`t=${t},v1=${hex},`, false],
    [`t=${t},v1=${hex.toUpperCase()}`, false],
    [`t=${t},v1=${hex.slice(1)}`, false],
    [`t=+${t},v1=${hex}`, false],
    [`t=${t}.0,v1=${hex}`, false],
    [`T=${t},v1=${hex}`, false],
    [`t=${t}`, false],
    [hex, false],
    ["", false],
  ];
  it.each(PORTAL)("of a portal: %s is %s", async (value, ok) => {
    expect(await good("portal", { "x-portal-signature": value }, body)).toBe(ok);
  });

  const own = of("standard");
  const STANDARD: [string, boolean][] = [
    [own, true],
    [`${of("standard", OTHER)} ${own}`, true],
    [`v1a,AAAA ${own}`, true],
    [`v2,AAAA ${own}`, true],
    [`v1a,${own.slice(3)}`, false],
    [`${own},`, false],
    [`${own}  ${own}`, false],
    [own.slice(3), false],
    [own.replace(/=$/, ""), false],
    [`V1,${own.slice(3)}`, false],
    [`nonsense ${own}`, false],
  ];
  it.each(STANDARD)("of Standard Webhooks: %s is %s", async (value, ok) => {
    const headers = signed("standard", SECRET, body, { at: NOW });
    expect(await good("standard", { ...headers, "webhook-signature": value }, body)).toBe(ok);
  });

  it.each(["", " ", "a.b", "a b", "é", "x".repeat(256)])("of a message's id refuses %j", async (id) => {
    const headers = signed("standard", SECRET, body, { at: NOW, id });
    expect(SCHEME_RULES.standard.read((name) => headers[name] ?? null)).toBeNull();
  });

  it("refuses a request that has two headers of one kind, whichever is right", async () => {
    for (const scheme of ["sha256-hex", "hmac-base64"] as const) {
      const [value = ""] = Object.values(signed(scheme, SECRET, body));
      const [first = "", second = ""] = SIGNATURE_HEADERS[scheme];
      expect(await good(scheme, { [first]: value }, body)).toBe(true);
      expect(await good(scheme, { [second]: value }, body)).toBe(true);
      expect(await good(scheme, { [first]: value, [second]: value }, body)).toBe(false);
    }
    const twice = new Headers({ "x-portal-signature": of("portal") });
    twice.append("x-portal-signature", of("portal"));
    expect(await good("portal", Object.fromEntries(twice), body)).toBe(false);
  });
});
