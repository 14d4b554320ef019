import { describe, expect, it } from "vitest";
import type { FormField } from "../../worker/features/jobs/schema";
import { FIELD_TYPES } from "../../worker/features/jobs/words";
import {
  faultsOf,
  fieldsOf,
  keyFrom,
  moved,
  newQuestion,
  newRule,
  OPERATORS,
  type Question,
  questionOf,
} from "./question";

const ask = (label: string, change: Partial<Question> = {}): Question => ({
  ...newQuestion(change.type ?? "text"),
  label,
  ...change,
});

describe("keys of questions", () => {
  it("are made from the words, and differ from each other and from what the form asks itself", () => {
    expect(keyFrom("Notice period (weeks)", [])).toBe("noticePeriodWeeks");
    expect(keyFrom("Phone", [])).toBe("phone2");
    expect(keyFrom("3 years of Excel?", [])).toMatch(/^[a-z]\w+$/);
    expect(keyFrom("工作经验", [])).toBe("question");
    const fields = fieldsOf([ask("Notice"), ask("Notice"), ask("Own", { key: "notice2", keyKept: true })]);
    expect(fields.map(({ key }) => key)).toEqual(["notice", "notice3", "notice2"]);
  });

  it("that are stored stay when the words change", () => {
    const stored = { ...(fieldsOf([ask("Notice")])[0] as FormField), knockOut: null };
    expect(fieldsOf([{ ...questionOf(stored), label: "How soon?" }])[0]?.key).toBe("notice");
  });
});

describe("rules", () => {
  const field = (type: FormField["type"], knockOut: FormField["knockOut"]): FormField => ({
    key: "a",
    label: "A",
    type,
    required: false,
    help: null,
    options: type.includes("select") ? ["x", "y"] : [],
    consentText: null,
    knockOut,
  });
  const again = (one: FormField) => fieldsOf([questionOf(one)])[0]?.knockOut;

  it("come back as they were stored, or as the same in other words", () => {
    for (const [type, rule] of [
      ["number", { operator: "less_than", value: 3 }],
      ["date", { operator: "greater_than", value: "2027-01-01" }],
      ["yes_no", { operator: "equals", value: false }],
      ["select", { operator: "includes", value: ["y"] }],
      ["multi_select", { operator: "excludes", value: ["x", "y"] }],
      ["text", { operator: "includes", value: ["none", "never"] }],
    ] as const) {
      const stored = { ...rule, value: Array.isArray(rule.value) ? [...rule.value] : rule.value };
      expect(again(field(type, stored as FormField["knockOut"]))).toEqual(stored);
    }
    expect(again(field("select", { operator: "equals", value: "y" }))).toEqual({
      operator: "includes",
      value: ["y"],
    });
    expect(again(field("yes_no", { operator: "not_equals", value: true }))).toEqual({
      operator: "equals",
      value: false,
    });
  });

  it("that name an option which is gone have to be mended", () => {
    const gone = questionOf({
      ...field("select", { operator: "includes", value: ["y"] }),
      options: ["x"],
    });
    expect(faultsOf([gone]).get(gone.id)).toEqual({ rule: "Say which answers are flagged." });
  });

  it("exist for every type but files and consents", () => {
    const without = FIELD_TYPES.filter((type) => newRule(type) === null);
    expect(without).toEqual(["file", "consent"]);
    for (const type of Object.keys(OPERATORS)) expect(FIELD_TYPES).toContain(type);
  });
});

describe("a form", () => {
  it("says what has to be mended", () => {
    const bare = ask("");
    const choice = ask("Which?", { type: "select", options: "a\na" });
    const consent = ask("Data", { type: "consent" });
    const taken = ask("X", { key: "email", keyKept: true });
    const faults = faultsOf([bare, choice, consent, taken]);
    expect([...faults.values()].map((one) => Object.keys(one)[0])).toEqual([
      "label",
      "options",
      "consentText",
      "key",
    ]);
    expect(faultsOf([ask("Fine", { type: "select", options: "a\n b \n\n" })]).size).toBe(0);
  });

  it("takes questions to other places", () => {
    const list = [ask("a"), ask("b"), ask("c")];
    const order = (to: number) => moved(list, list[0]!.id, to).map(({ label }) => label);
    expect(order(1)).toEqual(["b", "a", "c"]);
    expect(order(9)).toEqual(["b", "c", "a"]);
    expect(order(-1)).toEqual(["a", "b", "c"]);
  });
});
