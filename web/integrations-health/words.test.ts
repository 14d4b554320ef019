import { expect, test } from "vitest";
import type { HealthLine } from "../../worker/features/webhooks/schema";
import { grouped } from "./charts";
import { hoursOf, percent, sorted, sparkWords, stateOf, verdict } from "./words";

const hour = (n: number, delivered: number, failed: number) => ({
  hour: new Date(Date.UTC(2026, 2, 1, n)).toISOString(),
  delivered,
  failed,
});

const line = (over: Partial<HealthLine>): HealthLine => ({
  id: "whe_1",
  direction: "outgoing",
  name: "https://a.example.com/hooks",
  status: "enabled",
  circuit: "closed",
  successRate: 1,
  latency: null,
  backlog: 0,
  counts: {},
  lastError: null,
  lastErrorAt: null,
  lastSuccessAt: null,
  hours: [hour(0, 3, 0), hour(1, 1, 2)],
  ...over,
});

test("a share says 100 only where nothing failed, and never rounds up to it", () => {
  expect([null, 1, 0.9999, 0.995, 0.5, 0, 2 / 3].map(percent)).toEqual([
    "–",
    "100 %",
    "99.9 %",
    "99.5 %",
    "50 %",
    "0 %",
    "66.6 %",
  ]);
});

test("hours put together lose nothing", () => {
  const hours = Array.from({ length: 168 }, (_, n) => hour(n, n, 1));
  const groups = grouped(hours, 56);
  expect(groups).toHaveLength(56);
  const sum = (all: typeof hours) => all.reduce((total, { delivered }) => total + delivered, 0);
  expect(sum(groups)).toBe(sum(hours));
  expect(groups.reduce((total, { failed }) => total + failed, 0)).toBe(168);
  expect(grouped(hours.slice(0, 24), 56)).toHaveLength(24);
  expect(grouped([], 56)).toEqual([]);
});

test("what needs somebody comes first, and the verdict names it", () => {
  const good = line({ id: "whe_good" });
  const open = line({ id: "whe_open", name: "https://z.example.com", circuit: "open" });
  const off = line({ id: "whe_off", status: "disabled", circuit: "open" });
  const failing = line({
    id: "src_1",
    direction: "incoming",
    name: "Portal",
    circuit: null,
    lastError: "No such job",
    lastErrorAt: "2026-03-01T02:00:00.000Z",
    lastSuccessAt: "2026-03-01T01:00:00.000Z",
  });
  expect(sorted([off, good, open]).map(({ id }) => id)).toEqual(["whe_open", "whe_good", "whe_off"]);
  expect(stateOf(off).label).toBe("Off");
  expect(stateOf(failing).tone).toBe("bad");
  expect(stateOf({ ...failing, lastSuccessAt: "2026-03-01T03:00:00.000Z" }).tone).toBe("good");
  const of = (lines: HealthLine[]) => verdict({ lines } as Parameters<typeof verdict>[0]);
  expect(of([good])).toEqual({ tone: "good", text: "It works." });
  expect(of([good, off, open])).toEqual({
    tone: "bad",
    first: open,
    text: "z.example.com needs a look; the other one works.",
  });
  expect(of([open])).toEqual({ tone: "bad", first: open, text: "z.example.com needs a look." });
  expect(of([good, open, failing]).text).toBe("2 of 3 need a look.");
  expect(of([off]).text).toBe("Everything is turned off.");
});

test("pictures have their words, and a direction adds its lines up", () => {
  expect(sparkWords(line({}))).toBe("a.example.com/hooks: 4 got through and 2 failed.");
  expect(sparkWords(line({ hours: [hour(0, 0, 0)] }))).toContain("nothing was tried");
  const sums = hoursOf([line({}), line({}), line({ direction: "incoming" })], "outgoing");
  expect(sums.map(({ delivered, failed }) => [delivered, failed])).toEqual([
    [6, 0],
    [2, 4],
  ]);
});
