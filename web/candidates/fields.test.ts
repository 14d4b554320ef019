import { describe, expect, test } from "vitest";
import type { Candidate } from "../../worker/features/candidates/schema";
import { changeOf, fieldsOf, rowTroubles, troublesOf } from "./fields";

const ada: Candidate = {
  id: "cand_1",
  name: "Ada Able",
  firstName: "Ada",
  lastName: "Able",
  email: "ada@example.test",
  phone: null,
  address: null,
  city: "Oslo",
  country: null,
  linkedinUrl: null,
  portfolioUrl: null,
  links: [],
  currentRole: "Engineer",
  currentCompany: null,
  summary: null,
  coverLetter: null,
  skills: ["Go", "SQL"],
  languages: [],
  certifications: [],
  experienceYears: 4.5,
  experience: [
    { title: "Engineer", company: "Acme", location: null, start: "2020-01", end: null, description: "" },
  ],
  education: [],
  source: null,
  tags: [],
  status: "NEW",
  cvDocumentId: null,
  userId: null,
  selectedAt: null,
  version: 3,
  createdBy: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
};

describe("a profile as a form", () => {
  const before = fieldsOf(ada);

  test("nothing is sent where nothing changed", () => {
    expect(changeOf(before, { ...before })).toEqual({});
  });

  test("only what changed is sent: an emptied text as null, lists without blank lines, years as a number", () => {
    const values = { ...before, city: " ", skills: "Go\n\nRust", experienceYears: "5,5", lastName: "" };
    expect(changeOf(before, values)).toEqual({
      city: null,
      skills: ["Go", "Rust"],
      experienceYears: 5.5,
      lastName: "",
    });
  });

  test("a part that was left blank is not sent, and an end that isn't known is null", () => {
    const rows = JSON.parse(before.experience);
    const blank = { title: " ", company: "", location: "", start: "", end: "", description: "" };
    const values = { ...before, experience: JSON.stringify([{ ...rows[0], company: "Beta" }, blank]) };
    expect(changeOf(before, values)).toEqual({
      experience: [
        { title: "Engineer", company: "Beta", location: null, start: "2020-01", end: null, description: "" },
      ],
    });
  });

  test("troubles stand at their fields", () => {
    expect(troublesOf(before)).toEqual({});
    const bad = { ...before, firstName: "", email: "ada", experienceYears: "many" };
    expect(Object.keys(troublesOf(bad))).toEqual(["firstName", "email", "experienceYears"]);
    expect(rowTroubles({ title: "", start: "May", end: "" }, "title", "Write it.")).toEqual({
      title: "Write it.",
      start: "Write a year, a month or a day: 2024, 2024-05 or 2024-05-31.",
    });
    expect(rowTroubles({ title: "x", start: "2024-05", end: "2023" }, "title", "")).toHaveProperty("end");
    expect(rowTroubles({ title: "x", start: "2024-05", end: "2024" }, "title", "")).toEqual({});
  });
});
