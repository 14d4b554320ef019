import { expect, it } from "vitest";
import { call, costOf, json, newOrg } from "./org";

it("lets a recruiter see the board in one round trip", async () => {
  const org = await newOrg();
  const recruiter = await org.person("recruiter");
  await org.agent("Ada Lund");
  await call("GET", "/api/auth/me", { token: recruiter.token });
  const answer = await call("GET", `/api/pipelines/${org.pipelineId}/board`, { token: recruiter.token });
  const board = await json<{ stages: { key: string; count: number; cards: { name: string }[] }[] }>(
    answer,
    200,
  );
  expect(board.stages[0]).toMatchObject({ key: "applied", count: 1, cards: [{ name: "Ada Lund" }] });
  expect(costOf(answer).trips).toBe(1);
});
