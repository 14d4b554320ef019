import { expect, it } from "vitest";
import { changeOf, said } from "./profile-fields";

it("sends lists as lists, numbers as numbers, and what was emptied as nothing", () => {
  expect(
    changeOf({
      firstName: " Kim ",
      phone: " ",
      skills: "Sales\n\nFrench",
      experienceYears: "2,5",
      experience: '[{"title":"Agent"}]',
    }),
  ).toEqual({
    firstName: "Kim",
    phone: null,
    skills: ["Sales", "French"],
    experienceYears: 2.5,
    experience: [{ title: "Agent" }],
  });
  expect(changeOf({ experienceYears: "" })).toEqual({ experienceYears: null });
});

it("says what stands in a field", () => {
  expect(said("skills", "Sales\nFrench")).toBe("Sales, French");
  expect(said("education", '[{"school":"Oslo"},{"school":"Bergen"}]')).toBe("Oslo, Bergen");
});
