import { describe, expect, it } from "vitest";
import type { Missing } from "../../worker/features/eligibility/schema";
import { datesText, isWithTeam, leftText, missingKey, payText, placeText } from "./campaign-words";

const W9: Missing = {
  kind: "document",
  state: "missing",
  text: "Upload your W-9.",
  resolve: "/documents?type=w9",
  type: "w9",
};
const STAGE: Missing = {
  kind: "stage",
  state: "missing",
  text: "You are to be in Active first.",
  resolve: "/home",
  min: "active",
};

describe("what an agent reads of a campaign", () => {
  it("writes pay as people read it", () => {
    expect(payText({ amount: 2550, currency: "USD", per: "hour", unitName: null })).toBe("$25.50 an hour");
    expect(payText({ amount: 300, currency: "JPY", per: "unit", unitName: "solved ticket" })).toBe(
      "¥300 for each solved ticket",
    );
  });

  it("says when it is, and what comes next in each place", () => {
    expect(datesText({ startDate: "2026-12-01", endDate: null })).toBe("From Dec 1, 2026");
    const next = (status: "assigned" | "waitlisted", startDate: string | null) =>
      placeText({ status, startDate }, "Acme", "2026-12-10");
    expect(next("assigned", "2026-12-24")).toBe("You start on Dec 24, 2026.");
    expect(next("assigned", "2026-12-10")).toBe("You start today.");
    expect(next("assigned", "2026-12-09")).toBe("You have been on it since Dec 9, 2026.");
    expect(next("assigned", null)).toContain("tells you when");
    expect(next("waitlisted", null)).toContain("All seats are taken");
  });

  it("knows what is missing apart from what waits for the team", () => {
    expect([W9, { ...W9, state: "pending" as const }, STAGE].map(isWithTeam)).toEqual([false, true, true]);
    expect(leftText([W9])).toBe("Still one thing to do");
    expect(leftText([W9, STAGE])).toBe("Still one thing to do, the rest is with the team");
    expect(leftText([STAGE])).toBe("Waiting on the team");
    expect(leftText([])).toBe("");
  });

  it("sees the same thing through its states", () => {
    expect(missingKey({ ...W9, state: "pending", text: "It is with the team." })).toBe(missingKey(W9));
    expect(missingKey(STAGE)).not.toBe(missingKey(W9));
  });
});
