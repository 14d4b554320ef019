import { expect, it } from "vitest";
import { CATALOGUE, type EventType } from "./catalogue";
import { SUBSCRIBERS } from "./subscribers";

const types = Object.keys(CATALOGUE) as EventType[];

it.each(types)("%s has an example that its schema takes, and takes no field besides", (type) => {
  const { data, example } = CATALOGUE[type];
  expect(data.safeParse(example).success).toBe(true);
  expect(data.safeParse({ ...example, extra: 1 }).success).toBe(false);
});

it("has every type that somebody subscribes to", () => {
  for (const { types: followed } of SUBSCRIBERS) expect(types).toEqual(expect.arrayContaining([...followed]));
});

it("gives each subscriber a name of its own", () => {
  const names = SUBSCRIBERS.map((subscriber) => subscriber.name);
  expect(new Set(names).size).toBe(names.length);
});
