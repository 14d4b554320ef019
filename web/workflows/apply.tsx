import { useState } from "preact/hooks";
import type { AppliedTemplate, WorkflowTemplate } from "../../worker/features/workflows/schema";
import { errorText, post } from "../lib/client";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Banner, Button, Checkbox, Dialog, EmptyState, Icon, Loading, Skeleton } from "../ui";
import { TEMPLATES } from "./list";

type Result = AppliedTemplate["results"][number];

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** What becomes of a job's stages, in words; empty where nothing does. */
export function changesOf({
  added,
  renamed,
  removed,
}: Pick<Result, "added" | "renamed" | "removed">): string[] {
  return [
    added.length > 0 ? `New: ${list.format(added)}` : "",
    renamed.length > 0 ? `Renamed: ${list.format(renamed)}` : "",
    removed.length > 0 ? `Taken away: ${list.format(removed)}` : "",
  ].filter(Boolean);
}

/** Carries a workflow over to jobs under way: shows what would change in each, then does it. */
export function ApplyDialog({ template, onClose }: { template: WorkflowTemplate; onClose: () => void }) {
  const path = `${TEMPLATES}/${template.id}/apply`;
  const dry = useLoad((signal) => post<AppliedTemplate>(path, { dryRun: true }, { signal }), [path]);
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState<AppliedTemplate | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const results = dry.data?.results ?? [];
  const chosen = results.filter(({ jobId, ok }) => ok && !without.has(jobId));

  const apply = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setDone(await post<AppliedTemplate>(path, { jobIds: chosen.map(({ jobId }) => jobId) }));
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };
  const toggle = (jobId: string) => {
    const next = new Set(without);
    if (!next.delete(jobId)) next.add(jobId);
    setWithout(next);
  };

  return (
    <Dialog
      open
      onClose={onClose}
      size="l"
      title={`Use ${template.name} for open jobs too`}
      actions={
        done || results.length === 0 ? (
          <Button variant={done ? "primary" : "quiet"} onClick={onClose}>
            {done ? "Done" : "Close"}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" busy={busy} disabled={chosen.length === 0} onClick={() => void apply()}>
              {chosen.length === 1 ? "Change 1 job" : `Change ${chosen.length} jobs`}
            </Button>
          </>
        )
      }
    >
      {dry.error && !dry.data ? (
        <LoadTrouble what="The jobs" error={dry.error} onRetry={dry.reload} />
      ) : !dry.data ? (
        <Loading label="Looking at the jobs">
          <Skeleton lines={5} />
        </Loading>
      ) : results.length === 0 ? (
        <EmptyState icon="briefcase" title="No open job was made from it">
          Jobs that you open from now on get these stages by themselves.
        </EmptyState>
      ) : (
        <div class="stack">
          {problem && (
            <Banner tone="bad" role="alert">
              {problem}
            </Banner>
          )}
          <p role="status">
            {done
              ? "This is what was done."
              : "This is what would change. People keep their place; a stage that somebody stands in stays."}
          </p>
          <ul class="apply-list">
            {(done?.results ?? results).map((result) => (
              <li key={result.jobId} class="apply-job">
                {done ? (
                  <span class="apply-title">
                    <Icon name={result.ok ? "circle-check" : "circle-alert"} size={16} />
                    <a href={`/jobs/${result.jobId}`}>{result.title}</a>
                  </span>
                ) : (
                  <Checkbox
                    label={result.title}
                    checked={result.ok && !without.has(result.jobId)}
                    disabled={!result.ok}
                    onChecked={() => toggle(result.jobId)}
                  />
                )}
                <Changes result={result} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  );
}

function Changes({ result }: { result: Result }) {
  if (!result.ok) return <p class="apply-change apply-wrong">{result.error ?? "It could not be changed."}</p>;
  const lines = changesOf(result);
  if (lines.length === 0) {
    return <p class="apply-change quiet">The stages are the same; their order and actions are taken over.</p>;
  }
  return (
    <ul class="apply-change">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
