import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { Icon } from "./Icon";

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ComponentChildren;
  /** Its head is a button that sorts. */
  sortable?: boolean;
  align?: "start" | "end";
  width?: string;
  /** Left out on narrow screens, where the row's page says it. */
  wide?: boolean;
}

export interface Sort {
  key: string;
  descending: boolean;
}

export interface TableProps<Row> {
  /** What the table holds, for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** What a row is called where it is selected or opened. */
  rowName: (row: Row) => string;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: Set<string>) => void;
  /** Enter or a click on a row. */
  onOpen?: (row: Row) => void;
}

/**
 * A list in columns: sticky head, sorting, selection; `j k` or arrows walk, Enter opens, `x` selects,
 * and Shift with a click selects everything in between.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, columns, rows, rowKey, rowName, sort, onSort, selected, onSelect, onOpen } = props;
  const [current, setCurrent] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);
  const walks = Boolean(onOpen || onSelect);
  const here = Math.min(current, Math.max(rows.length - 1, 0));

  const anchor = useRef<string | null>(null);

  const toggle = (key: string, reach = false) => {
    const next = new Set(selected);
    const keys = reach ? rows.map(rowKey) : [];
    const from = anchor.current === null ? -1 : keys.indexOf(anchor.current);
    if (from >= 0) {
      const to = keys.indexOf(key);
      for (const one of keys.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
    } else if (!next.delete(key)) next.add(key);
    anchor.current = key;
    onSelect?.(next);
  };
  const go = (to: number) => {
    const at = Math.max(0, Math.min(rows.length - 1, to));
    setCurrent(at);
    (body.current?.rows[at] as HTMLElement | undefined)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[here];
    if (event.target instanceof HTMLInputElement && event.key === " ") return;
    if (event.ctrlKey || event.metaKey || event.altKey || !row) return;
    if (event.key === "j" || event.key === "ArrowDown") go(here + 1);
    else if (event.key === "k" || event.key === "ArrowUp") go(here - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(rows.length - 1);
    else if (event.key === "Enter" && event.target === body.current?.rows[here]) onOpen?.(row);
    else if ((event.key === "x" || event.key === " ") && onSelect) toggle(rowKey(row));
    else return;
    event.preventDefault();
  };
  const all = rows.length > 0 && rows.every((row) => selected?.has(rowKey(row)));
  const some = !all && rows.some((row) => selected?.has(rowKey(row)));

  return (
    <div class="table-scroll">
      <table class="table">
        <caption class="sr-only">{caption}</caption>
        <thead>
          <tr>
            {onSelect && (
              <th scope="col" class="table-tick">
                <label>
                  <input
                    type="checkbox"
                    class="tick"
                    aria-label="Select all rows shown"
                    checked={all}
                    indeterminate={some}
                    onChange={() => onSelect(all ? new Set() : new Set(rows.map(rowKey)))}
                  />
                </label>
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={walks ? onKeyDown : undefined}>
          {rows.map((row, at) => {
            const key = rowKey(row);
            const chosen = selected?.has(key) ?? false;
            return (
              <tr
                key={key}
                class={onOpen ? "table-row table-opens" : "table-row"}
                tabIndex={walks ? (at === here ? 0 : -1) : undefined}
                aria-selected={onSelect ? chosen : undefined}
                onFocus={() => setCurrent(at)}
                onClick={(event) => {
                  const target = event.target as Element;
                  if (!target.closest("a, button, input, label")) onOpen?.(row);
                }}
              >
                {onSelect && (
                  <td class="table-tick">
                    <label>
                      <input
                        type="checkbox"
                        class="tick"
                        tabIndex={-1}
                        aria-label={`Select ${rowName(row)}`}
                        checked={chosen}
                        onClick={(event) => toggle(key, event.shiftKey)}
                      />
                    </label>
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.key} class={cellClass(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function cellClass<Row>(column: Column<Row>): string | undefined {
  return (
    `${column.align === "end" ? "table-end" : ""}${column.wide ? " table-wide" : ""}`.trim() || undefined
  );
}

interface HeadProps<Row> {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
}

function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const mine = sort?.key === column.key ? sort : undefined;
  const order = mine ? (mine.descending ? "descending" : "ascending") : "none";
  return (
    <th
      scope="col"
      class={cellClass(column)}
      style={{ width: column.width }}
      aria-sort={column.sortable ? order : undefined}
    >
      {column.sortable && onSort ? (
        <button
          type="button"
          class="table-sort"
          onClick={() => onSort({ key: column.key, descending: mine ? !mine.descending : false })}
        >
          {column.header}
          <Icon name={mine ? (mine.descending ? "arrow-down" : "arrow-up") : "arrow-up-down"} size={14} />
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}
