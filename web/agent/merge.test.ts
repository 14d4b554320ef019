import { expect, it } from "vitest";
import { changesOf, mergeChanges } from "./merge";

const base = { city: "Austin", phone: "1", headline: "" };

it("keeps my changes and takes those of others in other fields", () => {
  const merged = mergeChanges(base, { ...base, city: "Ghent" }, { ...base, headline: "New" });
  expect(merged).toEqual({ values: { city: "Ghent", phone: "1", headline: "New" }, clashes: [] });
});

it("keeps mine and names the field when both changed it", () => {
  const merged = mergeChanges(base, { ...base, city: "Ghent" }, { ...base, city: "Bruges" });
  expect(merged.values.city).toBe("Ghent");
  expect(merged.clashes).toEqual(["city"]);
});

it("sees no clash where both wrote the same", () => {
  const same = { ...base, city: "Ghent" };
  expect(mergeChanges(base, same, same).clashes).toEqual([]);
});

it("sends only what differs", () => {
  expect(changesOf(base, { ...base, phone: "2" })).toEqual({ phone: "2" });
});
