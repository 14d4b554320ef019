import { describe, expect, it } from "vitest";
import { answerText, keyWords } from "./answer-words";
import { answerFault } from "./filters";

describe("answers", () => {
  it("are read as one would say them", () => {
    expect(answerText(true, { type: "yes_no" })).toBe("Yes");
    expect(answerText(false, { type: "consent" })).toBe("Not agreed");
    expect(answerText(1200, { type: "number" })).toBe((1200).toLocaleString());
    expect(answerText(["Portuguese", "English"], { type: "multi_select" })).toBe("Portuguese, English");
    expect(answerText("2026-12-01", { type: "date" })).toContain("2026");
    expect(answerText("2026-12-01", { type: "text" })).toBe("2026-12-01");
  });

  it("say so where there is none", () => {
    for (const nothing of [null, undefined, "", []])
      expect(answerText(nothing, { type: "text" })).toBe("No answer");
  });

  it("stand under their key where the question is not known", () => {
    expect(keyWords("notice_period")).toBe("Notice period");
    expect(keyWords("utmSource")).toBe("Utm source");
  });

  it("are looked for as key and value", () => {
    expect(answerFault("")).toBeNull();
    expect(answerFault("visa:yes")).toBeNull();
    expect(answerFault("years:>=5")).toBeNull();
    expect(answerFault("visa")).not.toBeNull();
    expect(answerFault("visa status:yes")).not.toBeNull();
  });
});
