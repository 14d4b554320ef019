import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { depthOf, readEvent } from "../../worker/features/inbox/read-event";
import type { SourceWithSecret } from "../../worker/features/inbox/schema";
import { SCHEMES } from "../../worker/features/inbox/words";
import { inRanges } from "../../worker/lib/addresses";
import { count, rows } from "./facts";
import { inboxRow, newSource, portalEvent, post, send, signed } from "./incoming";
import { call, costOf, json, newOrg, type Org, type Person } from "./org";

let org: Org;
let admin: Person;
let portal: SourceWithSecret;
beforeAll(async () => {
  org = await newOrg();
  admin = await org.person("admin");
  portal = await newSource(admin);
});

const nothing = "an.event.nobody.knows";
const body = () => JSON.stringify(portalEvent(nothing, {}));
const stored = () => count("select count(*) from inbox_events where org_id = ?", org.id);
const hours = async (id: string) => {
  const [row] = await rows(
    "select sum(received) received, sum(repeated) repeated, sum(refused) refused from inbox_hours where integration_id = ?",
    id,
  );
  return row;
};

describe("an event at the hook", () => {
  it.each(SCHEMES)(
    "signed by the scheme %s is stored as it came and answered 202 before the work",
    async (scheme) => {
      const source = await newSource(admin, { scheme });
      const text = `{ "eventId": "e-1",  "eventType": "${nothing}", "unknown_field": [1, "ü"], "data": {} }`;
      const answer = await post(source, text);
      const { id, status } = await json<{ id: string; status: string }>(answer, 202);
      expect(status).toBe("accepted");
      const [row] = await rows<{ body: string; event_id: string; event_type: string; headers: string }>(
        "select * from inbox_events where id = ?",
        id,
      );
      expect(row).toMatchObject({
        body: text,
        event_id: scheme === "standard" ? "msg_1" : "e-1",
        event_type: nothing,
      });
      expect(JSON.parse(row?.headers ?? "")).toMatchObject({ "content-type": "application/json" });
      expect(row?.headers).not.toMatch(/signature|v1=|sha256=/);
      expect(row?.headers).not.toContain(source.secret);
    },
  );

  it("costs two round trips, of which one writes", async () => {
    const answer = await post(portal, body());
    expect(answer.status).toBe(202);
    const { trips, read } = costOf(answer);
    expect(trips).toBe(2);
    expect(read).toBeLessThan(12);
  });

  it("that came before is 200 and does nothing, even with another body", async () => {
    const event = portalEvent(nothing, {});
    const id = await send(portal, event);
    const before = await stored();
    for (const again of [event, { ...event, data: { other: true } }]) {
      expect(await json(await post(portal, JSON.stringify(again)), 200)).toEqual({ id, status: "repeated" });
    }
    expect(await stored()).toBe(before);
  });

  it("twenty times at once is stored once", async () => {
    const source = await newSource(admin);
    const text = body();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(source, text)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 202]);
    const ids = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as { id: string }).id),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await hours(source.id)).toMatchObject({ received: 1, repeated: 19 });
  });

  it("of two sources with one id is two events", async () => {
    const other = await newSource(admin);
    const event = portalEvent(nothing, {});
    expect(await send(other, event)).not.toBe(await send(portal, event));
  });

  it("without an id counts by its bytes", async () => {
    const { eventId: _, ...bare } = portalEvent(nothing, { a: 1 });
    const id = await send(portal, bare);
    expect((await json(await post(portal, JSON.stringify(bare)), 200)).id).toBe(id);
    const [row] = await rows<{ event_id: string }>("select event_id from inbox_events where id = ?", id);
    expect(row?.event_id).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await send(portal, { ...bare, data: { a: 2 } })).not.toBe(id);
  });

  it("may say its id and time in snake_case or as a number", async () => {
    const at = "2026-11-02T10:00:00Z";
    for (const [sent, eventId] of [
      [{ event_id: "snake", event_type: nothing, occurred_at: at }, "snake"],
      [{ id: 4711, type: nothing, timestamp: Date.parse(at) / 1000 }, "4711"],
    ] as const) {
      const [row] = await rows("select * from inbox_events where id = ?", await send(portal, sent));
      expect(row).toMatchObject({ event_id: eventId, event_type: nothing, occurred_at: Date.parse(at) });
    }
  });

  it("is answered 200 where its sender takes nothing else", async () => {
    const source = await newSource(admin, { acceptsWith: 200 });
    expect(await json(await post(source, body()), 200)).toMatchObject({ status: "accepted" });
  });

  it("is taken in under every alias of the path, whose bodies are else rewritten", async () => {
    const text = JSON.stringify({ event_id: "alias", event_type: nothing, data: { snake_case: 1 } });
    const headers = { "content-type": "application/json", ...signed("portal", portal.secret, text) };
    const answer = await call("POST", `/api/v1/hooks/${portal.id}/`, { body: text, headers });
    const { id } = await json<{ id: string }>(answer, 202);
    expect((await rows("select body from inbox_events where id = ?", id))[0]).toEqual({ body: text });
  });
});

