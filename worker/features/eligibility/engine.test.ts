import { describe, expect, it } from "vitest";
import { evaluate, languageOf } from "./engine";
import { Requirements } from "./schema";
import type { Facts, World } from "./words";

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 26);
const world: World = {
  stages: [
    { key: "applied", name: "Applied", position: 0, kind: "open" },
    { key: "onboarding", name: "Onboarding", position: 1, kind: "open" },
    { key: "active", name: "Active", position: 2, kind: "hired" },
    { key: "inactive", name: "Inactive", position: 3, kind: "withdrawn" },
  ],
  documentTypes: [{ key: "w9", name: "W-9" }],
  evaluationTypes: [
    { key: "english", name: "English", archived: false },
    { key: "old", name: "Old", archived: true },
  ],
  steps: [{ id: "step_1", key: "nda", title: "NDA" }],
};
const nobody: Facts = {
  stage: "applied",
  documents: [],
  evaluations: [],
  onboarding: { applies: [], complete: [] },
  skills: [],
  languages: [],
  country: null,
  tags: [],
};
const ask = (requirement: unknown, facts: Partial<Facts> = {}, now = NOW) =>
  evaluate(Requirements.parse(requirement), { ...nobody, ...facts }, world, now);

describe("what a requirement asks", () => {
  it("a stage counts with those after it, and none that is closed", () => {
    const min = { kind: "stage", min: "onboarding" };
    expect(
      ["applied", "onboarding", "active", "inactive"].map((stage) => ask(min, { stage }).eligible),
    ).toEqual([false, true, true, false]);
  });

  it("a document counts while it is approved and young enough", () => {
    const w9 = (status: "pending" | "approved" | "rejected", expiresAt: number | null = null) => ({
      documents: [{ type: "w9", status, at: NOW - 10 * DAY, expiresAt }],
    });
    const one = { kind: "document", type: "w9" };
    expect(ask(one).missing[0]).toMatchObject({ state: "missing", resolve: "/documents?type=w9" });
    expect(ask(one, w9("pending")).missing[0]?.state).toBe("pending");
    expect(ask(one, w9("rejected")).missing[0]?.state).toBe("rejected");
    expect(ask(one, w9("approved"))).toEqual({ eligible: true, missing: [], until: null });
    expect(ask(one, w9("approved", NOW + 1)).until).toBe(NOW + 1);
    expect(ask(one, w9("approved", NOW)).missing[0]?.state).toBe("expired");
    expect(ask({ ...one, maxAgeDays: 10 }, w9("approved")).eligible).toBe(false);
    expect(ask({ ...one, maxAgeDays: 11 }, w9("approved")).until).toBe(NOW + DAY);
  });

  it("an evaluation counts from its score on, and while it is young enough", () => {
    const english = (score: number) => ({ evaluations: [{ type: "english", score, at: NOW - DAY }] });
    const one = { kind: "evaluation", type: "english", minScore: 80 };
    expect(ask(one).missing[0]).toMatchObject({ state: "missing", minScore: 80 });
    expect(ask(one, english(79.5)).missing[0]).toMatchObject({ state: "low", score: 79.5 });
    expect(ask(one, english(80)).eligible).toBe(true);
    expect(ask({ ...one, maxAgeDays: 1 }, english(80)).missing[0]?.state).toBe("expired");
  });

  it("what no longer exists can't be met, and says so", () => {
    for (const one of [
      { kind: "document", type: "gone" },
      { kind: "evaluation", type: "old", minScore: 1 },
      { kind: "stage", min: "gone" },
      { kind: "onboarding", step: "gone" },
    ])
      expect(ask(one).missing[0]).toMatchObject({ state: "unmeetable", resolve: null });
  });

  it("of several ways one is enough, and the longest decides how long", () => {
    const any = {
      any: [
        { kind: "skill", name: "chat" },
        { kind: "document", type: "w9" },
      ],
    };
    expect(ask(any).missing).toHaveLength(1);
    expect(ask(any).missing[0]).toMatchObject({ kind: "any", resolve: "/profile" });
    const w9 = [{ type: "w9", status: "approved" as const, at: NOW, expiresAt: NOW + DAY }];
    expect(ask(any, { documents: w9 }).until).toBe(NOW + DAY);
    expect(ask(any, { documents: w9, skills: ["Chat"] }).until).toBeNull();
  });

  it("an exclusion keeps out", () => {
    const none = { none: [{ kind: "tag", name: "paused" }] };
    expect(ask(none).eligible).toBe(true);
    expect(ask(none, { tags: ["Paused"] }).missing[0]?.state).toBe("excluded");
  });

  it("onboarding is complete when all that applies is, or one step is", () => {
    const onboarding = { applies: ["step_1"], complete: [] as string[] };
    expect(ask({ kind: "onboarding" }, { onboarding }).missing[0]?.text).toContain("NDA");
    expect(ask({ kind: "onboarding", step: "nda" }, { onboarding }).missing[0]?.resolve).toBe(
      "/onboarding/step_1",
    );
    expect(
      ask({ kind: "onboarding" }, { onboarding: { ...onboarding, complete: ["step_1"] } }).eligible,
    ).toBe(true);
    expect(ask({ kind: "onboarding" }).eligible).toBe(true);
  });
});

it.each([
  ["en", "en", null],
  ["EN:C1", "en", "C1"],
  ["German (B2)", "de", "B2"],
  ["Español", "es", null],
  ["french native", "fr", "native"],
  ["Klingon", "klingon", null],
])("reads the language %s", (text, code, level) => {
  expect(languageOf(text)).toEqual({ code, level });
});
