import type { Campaign, CampaignPlace, Pay } from "../../worker/features/campaigns/schema";
import type { Missing } from "../../worker/features/eligibility/schema";
import { money } from "../jobs/money";
import { calendarDay } from "../lib/time";
import type { IconName, Tone } from "../ui";

type PlaceStatus = CampaignPlace["status"];

/** How one's own place is called. */
export const PLACES: Record<PlaceStatus, { tone: Tone; icon?: IconName; word: string }> = {
  applied: { tone: "info", word: "Applied" },
  waitlisted: { tone: "warn", word: "On the waiting list" },
  assigned: { tone: "good", word: "You are in" },
  completed: { tone: "plain", icon: "check-check", word: "Done" },
  rejected: { tone: "plain", icon: "circle-x", word: "Not this time" },
  withdrawn: { tone: "plain", icon: "circle-x", word: "You are out" },
};

/** Places in which something still happens. */
export const isCurrent = ({ status }: Pick<CampaignPlace, "status">) =>
  status === "applied" || status === "waitlisted" || status === "assigned";

/** What is next for somebody in this place, as a sentence. */
export function placeText(
  place: Pick<CampaignPlace, "status" | "startDate">,
  organization: string,
  today: string,
): string {
  const { status, startDate } = place;
  switch (status) {
    case "applied":
      return `${organization} decides next. You hear of it here and by mail.`;
    case "waitlisted":
      return `All seats are taken right now. If one gets free, ${organization} can give it to you.`;
    case "assigned":
      if (!startDate) return `You have a seat. ${organization} tells you when you start.`;
      if (startDate === today) return "You start today.";
      return startDate > today
        ? `You start on ${calendarDay(startDate)}.`
        : `You have been on it since ${calendarDay(startDate)}.`;
    case "completed":
      return "This campaign is behind you. Thank you.";
    case "rejected":
      return `${organization} has chosen others for this one.`;
    case "withdrawn":
      return "You are not part of this one any more.";
  }
}

/** Pay in the reader's own way of writing money: "$25 an hour". */
export function payText({
  amount,
  currency,
  per,
  unitName,
}: Pick<Pay, "amount" | "currency" | "per" | "unitName">): string {
  const sum = money(amount, currency);
  return per === "hour" ? `${sum} an hour` : `${sum} for each ${unitName ?? "unit"}`;
}

/** From when to when. */
export function datesText({ startDate, endDate }: Pick<Campaign, "startDate" | "endDate">): string {
  return endDate ? `${calendarDay(startDate)} to ${calendarDay(endDate)}` : `From ${calendarDay(startDate)}`;
}

/** What stays the same of a missing thing while it goes from missing to pending and so on. */
export function missingKey({ kind, type, step, name, code, country, min, text }: Missing): string {
  const what = type ?? step ?? name ?? code ?? country ?? min;
  return what === undefined && (kind === "any" || kind === "none")
    ? `${kind} ${text}`
    : `${kind} ${what ?? ""}`;
}

/** Whether it waits for the team and not for the agent. */
export function isWithTeam({ state, kind, resolve }: Missing): boolean {
  return state === "pending" || kind === "stage" || (resolve === null && state !== "excluded");
}

/** How many things are left, in words. */
export function leftText(missing: readonly Missing[]): string {
  const mine = missing.filter((one) => !isWithTeam(one)).length;
  const things = (count: number) => (count === 1 ? "one thing" : `${count} things`);
  if (missing.length === 0) return "";
  if (mine === 0) return "Waiting on the team";
  return mine === missing.length
    ? `Still ${things(mine)} to do`
    : `Still ${things(mine)} to do, the rest is with the team`;
}
