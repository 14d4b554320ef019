import { useState } from "preact/hooks";
import type { Job, JobForm } from "../../worker/features/jobs/schema";
import { FormProblem } from "../account/form-parts";
import { Ago } from "../lib/ago";
import { errorText, get, ProblemError, put } from "../lib/client";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Banner, Card, Loading, Skeleton, toast } from "../ui";
import { FormBuilder } from "./form-builder";
import { type Faults, faultsOf, fieldsOf, type Question, questionOf } from "./question";
import { SaveBar } from "./save-bar";
import { useUnsaved } from "./unsaved";

/** A job's application form; every save makes a new version of it. */
export function SettingsForm({ job }: { job: Job }) {
  const path = `/api/jobs/${job.id}/form`;
  const loaded = useLoad((signal) => get<JobForm>(path, {}, { signal }), [path]);
  if (loaded.data) {
    return (
      <Editor
        key={loaded.data.version}
        title={job.title}
        path={path}
        stored={loaded.data}
        onSaved={loaded.set}
      />
    );
  }
  return (
    <Card>
      {loaded.error ? (
        <LoadTrouble what="The form" error={loaded.error} onRetry={loaded.reload} />
      ) : (
        <Loading label="Loading the form">
          <Skeleton lines={8} />
        </Loading>
      )}
    </Card>
  );
}

interface EditorProps {
  title: string;
  path: string;
  stored: JobForm;
  onSaved: (change: () => JobForm) => void;
}

const NO_FAULTS: ReadonlyMap<string, Faults> = new Map();

function Editor({ title, path, stored, onSaved }: EditorProps) {
  const [first] = useState<readonly Question[]>(() => stored.fields.map(questionOf));
  const [questions, setQuestions] = useState(first);
  const [version, setVersion] = useState(stored.version);
  const [open, setOpen] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [stale, setStale] = useState(false);
  const faults = faultsOf(questions);
  const changed = JSON.stringify(fieldsOf(questions)) !== JSON.stringify(fieldsOf(first));
  useUnsaved(changed);

  const save = async () => {
    setTried(true);
    const wrong = questions.find(({ id }) => faults.has(id));
    if (wrong) return setOpen(wrong.id);
    setBusy(true);
    setProblem(null);
    try {
      const next = await put<JobForm>(path, { fields: fieldsOf(questions) }, { ifMatch: version });
      toast({ text: "The form is saved. Whoever applies from now on sees it.", tone: "good" });
      onSaved(() => next);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 412) {
        const current = await get<JobForm>(path).catch(() => null);
        if (current) setVersion(current.version);
        setStale(true);
      } else setProblem(refusal(error, questions));
      setBusy(false);
    }
  };

  return (
    <div class="stack job-settings">
      <FormProblem>{problem}</FormProblem>
      {stale && (
        <Banner tone="warn" role="alert">
          Somebody saved another version of this form meanwhile. Save again to put yours in its place, or undo
          your changes and load the page again to see theirs.
        </Banner>
      )}
      <Card>
        {stored.createdAt && (
          <p class="quiet job-version">
            Version {stored.version}, saved <Ago at={stored.createdAt} />. Whoever has applied keeps the
            questions that they answered.
          </p>
        )}
        <FormBuilder
          title={title}
          questions={questions}
          onQuestions={(change) => setQuestions(change)}
          faults={tried ? faults : NO_FAULTS}
          open={open}
          onOpen={setOpen}
        />
      </Card>
      <SaveBar
        shown={changed}
        busy={busy}
        words={
          tried && faults.size > 0
            ? "Some questions have to be finished before the form can be saved."
            : "The form has changes that are not saved yet."
        }
        onUndo={() => {
          setQuestions(first);
          setTried(false);
          setProblem(null);
        }}
        onSave={() => void save()}
      />
    </div>
  );
}

function refusal(error: unknown, questions: readonly Question[]): string {
  const listed = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  if (listed.length === 0) return errorText(error);
  const lines = listed.map(({ path, message }) => {
    const label = questions[Number(/^fields\.(\d+)/.exec(path)?.[1] ?? -1)]?.label;
    return label ? `“${label}”: ${message}` : message;
  });
  return lines.join(" ");
}
