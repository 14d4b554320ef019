import { expect, test } from "vitest";
import { allowWebSockets, newPerson, shot } from "./harness";
import { newScene } from "./harness/scene";

const POLL = 30_000;

test("without WebSockets the home and the board are right within 30 seconds, and live once sockets come back", async () => {
  const scene = await newScene("Far Network");
  const person = await scene.agent("Ada Slow");
  const { page: home } = await newPerson({ email: person.email, withoutSockets: true });
  const { page: board } = await newPerson({ email: scene.admin.email, withoutSockets: true, path: "/pool" });
  const screening = board.locator('[data-stage="screening"]').getByRole("link", { name: "Ada Slow" });

  await home.getByText("looks for news every 30 seconds").waitFor();
  await board.getByText("Every 30 s", { exact: true }).waitFor();
  await home.getByRole("heading", { name: "You are in Applied" }).waitFor();
  await board.locator('[data-stage="applied"]').getByRole("link", { name: "Ada Slow" }).waitFor();

  await scene.move(person, "screening");
  const moved = Date.now();
  const late = async (seen: Promise<void>) => seen.then(() => Date.now() - moved);
  const [homeLate, boardLate] = await Promise.all([
    late(home.getByRole("heading", { name: "You are in Screening" }).waitFor({ timeout: POLL + 5000 })),
    late(screening.waitFor({ timeout: POLL + 5000 })),
  ]);
  console.info(`by polling: the agent's home after ${homeLate} ms, the board after ${boardLate} ms`);
  expect(homeLate).toBeLessThan(POLL + 1000);
  expect(boardLate).toBeLessThan(POLL + 1000);
  await home
    .getByRole("status")
    .getByText(/moved you to Screening/)
    .waitFor();
  await home.getByRole("button", { name: /Notifications, \d+ unread/ }).waitFor();
  await shot(home, "polling-home");
  await shot(board, "polling-board");

  await Promise.all([allowWebSockets(home), allowWebSockets(board)]);
  await board.getByText("Live", { exact: true }).waitFor();
  await home.getByText("looks for news every 30 seconds").waitFor({ state: "detached" });
  await scene.move(person, "documents");
  await home.getByRole("heading", { name: "You are in Documents" }).waitFor({ timeout: 5000 });
  await board
    .locator('[data-stage="documents"]')
    .getByRole("link", { name: "Ada Slow" })
    .waitFor({ timeout: 5000 });
});
