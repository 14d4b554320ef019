import { beforeAll, describe, expect, it } from "vitest";
import { app } from "../../worker/app";
import type { Role } from "../../worker/features/users/words";
import { operations } from "../../worker/http/openapi";
import { readUpTo } from "../../worker/http/read-body";
import { type Call, call, json } from "./org";
import { addressOf, sampleOf } from "./samples";
import { newWorld, type World } from "./world";

const OPERATIONS = operations(app);
const named = (some: typeof OPERATIONS) =>
  some.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);
const WITH_BODY = named(OPERATIONS.filter((operation) => operation.body));
const WITH_QUERY = named(OPERATIONS.filter((operation) => operation.query));
type Operation = (typeof OPERATIONS)[number];

let world: World;
beforeAll(async () => {
  world = await newWorld();
});

interface Problem {
  type: string;
  status: number;
  errors: { path: string; message: string }[];
}
const paths = (problem: Problem) => problem.errors.map((error) => error.path);

/** Calls the route as its sample does, with another body. */
function send(operation: Operation, options: Call): Promise<Response> {
  const sample = sampleOf(operation, world.things);
  const token = sample.as === "nobody" ? undefined : world.people[sample.as].token;
  return call(operation.method, addressOf(operation.path, sample), { token, ...options });
}
const JSON_TYPE = { "content-type": "application/json" };

/** What a few routes take besides JSON. */
const ALSO: Record<string, string> = {
  "POST /api/applications": "multipart/form-data",
  "POST /api/applications/steps": "text/plain",
};
const MAY_BE_EMPTY =
  /\/(mail|apply|advance|withdraw|mark-completed|cancel|move-to-next-round|reject|initiate-hiring)$/;

