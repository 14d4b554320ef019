import { expect, it } from "vitest";
import { chosenEvents, NO_FIELDS, readHeaders, toChange, toNew, troubles } from "./endpoint-fields";

const good = { ...NO_FIELDS, url: "https://example.com/hooks" };

it("reads headers a line each, and a value may hold colons", () => {
  expect(readHeaders("Authorization: Bearer a:b\n\n x-team :  blue ")).toEqual({
    Authorization: "Bearer a:b",
    "x-team": "blue",
  });
  expect(readHeaders("")).toEqual({});
  for (const wrong of ["no colon", ": nameless", "two words: x", "ünicode: x"])
    expect(readHeaders(wrong)).toBeNull();
});

it("says what is wrong before the form is sent, and nothing of what is well", () => {
  expect(troubles(good)).toEqual({});
  expect(troubles({ ...good, every: false, events: "job.posted", ratePerSecond: " 5 " })).toEqual({});
  const wrong = { ...good, url: "example.com", every: false, ratePerSecond: "0", headers: "nonsense" };
  expect(Object.keys(troubles(wrong)).sort()).toEqual(["events", "headers", "ratePerSecond", "url"]);
  for (const ratePerSecond of ["1001", "1.5", "-1", "ten"])
    expect(troubles({ ...good, ratePerSecond })).toHaveProperty("ratePerSecond");
});

it("makes an endpoint of what the form holds", () => {
  expect(toNew({ ...good, inOrder: true, ratePerSecond: "5", headers: "X-Team: blue" })).toEqual({
    url: "https://example.com/hooks",
    description: null,
    events: ["*"],
    ordering: "entity",
    ratePerSecond: 5,
    headers: { "X-Team": "blue" },
  });
  expect(chosenEvents({ events: "" })).toEqual([]);
});

it("sends what was changed and nothing else; headers only where new ones are asked for", () => {
  expect(toChange(good, good)).toEqual({});
  expect(toChange({ ...good, url: "https://example.com/new" }, good)).toEqual({
    url: "https://example.com/new",
  });
  expect(toChange({ ...good, headers: "X-A: 1" }, good)).toEqual({});
  expect(toChange({ ...good, newHeaders: true }, good)).toEqual({ headers: {} });
  expect(toChange({ ...good, every: false, events: "job.posted" }, good)).toEqual({ events: ["job.posted"] });
  expect(toChange(good, { ...good, ratePerSecond: "5", description: "Old" })).toEqual({
    ratePerSecond: null,
    description: null,
  });
});
