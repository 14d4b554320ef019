import type { ImportReport } from "../../worker/features/candidates/schema";
import { Card, Icon, StatusPill } from "../ui";
import { type FileTable, rowsToShow } from "./import-table";

type RowError = { path: string; message: string };

/** Rows of a file with what is wrong with them beside the cells: the first ones, and those with errors. */
export function ImportRows({ table, report }: { table: FileTable | null; report: ImportReport }) {
  const wrong = new Map(report.rows.filter(({ ok }) => !ok).map(({ row, errors }) => [row, errors ?? []]));
  if (!table) return null;
  const used = table.columns
    .map((column, at) => ({ column, at }))
    .filter(({ column }) => report.mapping[column] || [...wrong.values()].some(at(column)));
  const shown = rowsToShow(table.rows.length, [...wrong.keys()]);
  return (
    <Card
      title={wrong.size > 0 ? "First rows, and those with errors" : "First rows"}
      flush
      class="cand-rows-card"
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by Tab */}
      <div class="table-scroll" tabIndex={0} role="group" aria-label="Rows of the file">
        <table class="table cand-table">
          <caption class="sr-only">Rows of the file with what would become of them</caption>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Result</th>
              {used.map(({ column }) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ row, gap }) => {
              const errors = wrong.get(row) ?? [];
              const cells = table.rows[row - 1] ?? [];
              const whole = errors.filter(({ path }) => !used.some(({ column }) => column === path));
              return (
                <tr key={row} class={gap ? "table-row cand-gap" : "table-row"}>
                  <th scope="row" class="num">
                    {row}
                  </th>
                  <td>
                    <StatusPill tone={errors.length > 0 ? "bad" : "good"}>
                      {errors.length > 0 ? "Left out" : "Good"}
                    </StatusPill>
                    <Wrong errors={whole} />
                  </td>
                  {used.map(({ column, at }) => {
                    const mine = errors.filter(({ path }) => path === column);
                    return (
                      <td key={column} class={mine.length > 0 ? "cand-bad" : undefined}>
                        <span class="cand-cell">{cells[at] || <span class="quiet">empty</span>}</span>
                        <Wrong errors={mine} />
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {report.failed > wrong.size && (
        <p class="quiet cand-rows-more">
          Only the first {wrong.size.toLocaleString()} of {report.failed.toLocaleString()} rows with errors
          are known here. The file to mend holds all of them.
        </p>
      )}
    </Card>
  );
}

const at = (column: string) => (errors: RowError[]) => errors.some(({ path }) => path === column);

function Wrong({ errors }: { errors: RowError[] }) {
  return errors.map(({ message }) => (
    <span key={message} class="field-error">
      <Icon name="circle-alert" size={14} />
      <span>{message}</span>
    </span>
  ));
}
