import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clockIn, dayIn, momentIn, workingDays } from "./zone";

const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "America/St_Johns",
  "UTC",
];

describe("a time of a zone", () => {
  it("is the moment that its clocks show, on both sides of a change of the clocks", () => {
    const at = (day: string, clock: string, zone: string) =>
      new Date(momentIn(day, clock, zone)).toISOString();
    expect(at("2026-10-24", "10:00", "Europe/Berlin")).toBe("2026-10-24T08:00:00.000Z");
    expect(at("2026-10-26", "10:00", "Europe/Berlin")).toBe("2026-10-26T09:00:00.000Z");
    expect(at("2026-03-27", "10:00", "America/New_York")).toBe("2026-03-27T14:00:00.000Z");
    expect(at("2026-06-01", "09:30", "Asia/Kolkata")).toBe("2026-06-01T04:00:00.000Z");
  });

  it("that is left out comes later, and of one that comes twice it is the first", () => {
    expect(clockIn(momentIn("2026-03-29", "02:30", "Europe/Berlin"), "Europe/Berlin")).toBe("03:30");
    expect(new Date(momentIn("2026-10-25", "02:30", "Europe/Berlin")).toISOString()).toBe(
      "2026-10-25T00:30:00.000Z",
    );
  });

  it("comes back from the moment, whatever the zone", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) }),
        fc.constantFrom(...ZONES),
        (some, zone) => {
          const at = some - (some % 60_000);
          const found = momentIn(dayIn(at, zone), clockIn(at, zone), zone);
          // One of the two that show the same where clocks go back.
          expect([dayIn(found, zone), clockIn(found, zone)]).toEqual([dayIn(at, zone), clockIn(at, zone)]);
          expect(found).toBeLessThanOrEqual(at);
          expect(at - found).toBeLessThanOrEqual(3_600_000);
        },
      ),
      { numRuns: 500 },
    );
  });
});

it("working days leave the weekend out", () => {
  expect(workingDays("2026-11-27", 3)).toEqual(["2026-11-27", "2026-11-30", "2026-12-01"]);
});
