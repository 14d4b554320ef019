import { expect, test } from "vitest";
import { ProblemError } from "../lib/client";
import { affectedOf, freeSeats, missingOf, payWords, seatsWords, startOf, todayHere } from "./words";

const pay = { amount: 1850, currency: "USD", per: "hour", unitName: null, terms: null } as const;

test("pay reads as one says it", () => {
  expect(payWords(pay)).toBe("$18.50 an hour");
  expect(payWords({ ...pay, amount: 200, per: "unit", unitName: "resolved ticket" })).toBe(
    "$2 per resolved ticket",
  );
  expect(payWords({ ...pay, amount: 500, currency: "JPY" })).toBe("¥500 an hour");
});

test("free seats are never less than none", () => {
  expect(freeSeats({ seats: 3, filled: 5 })).toBe(0);
  expect(freeSeats({ seats: 3, filled: null })).toBe(3);
  expect([seatsWords(1), seatsWords(2)]).toEqual(["1 seat", "2 seats"]);
});

test("who is assigned starts with the campaign, or today where it runs already", () => {
  expect(startOf({ startDate: "2026-12-01" }, "2026-11-20")).toBe("2026-12-01");
  expect(startOf({ startDate: "2026-11-01" }, "2026-11-20")).toBe("2026-11-20");
  expect(todayHere(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
});

test("a refusal's list is read where it is one of that kind", () => {
  const problem = (status: number, more: object) =>
    new ProblemError(
      { type: "", title: "", status, detail: "", requestId: "", ...more } as ProblemError["problem"],
      status,
      null,
    );
  const missing = [{ kind: "skill", state: "missing", text: "Add it.", resolve: null }];
  expect(missingOf(problem(422, { missing }))).toEqual(missing);
  expect(missingOf(problem(422, {}))).toBeNull();
  expect(missingOf(problem(409, { missing }))).toBeNull();
  expect(affectedOf(problem(409, { affected: [] }))).toEqual([]);
  expect(affectedOf(new Error("no"))).toBeNull();
});
