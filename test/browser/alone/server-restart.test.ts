import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson, type Product, shot, startProduct } from "../harness";
import { newScene } from "../harness/scene";

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.stop());

test("when the server goes away the pages say so, and when it is back they are right and still logged in", async () => {
  const { base } = product;
  const scene = await newScene("Night Shift", base);
  const person = await scene.agent("Ada Night");
  const recruiter = await newPerson({ email: scene.admin.email, base, path: "/pool" });
  const agent = await newPerson({ email: person.email, base });
  for (const { expectError } of [recruiter, agent]) expectError(/net::ERR_|WebSocket|status of 50\d/);
  const { page: board } = recruiter;
  const { page: home } = agent;
  await board.getByText("Live", { exact: true }).waitFor();
  await home.getByRole("heading", { name: "You are in Applied" }).waitFor();

  const said = Promise.all([
    board.getByText("Reconnecting", { exact: true }).waitFor(),
    home
      .getByText(/^Reconnecting\./)
      .waitFor()
      .then(() => shot(home, "reconnecting-home")),
  ]);
  await Promise.all([said, product.restart()]);
  const back = Date.now();
  await scene.move(person, "screening");
  await Promise.all([
    home.getByRole("heading", { name: "You are in Screening" }).waitFor(),
    board.locator('[data-stage="screening"]').getByRole("link", { name: "Ada Night" }).waitFor(),
    board.getByText("Live", { exact: true }).waitFor({ timeout: 60_000 }),
  ]);
  console.info(`right again ${Date.now() - back} ms after the server was back`);

  await scene.move(person, "documents");
  await home.getByRole("heading", { name: "You are in Documents" }).waitFor({ timeout: 5000 });
  await home.getByText(/^Reconnecting\./).waitFor({ state: "detached" });
  await board.reload();
  await board.locator('[data-stage="documents"]').getByRole("link", { name: "Ada Night" }).waitFor();
  expect(new URL(board.url()).pathname).toBe("/pool");
});
