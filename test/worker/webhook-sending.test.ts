import { expect, it } from "vitest";
import { newOrg } from "./org";
import { attemptsOf, countsOf, deliveriesOf, newTarget, runLane, sendEvents } from "./webhooks";

it("sends an event once, signed so that the official library takes it", async () => {
  const org = await newOrg();
  const target = await newTarget(org, { headers: { authorization: "Bearer canary-123456" } });
  await target.answer(["ok"]);
  await sendEvents(org, 1);
  await runLane(target.id);
  const [one, ...more] = await target.got();
  expect(more).toEqual([]);
  expect(one?.problems).toEqual([]);
  expect(one?.headers).toMatchObject({
    "content-type": "application/json",
    authorization: "Bearer canary-123456",
    "x-webhook-event": "candidate.updated",
    "x-hub-hops": "1",
  });
  expect(await countsOf(target.id)).toEqual({ delivered: 1 });
  const [delivery] = await deliveriesOf(target.id);
  expect(delivery).toMatchObject({ event_id: one?.id, attempts: 1, lease_until: null, next_at: null });
  const [attempt] = await attemptsOf(target.id);
  expect(attempt).toMatchObject({ n: 1, cause: null, status_code: 200 });
  expect(attempt?.request).toContain('"authorization":"[hidden]"');
  expect(JSON.stringify(attempt)).not.toContain("canary-123456");
  expect(attempt?.request).not.toMatch(/signature/i);
});
