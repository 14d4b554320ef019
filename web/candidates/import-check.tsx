import type { ImportReport } from "../../worker/features/candidates/schema";
import { IMPORT_FIELDS } from "../../worker/features/candidates/words";
import { Banner, Button, Card, Icon, Loading, Progress, Select, Skeleton } from "../ui";
import { ImportRows } from "./import-rows";
import type { Checked, Importing } from "./use-import";
import { FIELD_WORDS } from "./words";

const FIELDS = [
  { value: "", label: "Leave it out" },
  ...IMPORT_FIELDS.map((value) => ({ value, label: FIELD_WORDS[value] })),
];

export interface ImportCheckProps {
  checked: Checked;
  checking: boolean;
  sending: Importing["sending"];
  onMap: Importing["map"];
  onStart: () => void;
  onAnother: () => void;
}

/** What a file holds and what would become of it, before anything is written. */
export function ImportCheck({ checked, checking, sending, onMap, onStart, onAnother }: ImportCheckProps) {
  const { file, table, mapping, report, problem } = checked;
  const good = report ? report.created + report.updated : 0;
  const columns = table?.columns ?? Object.keys(mapping);
  return (
    <div class="cand-import">
      <Card class="cand-import-sum">
        <div class="cand-file">
          <Icon name="file-text" size={20} />
          <span class="cand-file-name">{file.name}</span>
          <Button size="s" onClick={onAnother}>
            Another file
          </Button>
        </div>
        {problem && (
          <Banner tone="bad" role="alert">
            {problem}
          </Banner>
        )}
        {report && <Summary report={report} />}
        {report?.encoding === "windows-1252" && (
          <Banner tone="warn">
            The file doesn’t say how its letters are written. Look whether accents are right below; if they
            are not, save it as CSV in UTF-8.
          </Banner>
        )}
        {sending ? (
          <Progress
            label={`Sending ${sending.fileName}`}
            value={sending.fraction < 1 ? sending.fraction : undefined}
          />
        ) : (
          <div class="row">
            <Button
              variant="primary"
              icon="upload"
              disabled={checking || good === 0}
              busy={checking}
              onClick={onStart}
            >
              {good > 0 ? `Import ${good.toLocaleString()} ${good === 1 ? "person" : "people"}` : "Import"}
            </Button>
            {report && report.failed > 0 && good > 0 && (
              <span class="quiet">Rows with errors are left out. You get them as a file to mend.</span>
            )}
          </div>
        )}
      </Card>
      {columns.length > 0 && (
        <Card title="Columns" class="cand-columns">
          <ul>
            {columns.map((column, at) => (
              <li key={column} class="cand-column">
                <span class="cand-column-name">
                  {column}
                  <span class="quiet">{sampleOf(table?.rows, at)}</span>
                </span>
                <Icon name="arrow-right" size={16} />
                <Select
                  label={`Field for the column ${column}`}
                  hideLabel
                  value={mapping[column] ?? ""}
                  options={FIELDS}
                  onValue={(field) => onMap(column, field || null)}
                />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {report ? (
        <ImportRows table={table} report={report} />
      ) : checking ? (
        <Loading label="Looking at the file">
          <Skeleton height="12rem" />
        </Loading>
      ) : null}
    </div>
  );
}

/** The first cell that holds something. */
function sampleOf(rows: string[][] | undefined, at: number): string {
  const cell = rows?.find((row) => row[at]?.trim())?.[at]?.trim() ?? "empty";
  return cell.length > 40 ? `${cell.slice(0, 39)}…` : cell;
}

/** How many of the rows are new, known and wrong. */
function Summary({ report }: { report: ImportReport }) {
  const { total, created, updated, failed } = report;
  return (
    <dl class="cand-counts" aria-live="polite">
      <Count label={total === 1 ? "Row" : "Rows"} value={total} />
      <Count label="New" value={created} tone="good" />
      <Count label="Known, updated" value={updated} tone="info" />
      <Count label="With errors" value={failed} tone={failed > 0 ? "bad" : undefined} />
    </dl>
  );
}

/** A number with what it counts. */
export function Count({ label, value, tone }: { label: string; value: number; tone?: string | undefined }) {
  return (
    <div class={tone && value > 0 ? `cand-count cand-count-${tone}` : "cand-count"}>
      <dt>{label}</dt>
      <dd class="num">{value.toLocaleString()}</dd>
    </div>
  );
}
