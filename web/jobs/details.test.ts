import { expect, it } from "vitest";
import { bodyOf, changeOf, type Details, detailFaults, NEW_DETAILS } from "./details";

const job: Details = { ...NEW_DETAILS, clientId: "cli_1", title: " Analyst " };

it("a job is sent as the API wants it", () => {
  expect(bodyOf(job)).toMatchObject({ title: "Analyst", openings: 1, salaryMin: null, salaryCurrency: null });
  expect(
    bodyOf({ ...job, salaryMin: "65,000", requiredSkills: "SQL\nC++", startDate: "2027-01-04" }),
  ).toMatchObject({
    salaryMin: 6_500_000,
    salaryCurrency: "USD",
    requiredSkills: ["SQL", "C++"],
    startDate: "2027-01-04",
  });
});

it("only what was changed is sent", () => {
  expect(changeOf({ ...job, title: "Analyst", location: "Leeds" }, job)).toEqual({ location: "Leeds" });
  const paid = { ...job, salaryMin: "100" };
  expect(changeOf({ ...paid, salaryCurrency: "JPY" }, paid)).toEqual({
    salaryMin: 100,
    salaryCurrency: "JPY",
  });
});

it("what can't be meant is said before it is sent", () => {
  expect(detailFaults(job)).toEqual({});
  expect(Object.keys(detailFaults(NEW_DETAILS))).toEqual(["clientId", "title"]);
  const wrong = { openings: "0", experienceMin: "5", experienceMax: "3", salaryMin: "lots", salaryMax: "1" };
  expect(Object.keys(detailFaults({ ...job, ...wrong })).sort()).toEqual([
    "experienceMax",
    "openings",
    "salaryMin",
  ]);
});
