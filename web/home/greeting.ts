import type { MyDay } from "../../worker/features/dashboard/schema";
import { COUNT_TO } from "../../worker/features/dashboard/words";
import type { Task } from "../../worker/features/tasks/schema";

/** What one says at this time of the reader's day. */
export function greeting(at: number): string {
  const hour = new Date(at).getHours();
  if (hour < 5) return "Good night";
  if (hour < 12) return "Good morning";
  return hour < 18 ? "Good afternoon" : "Good evening";
}

/** A number as it is shown: those that aren't kept are counted only so far. */
export function shown(count: number): string {
  return count >= COUNT_TO ? `${COUNT_TO.toLocaleString("en")}+` : count.toLocaleString("en");
}

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** The day in one sentence; what there is none of is left out. */
export function sentence(day: Pick<MyDay, "counts">, open: readonly Pick<Task, "overdue">[]): string {
  const overdue = open.filter((task) => task.overdue).length;
  const { newApplications, documentsToReview, overdueAnswers } = day.counts;
  const say = (count: number, one: string, many: string) =>
    count === 0 ? "" : `${shown(count)} ${count === 1 ? one : many}`;
  const parts = [
    say(overdue, "overdue task", "overdue tasks"),
    say(overdueAnswers, "answer overdue", "answers overdue"),
    say(newApplications, "new application", "new applications"),
    say(documentsToReview, "document to review", "documents to review"),
  ].filter(Boolean);
  return parts.length > 0 ? `${list.format(parts)}.` : "Nothing is overdue, and nobody new waits for you.";
}
