import { expect, test } from "vitest";
import { type Audience, audienceFaults, audienceOf, EVERYBODY, requirementOf } from "./applies-to";

test("conditions come back from their requirement as they were", () => {
  const some: Audience = {
    mode: "any",
    conditions: [
      { kind: "location", value: "US" },
      { kind: "language", value: "en" },
      { kind: "skill", value: "Welding" },
      { kind: "tag", value: "night shift" },
    ],
  };
  expect(audienceOf(requirementOf(some))).toEqual(some);
  expect(requirementOf(EVERYBODY)).toBeNull();
  expect(audienceOf(null)).toEqual(EVERYBODY);
  expect(audienceOf({ kind: "location", country: "US" })).toEqual({
    mode: "all",
    conditions: [{ kind: "location", value: "US" }],
  });
});

test("what conditions can't say is left alone", () => {
  expect(audienceOf({ none: [{ kind: "tag", name: "left" }] })).toBeNull();
  expect(audienceOf({ all: [{ any: [{ kind: "tag", name: "left" }] }] })).toBeNull();
  expect(audienceOf({ all: [{ kind: "language", code: "en", level: "B2" }] })).toBeNull();
  expect(audienceOf({ all: [{ kind: "document", type: "w9" }] })).toBeNull();
});

test("empty conditions are named by their place", () => {
  const audience: Audience = {
    mode: "all",
    conditions: [
      { kind: "location", value: "" },
      { kind: "skill", value: "Welding" },
      { kind: "tag", value: " " },
    ],
  };
  expect([...audienceFaults(audience).keys()]).toEqual([0, 2]);
});
