import { NewStage } from "./schema";

/** Document 004's workflow, with what each stage does when somebody enters it. */
export const DEFAULT_WORKFLOW: NewStage[] = NewStage.array().parse([
  {
    key: "application-received",
    name: "Application Received",
    actions: [
      { type: "email", template: "application_received", to: "person" },
      { type: "notification", to: "team", title: "{{name}} applied for {{job}}" },
    ],
  },
  {
    key: "initial-screening",
    name: "Initial Screening",
    actions: [{ type: "task", title: "Screen {{name}}", assignee: "recruiter", dueInDays: 2 }],
  },
  {
    key: "phone-screen",
    name: "Phone Screen",
    actions: [{ type: "meeting", durationMinutes: 30, mode: "Phone", assignee: "recruiter" }],
  },
  {
    key: "technical-interview",
    name: "Technical Interview",
    sharesWithClient: true,
    actions: [
      {
        type: "task",
        title: "Prepare the technical assessment of {{name}}",
        assignee: "recruiter",
        dueInDays: 2,
      },
    ],
  },
  {
    key: "final-interview",
    name: "Final Interview",
    sharesWithClient: true,
    actions: [{ type: "meeting", durationMinutes: 60, mode: "Video", assignee: "hiring_manager" }],
  },
  {
    key: "reference-check",
    name: "Reference Check",
    actions: [
      { type: "task", title: "Check the references of {{name}}", assignee: "recruiter", dueInDays: 3 },
    ],
  },
  {
    key: "offer-made",
    name: "Offer Made",
    actions: [
      { type: "email", template: "offer_made", to: "person" },
      { type: "task", title: "Follow up on the offer to {{name}}", assignee: "recruiter", dueInDays: 3 },
    ],
  },
  {
    key: "hired",
    name: "Hired",
    kind: "hired",
    actions: [
      { type: "email", template: "hired_welcome", to: "person" },
      { type: "notification", to: "team", title: "{{name}} is hired as {{job}}" },
    ],
  },
  {
    key: "rejected",
    name: "Rejected",
    kind: "rejected",
    actions: [{ type: "email", template: "application_rejected", to: "person" }],
  },
  {
    key: "withdrawn",
    name: "Withdrawn",
    kind: "withdrawn",
    actions: [{ type: "email", template: "application_withdrawn", to: "person" }],
  },
]);

/** What it is called in a new organization. */
export const DEFAULT_WORKFLOW_NAME = "Standard hiring";
