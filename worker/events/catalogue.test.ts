import { expect, it } from "vitest";
import { CATALOGUE, type EventType, firstDispatch } from "./catalogue";
import { SUBSCRIBERS } from "./subscribers";

const types = Object.keys(CATALOGUE) as EventType[];

it.each(types)("%s has an example that its schema takes, and takes no field besides", (type) => {
  const { data, example } = CATALOGUE[type];
  expect(data.safeParse(example).success).toBe(true);
  expect(data.safeParse({ ...example, extra: 1 }).success).toBe(false);
});

it("leaves no event pending that nobody subscribes to, and done that somebody does", () => {
  for (const type of types) {
    const followed = SUBSCRIBERS.some((subscriber) => subscriber.types.includes(type));
    if (followed) expect([type, firstDispatch(type)]).toEqual([type, "pending"]);
    if (!CATALOGUE[type].external && !followed) expect([type, firstDispatch(type)]).toEqual([type, "done"]);
  }
});

it("gives each subscriber a name of its own", () => {
  const names = SUBSCRIBERS.map((subscriber) => subscriber.name);
  expect(new Set(names).size).toBe(names.length);
});
