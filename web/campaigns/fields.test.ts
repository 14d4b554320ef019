import { expect, test } from "vitest";
import type { Campaign } from "../../worker/features/campaigns/schema";
import { bodyOf, changeOf, type Fields, fieldFaults, fieldOf, fieldsOf, newFields } from "./fields";

const fields = (change: Partial<Fields> = {}): Fields => ({
  ...newFields("2026-12-01"),
  name: "Evening support",
  ...change,
});
const body = (change: Partial<Fields> = {}) => bodyOf(fields(change), { all: [] });

test("what is new is whole, once it has a name", () => {
  expect(fieldFaults(newFields("2026-12-01"))).toEqual({ name: "Write the name." });
  expect(body()).toEqual({
    name: "Evening support",
    clientId: null,
    brief: null,
    schedule: null,
    pay: null,
    seats: 10,
    startDate: "2026-12-01",
    endDate: null,
    access: "open",
    status: "draft",
    requirements: { all: [] },
  });
});

test.each([
  ["18.50", "USD", 1850],
  ["1,200", "JPY", 1200],
  ["0.125", "BHD", 125],
  ["0", "EUR", 0],
])("%s %s is %i in minor units, and is typed the same again", (payAmount, payCurrency, amount) => {
  const { pay } = body({ payAmount, payCurrency });
  expect(pay).toMatchObject({ amount, currency: payCurrency, per: "hour", unitName: null });
  const stored = fieldsOf({ ...body(), pay } as Campaign);
  expect(body({ ...stored }).pay).toEqual(pay);
});

test.each<[Partial<Fields>, Partial<Record<keyof Fields, string>>]>([
  [{ payAmount: "18.505" }, { payAmount: "Write an amount like 18.50." }],
  [{ payAmount: "lots" }, { payAmount: "Write an amount like 18.50." }],
  [{ payTerms: "Weekly." }, { payAmount: "Write the amount, or 0 where nothing is paid." }],
  [{ payAmount: "2", payPer: "unit" }, { payUnitName: "Say what a unit is, like resolved ticket." }],
  [{ seats: "0" }, { seats: "Write a number from 1 to 100,000." }],
  [{ seats: "ten" }, { seats: "Write a number from 1 to 100,000." }],
  [{ startDate: "" }, { startDate: "Choose the day on which it starts." }],
  [{ endDate: "2026-11-30" }, { endDate: "The end can’t be before the start." }],
  [{ endDate: "2026-12-01", payAmount: "2", payPer: "unit", payUnitName: "ticket" }, {}],
])("%o has the faults %o", (change, faults) => {
  expect(fieldFaults(fields(change))).toEqual(faults);
});

test("only what differs is sent", () => {
  const before = body({ payAmount: "18" });
  expect(changeOf(body({ payAmount: "18.00" }), before)).toEqual({});
  expect(changeOf(body({ payAmount: "19", seats: "4" }), before)).toEqual({
    seats: 4,
    pay: { amount: 1900, currency: "USD", per: "hour", unitName: null, terms: null },
  });
});

test("a refusal's path is the form's field", () => {
  expect([fieldOf("pay.amount"), fieldOf("seats")]).toEqual(["payAmount", "seats"]);
});
