import "../recruiter/board.css";
import "./candidates.css";
import { IMPORT_MOST } from "../../worker/features/candidates/words";
import { Banner, Button, Card, FileDrop, Loading, Page, Skeleton, Trouble } from "../ui";
import { ImportCheck } from "./import-check";
import { ImportResult } from "./import-result";
import { useImport } from "./use-import";

const ACCEPT = ".csv,.json,text/csv,application/json";

/** Takes in a file of people: which column is what, what would become of it, then what did. */
export default function ImportScreen() {
  const it = useImport();
  return (
    <Page
      title="Import candidates"
      lead={
        it.result
          ? undefined
          : "From a CSV or JSON file. Nothing is written before you have seen what it would do."
      }
      width="full"
      actions={
        <Button icon="arrow-left" href="/candidates">
          Candidates
        </Button>
      }
    >
      {it.problem && !it.result ? (
        <Trouble title="The import could not be loaded" onRetry={it.retry}>
          {it.problem}
        </Trouble>
      ) : it.result ? (
        <>
          {it.problem && <Banner tone="warn">{it.problem}</Banner>}
          <ImportResult report={it.result} onAgain={it.reset} />
        </>
      ) : it.checked ? (
        <ImportCheck
          checked={it.checked}
          checking={it.checking}
          sending={it.sending}
          onMap={it.map}
          onStart={it.start}
          onAnother={it.reset}
        />
      ) : new URLSearchParams(location.search).has("import") ? (
        <Loading label="Loading the import">
          <Skeleton height="8rem" />
        </Loading>
      ) : (
        <Card class="cand-import-drop">
          <FileDrop
            primary
            camera={false}
            label="the import"
            action="Choose a file"
            accept={ACCEPT}
            hint={`CSV with a line of headings, or a JSON array of people; up to ${IMPORT_MOST.toLocaleString()} people and 20 MB. Each needs an e-mail address. Of a workbook, save the sheet as CSV.`}
            sending={it.sending}
            onCancel={it.reset}
            onFile={it.choose}
          />
        </Card>
      )}
    </Page>
  );
}
