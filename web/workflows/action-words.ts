import type { ActionType } from "../../worker/features/pipelines/words";
import type { StageAction } from "../../worker/features/workflows/schema";
import { lowerFirst } from "../lib/lower-first";
import type { IconName } from "../ui";

export const ACTION_ICONS: Record<ActionType, IconName> = {
  email: "mail",
  sms: "smartphone",
  notification: "bell",
  task: "list-todo",
  meeting: "calendar-clock",
  campaign_access: "key-round",
};

/** The types that one adds here, as they are chosen. */
export const ADDABLE = [
  { type: "email", label: "Mail" },
  { type: "notification", label: "Notification" },
  { type: "task", label: "Task" },
  { type: "meeting", label: "Meeting to arrange" },
  { type: "campaign_access", label: "Access to a campaign" },
] as const satisfies readonly { type: ActionType; label: string }[];
export type AddableType = (typeof ADDABLE)[number]["type"];

export const RECIPIENTS = [
  { value: "person", label: "The person" },
  { value: "team", label: "The hiring team" },
  { value: "hiring_manager", label: "The hiring manager" },
] as const;

export const ASSIGNEE_LABELS: Record<string, string> = {
  recruiter: "The recruiter",
  hiring_manager: "The hiring manager",
  mover: "Whoever moves the person",
};

/** Names of what actions refer to by key or id. */
export interface Names {
  /** Mail templates by key. */
  mails: ReadonlyMap<string, string>;
  /** People of the team by id. */
  people: ReadonlyMap<string, string>;
  /** Campaigns by id; only where a stage can unlock one. */
  campaigns?: ReadonlyMap<string, string>;
}

const recipient = (to: unknown) =>
  lowerFirst(RECIPIENTS.find(({ value }) => value === to)?.label ?? "The person");
const assignee = (who: unknown, names: Names) =>
  typeof who !== "string" || who === ""
    ? "the recruiter"
    : ASSIGNEE_LABELS[who]
      ? lowerFirst(ASSIGNEE_LABELS[who])
      : (names.people.get(who) ?? "somebody of the team");

/** Minutes as one says them: `90 minutes`, `2 hours`, `3 days`. */
export function span(minutes: number): string {
  const say = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`;
  if (minutes % (24 * 60) === 0) return say(minutes / (24 * 60), "day");
  if (minutes % 60 === 0) return say(minutes / 60, "hour");
  return say(minutes, "minute");
}

/** When a task is due, counted from the move. */
export function dueWords(days: number): string {
  if (days === 0) return "due the same day";
  return days === 1 ? "due the next day" : `due in ${days} days`;
}

const HOW: Record<string, string> = { Video: "by video", Phone: "by phone", Onsite: "on site" };

/** What an action does, as a sentence without its full stop: `Mails the person: Application received`. */
export function actionWords({ type, config }: Pick<StageAction, "type" | "config">, names: Names): string {
  const text = (key: string) => (typeof config[key] === "string" ? (config[key] as string) : "");
  const number = (key: string) => (typeof config[key] === "number" ? (config[key] as number) : undefined);
  switch (type) {
    case "email": {
      const delay = number("delayMinutes");
      const after = delay ? `, after ${span(delay)}` : "";
      return `Mails ${recipient(config.to)}: ${names.mails.get(text("template")) ?? text("template")}${after}`;
    }
    case "sms":
      return `Texts the person: ${names.mails.get(text("template")) ?? text("template")}`;
    case "notification":
      return `Notifies ${recipient(config.to)}: ${text("title")}`;
    case "task": {
      const days = number("dueInDays");
      const due = days === undefined ? "" : `, ${dueWords(days)}`;
      return `Task for ${assignee(config.assignee, names)}: ${text("title")}${due}`;
    }
    case "meeting": {
      const what = text("title") || "A meeting";
      const how = HOW[text("mode")] ?? "by video";
      return `${what}, ${span(number("durationMinutes") ?? 30)} ${how}: ${assignee(config.assignee, names)} arranges it`;
    }
    case "campaign_access":
      return `Unlocks ${names.campaigns?.get(text("campaignId")) ?? "a campaign"} for the person`;
  }
}
