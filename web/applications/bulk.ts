import type { BulkResult } from "../../worker/features/applications/schema";
import { BULK_UNDO_SECONDS, type BulkAction } from "../../worker/features/applications/words";
import type { UndoResult } from "../../worker/features/pipelines/schema";
import { errorText, patch, post } from "../lib/client";
import { toast } from "../ui";
import type { Chosen } from "./chosen";
import { announce } from "./last-action";

/** What is to be done, as it is sent; `ids` are added. */
export interface BulkWish {
  action: BulkAction;
  stage?: string;
  reason?: string;
  template?: string;
  tags?: string[];
}

export type BulkLine = BulkResult["results"][number];

const PATH = "/api/applications/bulk";

/** What would become of each person; nothing changes. */
export function previewBulk(wish: BulkWish, chosen: readonly Chosen[]): Promise<BulkResult> {
  return post<BulkResult>(PATH, { ...wish, ids: chosen.map(({ id }) => id), dryRun: true }, { key: false });
}

/** Does it. The same `key` twice does it once. */
export function sendBulk(wish: BulkWish, ids: readonly string[], key: string): Promise<BulkResult> {
  return post<BulkResult>(PATH, { ...wish, ids }, { key });
}

/** Brings people back from the archive, each by itself, and tells how many came. */
export async function bringBack(chosen: readonly Chosen[]): Promise<void> {
  let came = 0;
  let wrong: unknown = null;
  for (const { id } of chosen) {
    try {
      await patch(`/api/applications/${id}`, { archived: false });
      came += 1;
    } catch (error) {
      wrong = error;
    }
  }
  if (came > 0) toast({ text: `${people(came)} back from the archive.`, tone: "good" });
  if (wrong) {
    toast({
      text: `${people(chosen.length - came)} could not be brought back. ${errorText(wrong)}`,
      tone: "warn",
    });
  }
}

/** "1 person", "30 people". */
export function people(count: number): string {
  return count === 1 ? "1 person" : `${count.toLocaleString()} people`;
}

/** What was done, for the message that can take it back. */
export function doneText(wish: BulkWish, count: number, stageName: string | undefined): string {
  const who = people(count);
  const are = count === 1 ? "is" : "are";
  switch (wish.action) {
    case "move":
      return `${who} ${are} in ${stageName ?? "another stage"} now.`;
    case "reject":
      return `${who} rejected.`;
    case "tag":
      return `${who} tagged.`;
    case "email":
      return count === 1 ? "1 mail waits to go out." : `${count.toLocaleString()} mails wait to go out.`;
    case "archive":
      return `${who} archived.`;
  }
}

/** Tells what was done, with the way back for as long as the server keeps it open. */
export function announceBulk(
  text: string,
  result: BulkResult,
  chosen: readonly Chosen[],
  again: () => void,
): void {
  const { batchId, undoUntil } = result;
  if (!batchId || !undoUntil) {
    toast({ text });
    return;
  }
  // A clock that goes wrong here must not promise more time than there is.
  const until = Math.min(Date.parse(undoUntil), Date.now() + BULK_UNDO_SECONDS * 1000);
  announce(text, until, async () => {
    const { results } = await post<UndoResult>(`/api/bulk/${batchId}/undo`, {});
    again();
    const stayed = results.filter(({ ok }) => !ok);
    const back = results.length - stayed.length;
    if (stayed.length === 0) {
      toast({ text: `Taken back: ${people(back)}.`, tone: "good" });
      return;
    }
    const names = stayed.map(({ id, error }) => {
      const who = chosen.find((one) => one.id === id || one.personId === id)?.name ?? "Somebody";
      return `${who}: ${error ?? "changed since."}`;
    });
    const shown = names.slice(0, 3).join(" ");
    const rest = names.length > 3 ? ` And ${people(names.length - 3)} more.` : "";
    const stay = stayed.length === 1 ? "stays as they are" : "stay as they are";
    toast({
      text: `Taken back: ${people(back)}. ${people(stayed.length)} ${stay}. ${shown}${rest}`,
      tone: "warn",
      seconds: 0,
    });
  });
}
