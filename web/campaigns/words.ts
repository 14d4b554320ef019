import type { Campaign, Pay } from "../../worker/features/campaigns/schema";
import type { CampaignStage, CampaignStatus } from "../../worker/features/campaigns/words";
import type { Missing } from "../../worker/features/eligibility/schema";
import { money } from "../jobs/money";
import type { StatusLook } from "../jobs/words";
import { ProblemError } from "../lib/client";
import { calendarDay } from "../lib/time";

/** How each status of a campaign is shown. */
export const STATUS_LOOKS: Record<CampaignStatus, StatusLook> = {
  draft: { word: "Draft", tone: "plain" },
  open: { word: "Open", tone: "good", icon: "circle-dot" },
  closed: { word: "Closed", tone: "plain", icon: "circle-x" },
};

export const STATUS_CHOICES: readonly { value: CampaignStatus; label: string }[] = [
  { value: "draft", label: "Draft: only the team sees it" },
  { value: "open", label: "Open: agents see it and apply" },
  { value: "closed", label: "Closed: nobody applies any more" },
];

/** What brings a campaign into another status. */
export const STATUS_STEPS: Record<CampaignStatus, string> = {
  draft: "Back to a draft",
  open: "Open the campaign",
  closed: "Close the campaign",
};

/** Said when a campaign's status has changed. */
export const STATUS_SAID: Record<CampaignStatus, string> = {
  draft: "is a draft. Only the team sees it.",
  open: "is open now.",
  closed: "is closed. Whoever is assigned stays so.",
};

export const STAGE_WORDS: Record<CampaignStage, string> = {
  applied: "Applied",
  waitlisted: "Waiting list",
  assigned: "Assigned",
  completed: "Completed",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
};

/** When a campaign runs. */
export function datesWords({ startDate, endDate }: Pick<Campaign, "startDate" | "endDate">): string {
  return endDate ? `${calendarDay(startDate)} – ${calendarDay(endDate)}` : `from ${calendarDay(startDate)}`;
}

/** What is paid, like "$18.50 an hour". */
export function payWords({ amount, currency, per, unitName }: Pay): string {
  const what = per === "hour" ? "hour" : (unitName ?? "unit");
  return `${money(amount, currency)} ${per === "hour" ? "an hour" : `per ${what}`}`;
}

/** Seats that are free; never less than none. */
export const freeSeats = ({ seats, filled }: Pick<Campaign, "seats" | "filled">): number =>
  Math.max(0, seats - (filled ?? 0));

/** "1 seat", "3 seats". */
export const seatsWords = (count: number): string =>
  count === 1 ? "1 seat" : `${count.toLocaleString()} seats`;

/** The day on which somebody assigned now starts: the campaign's first day, or today where it runs already. */
export function startOf({ startDate }: Pick<Campaign, "startDate">, today: string): string {
  return startDate > today ? startDate : today;
}

/** Today's date here, as forms and the API write it. */
export function todayHere(now = new Date()): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Somebody who is assigned and would no longer meet what is asked. */
export interface Affected {
  agentId: string;
  name: string;
  missing: Missing[];
}

const listOf = <T>(error: unknown, status: number, name: string): T[] | null => {
  if (!(error instanceof ProblemError) || error.status !== status) return null;
  const list = (error.problem as unknown as Record<string, unknown>)[name];
  return Array.isArray(list) ? (list as T[]) : null;
};

/** Whom a change would leave without what it asks; null where that is not why it was refused. */
export const affectedOf = (error: unknown) => listOf<Affected>(error, 409, "affected");

/** What somebody lacks who was to be assigned; null where that is not why it was refused. */
export const missingOf = (error: unknown) => listOf<Missing>(error, 422, "missing");