describe("what isn't of a known source", () => {
  it("is the very same 401 for an unknown source, a wrong signature, a stale time and a wrong address", async () => {
    const off = await newSource(admin);
    const patch = { token: admin.token, json: { status: "disabled" } };
    await json(await call("PATCH", `/api/integrations/${off.id}`, patch), 200);
    const gone = await newSource(admin);
    await call("DELETE", `/api/integrations/${gone.id}`, { token: admin.token });
    const listed = await newSource(admin, { ipAllowList: ["203.0.113.0/24"] });
    const text = body();
    const before = await stored();
    const late = signed("portal", portal.secret, text, { at: Date.now() - 301_000 });
    const early = signed("portal", portal.secret, text, { at: Date.now() + 302_000 });
    const answers = [
      await post({ ...portal, id: "intg_unknown" }, text),
      await post({ ...portal, secret: off.secret }, text),
      await post(portal, text, late),
      await post(portal, text, early),
      await post(portal, text, {}),
      await post(off, text),
      await post(gone, text),
      await post(listed, text),
      await post(listed, text, {
        ...signed("portal", listed.secret, text),
        "cf-connecting-ip": "203.0.114.1",
      }),
      // What a proxy or the caller says of the address counts for nothing.
      await post(listed, text, {
        ...signed("portal", listed.secret, text),
        "x-forwarded-for": "203.0.113.7",
      }),
      await post(listed, text, { ...signed("portal", listed.secret, text), "x-real-ip": "203.0.113.7" }),
    ];
    const problems = await Promise.all(answers.map((answer) => json(answer, 401)));
    expect(new Set(problems.map(({ requestId: _, ...problem }) => JSON.stringify(problem))).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => JSON.stringify([...headers.keys()]))).size).toBe(1);
    expect(await stored()).toBe(before);
    const right = { ...signed("portal", listed.secret, text), "cf-connecting-ip": "203.0.113.7" };
    await json(await post(listed, text, right), 202);
  });

  it("is told to the admin, in words, and counted", async () => {
    const source = await newSource(admin);
    const text = body();
    await post({ ...source, secret: portal.secret }, text);
    await vi.waitFor(async () => {
      const shown = await call("GET", `/api/integrations/${source.id}`, { token: admin.token });
      expect(await json(shown, 200)).toMatchObject({
        lastError: expect.stringContaining("wasn't signed with this source's secret"),
        lastErrorAt: expect.any(String),
        lastEventAt: null,
      });
    });
    expect(await hours(source.id)).toMatchObject({ refused: 1, received: 0 });
  });

  it("is measured before it is told from what is known", async () => {
    const text = `{"a":"${"x".repeat(1024 * 1024)}"}`;
    for (const id of [portal.id, "intg_unknown"]) {
      expect(await json(await post({ ...portal, id }, text), 413)).toMatchObject({ type: "too-large" });
    }
  });
});