describe("a JSON body", () => {
  it.each(WITH_BODY)("of %s is refused by the name of each unknown field", async (_, operation) => {
    const { json: body } = sampleOf(operation, world.things);
    const answer = await send(operation, { json: { ...body, isAdmin: true, org_id: "org_x" } });
    const problem = await json<Problem & Record<string, unknown>>(answer, 422);
    expect(paths(problem)).toEqual(expect.arrayContaining(["isAdmin", "org_id"]));
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  it.each(WITH_BODY)("of %s can't reach prototypes", async (_, operation) => {
    const { json: body } = sampleOf(operation, world.things);
    for (const name of ["__proto__", "constructor", "prototype"]) {
      const text = JSON.stringify(body).replace("{", `{${JSON.stringify(name)}:{"role":"admin"},`);
      const problem = await json<Problem & Record<string, unknown>>(
        await send(operation, { body: text, headers: JSON_TYPE }),
        422,
      );
      expect(paths(problem)).toContain(name);
    }
  });

  it.each(WITH_BODY)("of %s that nests without end is refused in words", async (_, operation) => {
    const body = `${'{"all":['.repeat(50_000)}${"]}".repeat(50_000)}`;
    const answer = await send(operation, { body, headers: JSON_TYPE });
    // A beacon has less room than that.
    if (operation.path === "/api/applications/steps") return expect(answer.status).toBe(413);
    const problem = await json<Problem & { detail: string }>(answer, 422);
    expect(problem.detail).toContain("levels deep at most");
  });

  it.each(WITH_BODY)("of %s that is no JSON is 400", async (_, operation) => {
    const broken = [
      "",
      "{",
      "nonsense",
      '{"a":1}}',
      "{'a':1}",
      "undefined",
      new Uint8Array([0x22, 0xff, 0x22]),
    ];
    for (const body of broken) {
      // These take no body at all for an empty one.
      if (body === "" && MAY_BE_EMPTY.test(operation.path)) continue;
      const answer = await send(operation, { body, headers: JSON_TYPE });
      expect(await json(answer, 400)).toMatchObject({ type: "malformed" });
    }
  });

  it.each(WITH_BODY)("of %s that is JSON but no object is 422", async (_, operation) => {
    for (const body of ["null", "[]", '"text"', "1", "true", `${"[".repeat(2000)}${"]".repeat(2000)}`]) {
      const answer = await send(operation, { body, headers: JSON_TYPE });
      expect((await json<Problem & Record<string, unknown>>(answer, 422)).errors.length).toBeGreaterThan(0);
    }
  });

  it.each(WITH_BODY)("of %s of another type is 415", async (_, operation) => {
    const text = JSON.stringify(sampleOf(operation, world.things).json);
    const types = [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/jsonp",
      "application/merge-patch+json",
      "text/json",
      "",
    ];
    for (const type of types) {
      if (type.startsWith(ALSO[`${operation.method} ${operation.path}`] ?? "none")) continue;
      const answer = await send(operation, { body: text, headers: { "content-type": type } });
      expect(await json(answer, 415)).toMatchObject({ type: "unsupported-type" });
    }
  });

  it.each(WITH_BODY)("of %s may name its charset in any spelling of the type", async (_, operation) => {
    const spellings = [
      "application/json; charset=utf-8",
      "Application/JSON",
      "application/json ;charset=utf-8",
    ];
    const { json: sample } = sampleOf(operation, world.things);
    const body = JSON.stringify({ ...sample, isAdmin: true });
    for (const type of [...spellings, 'application/json; charset="utf-8"', "application/json;"]) {
      const answer = await send(operation, { body, headers: { "content-type": type } });
      // That it was read shows in what it is refused for.
      expect(paths(await json<Problem & Record<string, unknown>>(answer, 422))).toContain("isAdmin");
    }
  });

  it.each(WITH_BODY)("of %s of more than 1 MB is 413", async (_, operation) => {
    const long = `{"a":"${"x".repeat(1024 * 1024)}"}`;
    const answer = await send(operation, { body: long, headers: JSON_TYPE });
    expect(await json(answer, 413)).toMatchObject({ type: "too-large" });
  });

  it("is read no further than its limit, whatever its length says", async () => {
    let [sent, stopped] = [0, false];
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
      cancel() {
        stopped = true;
      },
    });
    expect((await readUpTo(endless, 1024 * 1024)).byteLength).toBeGreaterThan(1024 * 1024);
    expect(sent).toBeLessThan(2 * 1024 * 1024);
    expect(stopped).toBe(true);
  });

  it.each(WITH_BODY)("of %s with strange values never breaks the server", async (_, operation) => {
    const { json: body = {} } = sampleOf(operation, world.things);
    const strange = [
      null,
      0,
      -1,
      1.5,
      1e308,
      true,
      "",
      " ",
      [],
      {},
      [null],
      "\u0000",
      "\ud800",
      "x".repeat(20_000),
    ];
    for (const field of Object.keys(body)) {
      // A password that is taken costs a hash, and each of these was tried on the other fields.
      const values = /password/i.test(field) ? strange.slice(0, 9) : strange;
      for (const value of values) {
        const answer = await send(operation, { json: { ...body, [field]: value } });
        expect(answer.status, `${field}: ${JSON.stringify(value)?.slice(0, 40)}`).toBeLessThan(500);
        if (answer.status !== 422) continue;
        const problem = (await answer.json()) as Problem;
        expect(problem.errors.length).toBeGreaterThan(0);
        for (const error of problem.errors) expect(error.message).not.toBe("");
      }
    }
  });

  it("names the path of a field inside another", async () => {
    const token = world.people.admin.token;
    const change = { brand: { accent: "red", logo: "x" }, languages: ["en", "x"] };
    const problem = await json<Problem & Record<string, unknown>>(
      await call("PATCH", "/api/organization", { token, json: change }),
      422,
    );
    expect(paths(problem).sort()).toEqual(["brand.accent", "brand.logo", "languages.1"]);
  });
});

