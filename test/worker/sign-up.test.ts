import { describe, expect, it } from "vitest";
import { call, json, worker } from "./org";
import { PASSWORD } from "./world";

interface SignedUp {
  user: { role: string; orgId: string };
  accessToken: string;
  organization: { id: string; slug: string };
}

async function rows(query: string): Promise<unknown[]> {
  return (await worker.DB.prepare(query).all()).results;
}

describe("sign-up", () => {
  const SIGN_UP = "/api/organizations";
  const signUp = (slug: string) => ({
    name: "Acme",
    slug,
    email: `boss@${slug}.test`,
    password: PASSWORD,
    adminName: "Bo Ss",
  });

  it("makes an organization with its pool and its admin, and nobody else", async () => {
    const answer = await call("POST", SIGN_UP, { json: signUp("acme-one") });
    const made = await json<SignedUp>(answer, 201);
    expect(made.organization.slug).toBe("acme-one");
    expect(made.user).toMatchObject({ role: "admin", orgId: made.organization.id });
    const { accessToken: token } = made;
    const pipelines = await json<{
      data: { kind: string; stages: { key: string; kind: string; count: number }[] }[];
    }>(await call("GET", "/api/pipelines", { token }), 200);
    expect(pipelines.data.map((pipeline) => pipeline.kind)).toEqual(["agent_pool"]);
    expect(pipelines.data[0]?.stages.map(({ key, kind, count }) => `${key} ${kind} ${count}`)).toEqual([
      "applied open 0",
      "screening open 0",
      "documents open 0",
      "assessment open 0",
      "onboarding open 0",
      "active hired 0",
      "inactive withdrawn 0",
      "rejected rejected 0",
      "withdrawn withdrawn 0",
    ]);
    const users = await json<{ data: unknown[] }>(await call("GET", "/api/users", { token }), 200);
    expect(users.data).toHaveLength(1);
    const types = await json<{ data: { key: string }[] }>(
      await call("GET", "/api/documents/types", { token }),
      200,
    );
    expect(types.data.map((type) => type.key)).toEqual([
      "w9",
      "nda",
      "direct_deposit",
      "id",
      "certificate",
      "cv",
      "other",
    ]);
  });

  it("takes a short name once, and makes nothing on a clash", async () => {
    await json(await call("POST", SIGN_UP, { json: signUp("acme-two") }), 201);
    const before = await rows("select id from organizations");
    const again = { ...signUp("acme-two"), email: "other@boss.test" };
    await json(await call("POST", SIGN_UP, { json: again }), 409);
    expect(await rows("select id from organizations")).toEqual(before);
    expect(await rows("select id from users where email = 'other@boss.test'")).toEqual([]);
  });

  it.each(["-a", "a-", "a b", "ä", "", "x".repeat(61), "a.b"])("refuses the short name %j", async (slug) => {
    const sent = { ...signUp("fine"), slug };
    const problem = await json<{ errors: { path: string }[]; [key: string]: unknown }>(
      await call("POST", SIGN_UP, { json: sent }),
      422,
    );
    expect(problem.errors.map((error) => error.path)).toEqual(["slug"]);
  });
});
