import type { Pages } from "../lib/pages";
import { Button } from "../ui";

/** Gives the keys to the table, which walks by itself once it has them. */
export function focusTable(): boolean {
  const row = document.querySelector<HTMLElement>('.table-row[tabindex="0"]');
  if (!row || row.parentElement?.contains(document.activeElement)) return false;
  row.focus();
  return true;
}

/** The keys that walk a table. */
export const WALK_KEYS = [
  { key: "j", label: "Next row", run: focusTable },
  { key: "k", label: "Row before", run: focusTable },
];

/** What stands under a list: how much is shown, and how to see more or what is new. */
export function ListFoot({
  pages,
}: {
  pages: Pick<Pages<unknown>, "hasMore" | "busy" | "more" | "outdated" | "restart" | "rows">;
}) {
  return (
    <div class="row list-foot">
      <span class="quiet num" role="status">
        {pages.rows.length} shown
      </span>
      {pages.hasMore && (
        <Button size="s" busy={pages.busy} onClick={() => void pages.more()}>
          Show more
        </Button>
      )}
      {pages.outdated && (
        <Button size="s" icon="refresh-cw" onClick={pages.restart}>
          Something changed: show from the start
        </Button>
      )}
    </div>
  );
}
