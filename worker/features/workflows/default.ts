import { NewStage } from "./schema";

/** Document 004's workflow, with what each stage does when somebody enters it. */
export const DEFAULT_WORKFLOW: NewStage[] = NewStage.array().parse([
  {
    key: "application-received",
    name: "Application Received",
    publicName: "Received",
    publicNext: "Somebody of our team reads your application.",
    actions: [
      { type: "email", template: "application_received", to: "person" },
      { type: "notification", to: "team", title: "{{name}} applied for {{job}}" },
    ],
  },
  {
    key: "initial-screening",
    name: "Initial Screening",
    publicName: "Being read",
    publicNext: "We read what you sent, and decide whether we would like to talk with you.",
    actions: [{ type: "task", title: "Screen {{name}}", assignee: "recruiter", dueInDays: 2 }],
  },
  {
    key: "phone-screen",
    name: "Phone Screen",
    publicName: "First talk",
    publicNext: "Somebody calls you, or writes to you to find a time for a short talk.",
    actions: [{ type: "meeting", durationMinutes: 30, mode: "Phone", assignee: "recruiter" }],
  },
  {
    key: "technical-interview",
    name: "Technical Interview",
    publicName: "Interview",
    publicNext: "We meet, to see how we would work together. You get the times to choose from.",
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
    publicName: "Final interview",
    publicNext: "You meet those with whom you would work. After that we decide.",
    sharesWithClient: true,
    actions: [{ type: "meeting", durationMinutes: 60, mode: "Video", assignee: "hiring_manager" }],
  },
  {
    key: "reference-check",
    name: "Reference Check",
    publicName: "Last checks",
    publicNext: "We talk with the people whom you named, and come back to you.",
    actions: [
      { type: "task", title: "Check the references of {{name}}", assignee: "recruiter", dueInDays: 3 },
    ],
  },
  {
    key: "offer-made",
    name: "Offer Made",
    publicName: "Offer",
    publicNext: "You have an offer from us. Take your time, and ask whatever you want to know.",
    actions: [
      { type: "email", template: "offer_made", to: "person" },
      { type: "task", title: "Follow up on the offer to {{name}}", assignee: "recruiter", dueInDays: 3 },
    ],
  },
  {
    key: "hired",
    name: "Hired",
    kind: "hired",
    publicName: "Hired",
    publicNext: "We write to you about your first days.",
    actions: [
      { type: "email", template: "hired_welcome", to: "person" },
      { type: "notification", to: "team", title: "{{name}} is hired as {{job}}" },
    ],
  },
  {
    key: "rejected",
    name: "Rejected",
    kind: "rejected",
    publicName: "Not going on",
    actions: [{ type: "email", template: "application_rejected", to: "person" }],
  },
  {
    key: "withdrawn",
    name: "Withdrawn",
    kind: "withdrawn",
    publicName: "Withdrawn",
    actions: [{ type: "email", template: "application_withdrawn", to: "person" }],
  },
]);

/** What it is called in a new organization. */
export const DEFAULT_WORKFLOW_NAME = "Standard hiring";