describe("a body", () => {
  const refused = async (bytes: string | Uint8Array<ArrayBuffer>, status = 400, more = {}) => {
    const before = await stored();
    const headers = { ...signed("portal", portal.secret, bytes), ...more };
    const problem = await json<{ detail: string }>(await post(portal, bytes, headers), status);
    expect(await stored()).toBe(before);
    return problem.detail;
  };
  const nested = (levels: number) => `{"data":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;

  it("of a megabyte is taken in, and of one byte more is not", async () => {
    const full = (size: number) => {
      const frame = '{"eventId":"full","x":""}';
      return frame.replace('""', `"${"y".repeat(size - frame.length)}"`);
    };
    expect((await post(portal, full(1024 * 1024))).status).toBe(202);
    await refused(full(1024 * 1024 + 1), 413);
  });

  it("that is signed and can't be read is refused and not kept", async () => {
    expect(await refused(new Uint8Array([0x22, 0xff, 0x22]))).toContain("UTF-8");
    for (const text of ["", "{", "nonsense", '{"a":1}}', "{'a':1}"])
      expect(await refused(text)).toContain("JSON");
    expect(await refused(nested(65))).toContain("64");
    expect(await refused("[".repeat(500_000))).toContain("64");
    expect((await post(portal, nested(64))).status).toBe(202);
  });

  it("is never unpacked", async () => {
    await refused("{}", 415, { "content-encoding": "gzip" });
    await refused("{}", 415, { "content-encoding": "gzip, identity" });
  });

  it("that is JSON but no object is kept, for a person to look at", async () => {
    for (const text of ["[]", "null", '"text"', "1"]) {
      const { id } = await json<{ id: string }>(await post(portal, text), 202);
      expect((await inboxRow(id)).status).toMatch(/received|quarantined/);
    }
  });

  it("nests as deep as its brackets outside of strings say", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const deep = (one: unknown): number =>
          one === null || typeof one !== "object" ? 0 : 1 + Math.max(0, ...Object.values(one).map(deep));
        expect(depthOf(JSON.stringify(value))).toBe(deep(value));
      }),
    );
  });

  it("of any JSON gives an envelope without an error", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, more) => {
        const { eventId, eventType, occurredAt } = readEvent({
          eventId: value,
          type: more,
          occurredAt: value,
        });
        expect(eventId === null || eventId.length > 0).toBe(true);
        expect(eventType === null || eventType.length > 0).toBe(true);
        expect(occurredAt === null || Number.isSafeInteger(occurredAt)).toBe(true);
        readEvent(value);
      }),
    );
  });
});

describe("an event that goes from hub to hub", () => {
  const hopped = (hops: string) => {
    const text = body();
    return post(portal, text, { ...signed("portal", portal.secret, text), "x-hub-hops": hops });
  };

  it("may have done so five times, and is refused beyond", async () => {
    const { id } = await json<{ id: string }>(await hopped("5"), 202);
    expect((await rows("select hops from inbox_events where id = ?", id))[0]).toEqual({ hops: 5 });
    expect(await json(await hopped("6"), 422)).toMatchObject({ detail: expect.stringContaining("circle") });
    for (const odd of ["-1", "1.5", "x", "1, 1", ""]) expect((await hopped(odd)).status, odd).not.toBe(202);
  });
});

describe("a list of addresses", () => {
  const v4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
  const v6 = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 });
  const bits = (parts: readonly number[], each: number) =>
    parts.map((part) => part.toString(2).padStart(each, "0")).join("");

  it("holds exactly the IPv4 addresses that begin with the bits of one of its ranges", () => {
    fc.assert(
      fc.property(v4, v4, fc.nat(32), (base, address, length) => {
        const same = bits(base, 8).slice(0, length) === bits(address, 8).slice(0, length);
        expect(inRanges(address.join("."), ["2001:db8::/32", `${base.join(".")}/${length}`])).toBe(same);
        expect(inRanges(base.join("."), [`${base.join(".")}/${length}`])).toBe(true);
      }),
    );
  });

  it("holds exactly the IPv6 addresses of its ranges, however they are written", () => {
    const hex = (groups: number[]) => groups.map((group) => group.toString(16)).join(":");
    fc.assert(
      fc.property(v6, v6, fc.nat(128), (base, other, length) => {
        const near = base.map((group, i) => (i * 16 < length ? group : (other[i] ?? 0)));
        for (const address of [other, near]) {
          const same = bits(base, 16).slice(0, length) === bits(address, 16).slice(0, length);
          expect(inRanges(hex(address), [`${hex(base)}/${length}`])).toBe(same);
          expect(inRanges(hex(address).toUpperCase(), [`${hex(base)}/${length}`])).toBe(same);
        }
      }),
    );
    expect(inRanges("2001:db8::1", ["2001:0db8:0:0:0:0:0:1"])).toBe(true);
    expect(inRanges("::ffff:203.0.113.7", ["203.0.113.0/24"])).toBe(true);
  });

  it("holds nothing that is no address", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^[\d.]+$|:/.test(text));
        expect(inRanges(text, ["0.0.0.0/0", "::/0"])).toBe(false);
      }),
    );
  });
});
