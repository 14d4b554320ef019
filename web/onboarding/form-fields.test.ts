import { expect, test } from "vitest";
import { z } from "zod";
import { FIELD_KINDS, fieldFaults, fieldsOf, hasOptions, newField, schemaOf } from "./form-fields";

const every = FIELD_KINDS.flatMap((kind) =>
  [true, false].map((required) => ({
    ...newField(kind),
    label: `${kind} ${required ? "must" : "may"}`,
    required,
    hint: required ? "" : "As on the card.",
    options: hasOptions(kind) ? "One\nTwo\n\n Three " : "",
  })),
);

test("fields of every kind come back from their schema as they were", () => {
  const schema = schemaOf(every);
  const back = fieldsOf(schema);
  expect(back?.map(({ label, kind, required, hint }) => ({ label, kind, required, hint }))).toEqual(
    every.map(({ label, kind, required, hint }) => ({ label, kind, required, hint })),
  );
  expect(back?.map(({ options }) => options)).toEqual(
    every.map(({ kind }) => (hasOptions(kind) ? "One\nTwo\nThree" : "")),
  );
  expect(schemaOf(back ?? [])).toEqual(schema);
  expect(Object.keys(schema.properties as object)).toEqual(back?.map(({ key }) => key));
});

test("the schema judges what is sent", () => {
  const asked = [
    { ...newField("text"), label: "Street" },
    { ...newField("several_of"), label: "Days", options: "Monday\nTuesday" },
    { ...newField("date"), label: "Born", required: false },
  ];
  const judge = z.fromJSONSchema(schemaOf(asked) as Parameters<typeof z.fromJSONSchema>[0]);
  expect(judge.safeParse({ street: "Quay 1", days: ["Monday"] }).success).toBe(true);
  expect(judge.safeParse({ street: "", days: ["Monday"] }).success).toBe(false);
  expect(judge.safeParse({ street: "Quay 1", days: [] }).success).toBe(false);
  expect(judge.safeParse({ street: "Quay 1", days: ["Sunday"] }).success).toBe(false);
  expect(judge.safeParse({ street: "Quay 1", days: ["Monday"], born: "soon" }).success).toBe(false);
  expect(judge.safeParse({ street: "Quay 1", days: ["Monday"], more: 1 }).success).toBe(false);
});

test("a number has its bounds, and they come back", () => {
  const hours = { ...newField("number"), label: "Hours", whole: true, least: "4", most: "40" };
  const schema = schemaOf([hours]);
  expect(schema.properties).toEqual({ hours: { title: "Hours", type: "integer", minimum: 4, maximum: 40 } });
  expect(fieldsOf(schema)).toMatchObject([{ kind: "number", whole: true, least: "4", most: "40" }]);
  const faultOf = (change: object) => fieldFaults([{ ...hours, ...change }]).get(hours.id);
  expect(faultOf({})).toBeUndefined();
  expect(faultOf({ most: "many" })).toBe("Write a number, or nothing.");
  expect(faultOf({ most: "3" })).toBe("The least is more than the most.");
});

test("a schema that says more than fields can say is left alone", () => {
  const plain = schemaOf([{ ...newField("text"), label: "Street" }]);
  expect(fieldsOf(plain)).toHaveLength(1);
  expect(fieldsOf({ ...plain, minProperties: 1 })).toBeNull();
  expect(fieldsOf({ type: "object", properties: { a: { type: "object", title: "A" } } })).toBeNull();
  expect(fieldsOf({ type: "object", properties: { a: { type: "string", pattern: "^x" } } })).toBeNull();
  expect(fieldsOf({ type: "array" })).toBeNull();
});

test("two questions of the same words get keys of their own, and a stored key stays", () => {
  const two = [
    { ...newField("text"), label: "Street" },
    { ...newField("text"), label: "Street" },
  ];
  const schema = schemaOf(two);
  expect(Object.keys(schema.properties as object)).toEqual(["street", "street2"]);
  const back = fieldsOf(schema) ?? [];
  const renamed = schemaOf(back.map((field) => ({ ...field, label: "Road" })));
  expect(Object.keys(renamed.properties as object)).toEqual(["street", "street2"]);
});

test("fields without words or options are named", () => {
  const bare = newField("text");
  const one = { ...newField("one_of"), label: "Size", options: "S" };
  const twice = { ...newField("one_of"), label: "Size", options: "S\nS" };
  const faults = fieldFaults([bare, one, twice]);
  expect([...faults.keys()]).toEqual([bare.id, one.id, twice.id]);
});
