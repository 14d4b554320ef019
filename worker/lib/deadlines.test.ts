import { expect, it } from "vitest";
import { Deadlines } from "./deadlines";

const tick = (ms: number) => scheduler.wait(ms);

it("ends each piece of work at its own time, and none that is done", async () => {
  const deadlines = new Deadlines(120);
  const first = deadlines.begin();
  const done = deadlines.begin();
  await tick(60);
  const second = deadlines.begin();
  deadlines.end(done);
  await tick(90);
  expect([first, done, second].map((one) => one.abort.signal.aborted)).toEqual([true, false, false]);
  await tick(90);
  expect(second.abort.signal.aborted).toBe(true);
  // The timer is set anew for what begins after all others have ended.
  const last = deadlines.begin();
  await tick(180);
  expect(last.abort.signal.aborted).toBe(true);
  deadlines.close();
});

it("ends nothing once it is closed", async () => {
  const deadlines = new Deadlines(30);
  const one = deadlines.begin();
  deadlines.close();
  await tick(80);
  expect(one.abort.signal.aborted).toBe(false);
});
