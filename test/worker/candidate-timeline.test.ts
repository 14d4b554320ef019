import { beforeAll, expect, it } from "vitest";
import type { CandidateEntry } from "../../worker/features/candidates/schema";
import { call, costOf, json, newOrg, type Person } from "./org";
import { apply, newCandidate, newJob } from "./people";
import { review, uploaded } from "./uploads";

let rea: Person;
let id: string;
beforeAll(async () => {
  const org = await newOrg();
  rea = await org.person("recruiter", "Rea Cruz");
  const send = async (method: string, path: string, body: object) => {
    const answer = await call(method, path, { token: rea.token, json: body });
    expect(answer.status, `${method} ${path}: ${await answer.clone().text()}`).toBeLessThan(300);
    return await answer.json<{ id: string }>();
  };
  id = (await newCandidate(rea, { email: "line@time.test", name: "Tia Line" })).id;
  const job = await newJob(rea, "Support lead");
  const application = await apply(rea, job.id, id);
  const detail = await json<{ stages: { key: string }[] }>(
    await call("GET", `/api/jobs/${job.id}`, { token: rea.token }),
    200,
  );
  const stage = detail.stages[1]?.key ?? "";
  await send("POST", `/api/applications/${application.id}/move-stage`, { stage, reason: "Good call" });
  await send("PATCH", `/api/applications/${application.id}`, { rating: 4 });
  const note = await send("POST", `/api/candidates/${id}/notes`, { text: "Speaks four languages" });
  await send("PATCH", `/api/candidates/${id}/notes/${note.id}`, { text: "Speaks five languages" });
  const gone = await send("POST", `/api/candidates/${id}/notes`, { text: "Wrong person" });
  await call("DELETE", `/api/candidates/${id}/notes/${gone.id}`, { token: rea.token });
  const cv = await uploaded(rea, { candidateId: id, type: "cv", name: "cv.pdf" });
  await review(rea, cv.id, "rejected", "Unreadable");
  await send("PUT", `/api/candidates/${id}`, { city: "Lund" });
  // Somebody else's, who must not show.
  const other = await newCandidate(rea, { email: "other@time.test", name: "O Ther" });
  await apply(rea, job.id, other.id);
});

const timeline = async (query = "") => {
  const answer = await call("GET", `/api/candidates/${id}/timeline?${query}`, { token: rea.token });
  expect(costOf(answer).trips).toBeLessThanOrEqual(2);
  return await json<{ data: CandidateEntry[]; nextCursor: string | null }>(answer, 200);
};

it("tells everything about somebody in words, the newest first", async () => {
  const { data } = await timeline();
  expect(data.map(({ text }) => text)).toEqual([
    "Profile changed",
    "CV rejected",
    "CV uploaded",
    "A note that was taken back since",
    "Speaks five languages",
    "Application for Support lead: rating changed",
    expect.stringMatching(/^Moved from .+ to .+ in Support lead$/),
    "Applied for Support lead",
    "Added to the candidates",
  ]);
  expect(data.find(({ type }) => type === "application.status_changed")?.reason).toBe("Good call");
  expect(data.find(({ type }) => type === "document.rejected")?.reason).toBe("Unreadable");
  expect(new Set(data.map(({ actor }) => actor.name))).toEqual(new Set(["Rea Cruz"]));
  const move = data.find(({ type }) => type === "application.status_changed");
  // Names of stages, and not their keys.
  expect(move?.text).not.toContain(String(move?.data.newStatus));
});

it.each([
  ["moves", ["application.status_changed", "application.received"]],
  ["documents", ["document.rejected", "document.uploaded"]],
  ["notes", ["note.added", "note.added"]],
  ["profile", ["candidate.updated", "application.updated", "candidate.created"]],
  ["tasks", []],
])("shows %s alone", async (kind, types) => {
  expect((await timeline(`kind=${kind}`)).data.map(({ type }) => type)).toEqual(types);
});

it("comes whole in pages", async () => {
  const all: number[] = [];
  for (let cursor: string | null = "", page = ""; cursor !== null; ) {
    const found: Awaited<ReturnType<typeof timeline>> = await timeline(`limit=2${page}`);
    all.push(...found.data.map(({ seq }) => seq));
    cursor = found.nextCursor;
    page = `&cursor=${cursor}`;
  }
  expect(all).toHaveLength(9);
  expect(all).toEqual([...new Set(all)].sort((a, b) => b - a));
});

it("of nobody is a 404", async () => {
  const answer = await call("GET", "/api/candidates/cand_nobody/timeline", { token: rea.token });
  expect(await json(answer, 404)).toMatchObject({ type: "not-found" });
});
