import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PASSWORD, type Product, startProduct } from "../harness";

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.stop());

async function post(path: string, body: unknown, token?: string): Promise<Response> {
  return await fetch(product.base + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
}

async function logIn(email: string): Promise<string> {
  const answer = await post("/api/auth/login", { email, password: PASSWORD });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

async function get<T>(path: string, token: string): Promise<T> {
  const answer = await fetch(product.base + path, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

test("a restart keeps the data and the sessions", async () => {
  const email = `kept-${Date.now()}@example.test`;
  const made = await post("/api/auth/register", {
    email,
    password: PASSWORD,
    name: "Kept Person",
    org: "acme",
  });
  expect(made.status).toBe(201);
  const token = await logIn("recruiter@acme.test");
  const find = async () => {
    const { data } = await get<{ data: { email: string }[] }>("/api/agents?q=Kept", token);
    return data.filter((one) => one.email === email).length;
  };
  expect(await find()).toBe(1);
  await product.restart();
  // The same token: the key that signed it was kept too.
  expect(await find()).toBe(1);
});

test("a port that is taken is said so at once", () => {
  const starter = fileURLToPath(new URL("../../../.tools/start.mjs", import.meta.url));
  const port = new URL(product.base).port;
  const second = spawnSync(process.execPath, [starter], {
    env: { ...process.env, PORT: port, PORTICO_STATE: `${product.state}-second` },
    encoding: "utf8",
    timeout: 20_000,
  });
  expect(second.status).toBe(1);
  expect(second.stderr).toContain(`Port ${port} is taken`);
});
