import { useState } from "preact/hooks";
import type { ImportReport } from "../../worker/features/candidates/schema";
import { errorText } from "../lib/client";
import { saveFrom } from "../lib/save-file";
import { Banner, Button, Card, Icon, Progress, toast } from "../ui";
import { Count } from "./import-check";

/** Rows with errors that the page lists; the file holds all. */
const MOST_LISTED = 100;

export interface ImportResultProps {
  report: ImportReport;
  onAgain: () => void;
}

/** What became of an import, or how far it is. */
export function ImportResult({ report, onAgain }: ImportResultProps) {
  const { importId, status, total, created, updated, failed } = report;
  const done = created + updated + failed;
  const running = status === "running";
  return (
    <div class="cand-import">
      <Card
        title={
          running
            ? "The import is under way"
            : status === "failed"
              ? "The import broke off"
              : "The import is done"
        }
        class="cand-import-sum"
      >
        {running && (
          <>
            <Progress label="Importing" value={total > 0 ? done / total : undefined} />
            <p role="status" class="num">
              {done.toLocaleString()} of {total.toLocaleString()} rows. It goes on when you leave this page.
            </p>
          </>
        )}
        {status === "failed" && (
          <Banner tone="bad" role="alert">
            {done.toLocaleString()} of {total.toLocaleString()} rows were taken before it broke off. Send the
            file again: people who are there already are only updated.
          </Banner>
        )}
        <dl class="cand-counts">
          <Count label="Added" value={created} tone="good" />
          <Count label="Updated" value={updated} tone="info" />
          <Count label="Could not be taken" value={failed} tone="bad" />
        </dl>
        {!running && (
          <div class="row">
            {failed > 0 && importId && <SaveErrors importId={importId} />}
            <Button variant={failed > 0 && importId ? "quiet" : "primary"} icon="users" href="/candidates">
              See the candidates
            </Button>
            <Button icon="upload" onClick={onAgain}>
              {failed > 0 ? "Send the mended file" : "Another file"}
            </Button>
          </div>
        )}
      </Card>
      {failed > 0 && <Failures report={report} />}
    </div>
  );
}

function SaveErrors({ importId }: { importId: string }) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await saveFrom(`/api/candidates/imports/${importId}/errors.csv`, "errors.csv");
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
    setBusy(false);
  };
  return (
    <Button variant="primary" icon="download" busy={busy} onClick={() => void save()}>
      Download errors.csv
    </Button>
  );
}

/** The rows that could not be taken, and why. */
function Failures({ report }: { report: ImportReport }) {
  const rows = report.rows.filter(({ ok }) => !ok);
  return (
    <Card title="Rows to mend" flush class="cand-rows-card">
      <p class="quiet cand-rows-more">
        errors.csv holds these rows with a word on each. Mend them there and send that file: rows that were
        taken are not in it.
      </p>
      <ul class="cand-failures">
        {rows.slice(0, MOST_LISTED).map(({ row, errors }) => (
          <li key={row}>
            <span class="num cand-failure-row">Row {row.toLocaleString()}</span>
            <span>
              {(errors ?? []).map(({ path, message }) => (
                <span key={path + message} class="field-error">
                  <Icon name="circle-alert" size={14} />
                  <span>
                    {path !== "row" && <strong>{path}: </strong>}
                    {message}
                  </span>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {report.failed > MOST_LISTED && (
        <p class="quiet cand-rows-more">
          {(report.failed - MOST_LISTED).toLocaleString()} more are in errors.csv.
        </p>
      )}
    </Card>
  );
}
