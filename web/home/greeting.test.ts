import { describe, expect, it } from "vitest";
import { greeting, sentence, shown } from "./greeting";

const counts = {
  tasks: 0,
  overdueTasks: 0,
  newApplications: 0,
  mentions: 0,
  documentsToReview: 0,
  overdueAnswers: 0,
  applicationsToCheck: 0,
};

describe("the greeting", () => {
  it.each([
    [4, "Good night"],
    [5, "Good morning"],
    [12, "Good afternoon"],
    [18, "Good evening"],
  ])("at %i o'clock is %s", (hour, words) => {
    expect(greeting(new Date(2026, 2, 4, hour).getTime())).toBe(words);
  });
});

describe("the day in a sentence", () => {
  it("says what there is", () => {
    const day = { counts: { ...counts, newApplications: 5, documentsToReview: 1 } };
    expect(sentence(day, [{ overdue: true }, { overdue: false }])).toBe(
      "1 overdue task, 5 new applications, and 1 document to review.",
    );
  });

  it("says that there is nothing", () => {
    expect(sentence({ counts }, [{ overdue: false }])).toBe(
      "Nothing is overdue, and nobody new waits for you.",
    );
  });
});

it("shows a number that was counted only so far as such", () => {
  expect([shown(1999), shown(2000)]).toEqual(["1,999", "2,000+"]);
});
