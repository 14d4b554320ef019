import { describe, expect, it } from "vitest";
import { dataOf, fieldsOf, initialValues, nameOf } from "./json-form";
import { troublesOf } from "./json-form-check";

const SCHEMA = {
  type: "object",
  required: ["legalName", "years", "shift", "consent", "skills"],
  properties: {
    legalName: { type: "string", title: "Legal name", description: "As in your passport.", minLength: 2 },
    mail: { type: "string", format: "email" },
    site: { type: ["string", "null"], format: "uri" },
    born_on: { type: "string", format: "date", formatMaximum: "2008-01-01" },
    years: { type: "integer", minimum: 0, maximum: 60 },
    rate: { type: "number" },
    shift: { type: "string", enum: ["early", "late"] },
    size: { oneOf: [{ const: 1, title: "Small" }, { const: 2 }], default: 2 },
    consent: { type: "boolean", const: true, title: "I agree" },
    skills: { type: "array", items: { enum: ["chat", "phone"] }, maxItems: 1 },
    tools: { type: "array", items: { type: "string" }, default: ["Zendesk"] },
    about: { type: "string", maxLength: 1000 },
    code: { type: "string", pattern: "^[A-Z]{2}$" },
    address: { type: "object", title: "Where you live", properties: { city: { type: "string" } } },
  },
};
const fields = fieldsOf(SCHEMA);
const field = (name: string) => fields.find((one) => one.name === name);

describe("a form drawn from its schema", () => {
  it("has a field of its kind for each property, in order, parts included", () => {
    expect(fields.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      "legalName text",
      "mail email",
      "site url",
      "born_on date",
      "years number",
      "rate number",
      "shift choice",
      "size choice",
      "consent check",
      "skills choices",
      "tools list",
      "about area",
      "code text",
      "address.city text",
    ]);
  });

  it("takes label and hint from title and description, else words the key", () => {
    expect(field("legalName")).toMatchObject({ label: "Legal name", hint: "As in your passport." });
    expect(field("born_on")).toMatchObject({ label: "Born on", hint: null, max: "2008-01-01" });
    expect(field("address.city")).toMatchObject({ label: "City", group: "Where you live" });
    expect(field("size")?.options.map(({ label }) => label)).toEqual(["Small", "2"]);
  });

  it("begins with what the schema gives, and is empty without properties", () => {
    expect(initialValues(fields)).toMatchObject({ size: "2", tools: "Zendesk", consent: false, mail: "" });
    expect(fieldsOf({ type: "object" })).toEqual([]);
    expect(fieldsOf({ properties: { odd: true } })).toEqual([]);
  });

  it("sends numbers, lists and parts as what they are, and nothing for what was left empty", () => {
    const values = {
      ...initialValues(fields),
      legalName: " Ada ",
      years: "7",
      shift: "late",
      consent: true,
      skills: "chat\nphone",
      site: "example.com",
      "address.city": "Ghent",
    };
    expect(dataOf(fields, values)).toEqual({
      legalName: "Ada",
      site: "https://example.com",
      years: 7,
      shift: "late",
      size: 2,
      consent: true,
      skills: ["chat", "phone"],
      tools: ["Zendesk"],
      address: { city: "Ghent" },
    });
  });

  it("says beside each field what is wrong, before it is sent", () => {
    expect(Object.keys(troublesOf(fields, initialValues(fields)))).toEqual([
      "legalName",
      "years",
      "shift",
      "consent",
      "skills",
    ]);
    const wrong = {
      legalName: "A",
      mail: "ada",
      site: "nowhere",
      born_on: "2010-02-03",
      years: "61",
      rate: "x",
      shift: "early",
      consent: true,
      skills: "chat\nphone",
      code: "be",
    };
    expect(troublesOf(fields, wrong)).toEqual({
      legalName: "Write at least 2 characters.",
      mail: "Write an e-mail address like name@example.com.",
      site: "Write an address like https://example.com.",
      born_on: "It has to be Jan 1, 2008 or earlier.",
      years: "It has to be 60 or less.",
      rate: "Write a number.",
      skills: "Choose at most 1.",
      code: "It isn’t written in the way that is asked for.",
    });
  });

  it("finds the field of a path that the server names", () => {
    expect(nameOf("address.city", fields)).toBe("address.city");
    expect(nameOf("skills.0", fields)).toBe("skills");
    expect(nameOf("years", fields)).toBe("years");
    expect(nameOf("elsewhere", fields)).toBe("elsewhere");
  });
});
