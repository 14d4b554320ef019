import { describe, expect, it } from "vitest";
import { decimals, money, toMajor, toMinor } from "./money";

describe("amounts of money", () => {
  it("are minor units on the wire, by the currency's own decimal places", () => {
    expect(toMinor("65000", "EUR")).toBe(6_500_000);
    expect(toMinor("65,000.5", "EUR")).toBe(6_500_050);
    expect(toMinor("65 000", "JPY")).toBe(65_000);
    expect(toMinor("1.234", "KWD")).toBe(1234);
    expect(toMinor("", "EUR")).toBeNull();
    expect(decimals("nonsense")).toBe(2);
  });

  it("are refused where they can't be meant", () => {
    for (const text of ["65k", "6,5", "1.234", "-5", "99999999999999999999"]) {
      expect(toMinor(text, "EUR")).toBeNaN();
    }
    expect(toMinor("1.5", "JPY")).toBeNaN();
  });

  it("come back as they were typed", () => {
    for (const [minor, currency] of [
      [6_500_000, "EUR"],
      [5, "EUR"],
      [1050, "USD"],
      [70_000, "JPY"],
    ] as const) {
      expect(toMinor(toMajor(minor, currency), currency)).toBe(minor);
    }
    expect(toMajor(null, "EUR")).toBe("");
    expect(toMajor(6_500_000, "EUR")).toBe("65000");
    expect(money(6_500_000, "USD")).toContain("65,000");
  });
});