describe("a query", () => {
  it.each(WITH_QUERY)("of %s is refused by the name of each unknown field", async (_, operation) => {
    const sample = sampleOf(operation, world.things);
    const query = { ...sample.query, offset: "10" };
    const token = sample.as === "nobody" ? undefined : world.people[sample.as].token;
    const answer = await call(operation.method, addressOf(operation.path, { ...sample, query }), { token });
    expect(paths(await json<Problem & Record<string, unknown>>(answer, 422))).toContain("offset");
  });

  it.each(WITH_QUERY)("of %s with strange values never breaks the server", async (_, operation) => {
    const sample = sampleOf(operation, world.things);
    const token = sample.as === "nobody" ? undefined : world.people[sample.as].token;
    const shape = (operation.query as unknown as { shape: Record<string, unknown> }).shape;
    const strange = [
      "",
      " ",
      "-1",
      "1e99",
      "NaN",
      "null",
      "\u0000",
      "%",
      "_",
      "'",
      '"',
      "*",
      "a AND b",
      "{}",
      "💥",
    ];
    for (const field of Object.keys(shape)) {
      for (const value of [...strange, "x".repeat(3000), 'org:"x" OR text', "NEAR(a b)"]) {
        const query = { ...sample.query, [field]: value };
        const answer = await call(operation.method, addressOf(operation.path, { ...sample, query }), {
          token,
        });
        expect(answer.status, `${field}=${value.slice(0, 40)}`).toBeLessThan(500);
        if (answer.status === 422) {
          expect(paths((await answer.json()) as Problem)).toContain(field);
        }
      }
    }
  });

  it("takes a page of 1 to 200 rows", async () => {
    const token = world.people.recruiter.token;
    const lists = ["agents", "documents", "documents/requests", "notifications"];
    for (const list of [...lists, `agents/${world.things.agentId}/timeline`]) {
      const status = async (limit: string) =>
        (await call("GET", `/api/${list}?limit=${limit}`, { token })).status;
      expect(await Promise.all(["1", "200"].map(status))).toEqual([200, 200]);
      expect(await Promise.all(["0", "201", "1.5", "ten", ""].map(status))).toEqual([
        422, 422, 422, 422, 422,
      ]);
    }
  });

  it("given twice is refused instead of one being picked", async () => {
    const token = world.people.recruiter.token;
    const answer = await call("GET", "/api/agents?status=applied&status=active", { token });
    expect(paths(await json<Problem & Record<string, unknown>>(answer, 422))).toEqual(["status"]);
  });
});

describe("an id in the path", () => {
  const strange = [
    "",
    "%00",
    "%E0%A4%A",
    "..%2F..%2Fusers",
    "'%20or%20''='",
    "x".repeat(2000),
    "💥",
    "*",
    "null",
  ];

  it.each(named(OPERATIONS.filter(({ path }) => path.includes(":"))))(
    "of %s may be anything and is then absent",
    async (_, operation) => {
      const sample = sampleOf(operation, world.things);
      const token = sample.as === "nobody" ? undefined : world.people[sample.as].token;
      const body = (): Call =>
        sample.form ? { body: sample.form() } : sample.json ? { json: sample.json } : {};
      for (const value of strange.slice(1)) {
        const path = operation.path.replace(/:\w+/, value);
        const answer = await call(operation.method, addressOf(path, sample), {
          token,
          ...body(),
          headers: sample.headers ?? {},
        });
        // Who sends to a hook that is none is told no more than who signs wrong.
        const absent = operation.path.startsWith("/api/hooks/") ? 401 : 404;
        expect(answer.status, value.slice(0, 30)).toBe(absent);
      }
    },
  );
});

describe("a trailing slash", () => {
  it.each(named(OPERATIONS))("of %s makes no difference", async (_, operation) => {
    const sample = sampleOf(operation, world.things);
    const [path = "", query = ""] = addressOf(operation.path, sample).split("?");
    const ask = async (address: string) => {
      // Only reads are made in full, since the second of two writes would differ.
      const read = operation.method === "GET" && sample.as !== "nobody";
      const token = read ? world.people[sample.as as Role].token : undefined;
      const body: Call = operation.body ? { body: "{", headers: JSON_TYPE } : {};
      return (await call(operation.method, `${address}?${query}`, { token, ...body })).status;
    };
    const slashed = await ask(`${path}/`);
    expect(slashed).toBe(await ask(path));
    expect(slashed).not.toBe(404);
  });
});
