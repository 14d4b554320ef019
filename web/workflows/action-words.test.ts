import { describe, expect, it } from "vitest";
import { actionWords, span } from "./action-words";

const names = {
  mails: new Map([["received", "Application received"]]),
  people: new Map([["usr_1", "Rae Cole"]]),
  campaigns: new Map([["camp_1", "Evening support"]]),
};

describe("what an action does, in words", () => {
  it.each([
    [
      "email",
      { template: "received", to: "person", delayMinutes: 0 },
      "Mails the person: Application received",
    ],
    [
      "email",
      { template: "gone", to: "team", delayMinutes: 2880 },
      "Mails the hiring team: gone, after 2 days",
    ],
    ["notification", { to: "team", title: "New: {{name}}" }, "Notifies the hiring team: New: {{name}}"],
    [
      "task",
      { title: "Screen {{name}}", dueInDays: 2 },
      "Task for the recruiter: Screen {{name}}, due in 2 days",
    ],
    [
      "task",
      { title: "Call", assignee: "mover", dueInDays: 0 },
      "Task for whoever moves the person: Call, due the same day",
    ],
    ["task", { title: "Call", assignee: "usr_1" }, "Task for Rae Cole: Call"],
    [
      "task",
      { title: "Call", assignee: "usr_9", dueInDays: 1 },
      "Task for somebody of the team: Call, due the next day",
    ],
    [
      "meeting",
      { durationMinutes: 45, mode: "Phone", title: "First talk" },
      "First talk, 45 minutes by phone: the recruiter arranges it",
    ],
    ["sms", { template: "received" }, "Texts the person: Application received"],
    ["campaign_access", { campaignId: "camp_1" }, "Unlocks Evening support for the person"],
    ["campaign_access", { campaignId: "camp_9" }, "Unlocks a campaign for the person"],
  ] as const)("%s %j", (type, config, words) => {
    expect(actionWords({ type, config }, names)).toBe(words);
  });
});

describe("a span of minutes", () => {
  it.each([
    [1, "1 minute"],
    [90, "90 minutes"],
    [60, "1 hour"],
    [180, "3 hours"],
    [1440, "1 day"],
  ])("%i is said as %s", (minutes, words) => {
    expect(span(minutes)).toBe(words);
  });
});
