import type { ComponentChildren } from "preact";
import { lowerFirst } from "../lib/lower-first";
import type { Pages } from "../lib/pages";
import { Card, Loading, Skeleton, Table, type TableProps } from "../ui";
import { ListFoot } from "./list-parts";
import { LoadTrouble } from "./trouble";

export interface ListTableProps<Row> extends Omit<TableProps<Row>, "rows"> {
  pages: Pages<Row>;
  /** What is listed, as the start of a sentence: "The list of jobs". */
  what: string;
  /** What stands in its place where nothing is listed. */
  empty: ComponentChildren;
  /** True where the list fills its page and scrolls within it. */
  fill?: boolean;
  /** Lines that stand for it until it has come; 8, unless told otherwise. */
  lines?: number;
}

/** A list of the API as a table, page by page: on its way, in trouble, empty, or there. */
export function ListTable<Row>({ pages, what, empty, fill, lines = 8, ...table }: ListTableProps<Row>) {
  const { first, rows } = pages;
  if (first.error && !first.data)
    return <LoadTrouble what={what} error={first.error} onRetry={pages.restart} />;
  if (!first.data) {
    return (
      <Loading label={`Loading ${lowerFirst(what)}`}>
        <Card>
          <Skeleton lines={lines} />
        </Card>
      </Loading>
    );
  }
  if (rows.length === 0) return <>{empty}</>;
  return (
    <>
      <Card flush class={fill ? "list-card" : ""}>
        <Table {...table} rows={rows} />
      </Card>
      <ListFoot pages={pages} />
    </>
  );
}
