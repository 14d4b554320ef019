import "./jobs.css";
import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { CompletedJob, TeamMember } from "../../worker/features/jobs/schema";
import { FormProblem } from "../account/form-parts";
import { ProblemError, post } from "../lib/client";
import { useForm } from "../lib/form";
import { me } from "../lib/session";
import { queryValue } from "../lib/url";
import { Button, Card, Icon, Page, toast } from "../ui";
import { bodyOf, type Details, detailFaults, NEW_DETAILS } from "./details";
import { DetailsFields } from "./details-fields";
import { FormBuilder } from "./form-builder";
import { type Faults, faultsOf, fieldsOf, type Question } from "./question";
import { TeamPicker } from "./team-picker";
import { useUnsaved } from "./unsaved";
import { WorkflowPicker } from "./workflow-picker";

type Status = "draft" | "open";

const NO_FAULTS: ReadonlyMap<string, Faults> = new Map();

/** A new job, whole: its details, form, hiring team and workflow on one page. */
export default function NewJobScreen() {
  const { route } = useLocation();
  const [questions, setQuestions] = useState<readonly Question[]>([]);
  const [open, setOpen] = useState<string | null>(null);
  const [team, setTeam] = useState<TeamMember[]>(ownPlace);
  const [templateId, setTemplateId] = useState("");
  const [tried, setTried] = useState(false);
  const status = useRef<Status>("open");
  const element = useRef<HTMLFormElement>(null);
  // The same body keeps its key, so that pressing again after a lost answer makes no second job.
  const sent = useRef({ body: "", key: "" });

  const form = useForm<Details>({
    initial: { ...NEW_DETAILS, clientId: queryValue("clientId") },
    validate: detailFaults,
    submit: async (values) => {
      const body = {
        job: { ...bodyOf(values), status: status.current },
        form: { fields: fieldsOf(questions) },
        team: team.map(({ userId, role }) => ({ userId, role })),
        ...(templateId ? { workflow: { templateId } } : {}),
      };
      const text = JSON.stringify(body);
      if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
      try {
        const made = await post<CompletedJob>("/api/jobs/complete", body, { key: sent.current.key });
        const draft = made.status === "draft";
        toast({
          text: draft ? `${made.title} is kept as a draft.` : `${made.title} is open now.`,
          tone: "good",
        });
        route(draft ? `/jobs/${made.id}/settings` : `/jobs/${made.id}`);
      } catch (error) {
        throw placed(error, questions);
      }
    },
  });

  const faults = faultsOf(questions);
  const missing = missingWords(form.values, faults.size);
  const changed = form.changed || questions.length > 0;
  useUnsaved(changed);

  const save = (as: Status) => {
    status.current = as;
    setTried(true);
    const wrong = questions.find(({ id }) => faults.has(id));
    if (!wrong || Object.values(detailFaults(form.values)).some(Boolean)) {
      return element.current?.requestSubmit();
    }
    setOpen(wrong.id);
    requestAnimationFrame(() => {
      const row = document.querySelector(`[data-question="${wrong.id}"]`);
      (row?.querySelector<HTMLElement>("[aria-invalid]") ?? (row as HTMLElement | null))?.focus();
      row?.scrollIntoView({ block: "center" });
    });
  };

  return (
    <Page title="New job" width="full">
      <form class="new-job" ref={element} onSubmit={form.onSubmit} noValidate>
        <nav class="new-job-parts" aria-label="Parts of the job">
          <Part href="#job-details" done={Boolean(form.values.clientId && form.values.title.trim())}>
            Details
          </Part>
          <Part href="#job-form" done={questions.length > 0 && faults.size === 0}>
            Form
          </Part>
          <Part href="#job-team" done={team.length > 0}>
            Hiring team
          </Part>
          <Part href="#job-workflow" done={Boolean(templateId)}>
            Workflow
          </Part>
        </nav>
        <div class="new-job-sections">
          <FormProblem>{form.problem}</FormProblem>
          <div id="job-details" class="new-job-section">
            <Card title="Details">
              <DetailsFields form={form} />
            </Card>
          </div>
          <div id="job-form" class="new-job-section">
            <Card title="Form">
              <FormBuilder
                title={form.values.title}
                questions={questions}
                onQuestions={(change) => setQuestions(change)}
                faults={tried ? faults : NO_FAULTS}
                open={open}
                onOpen={setOpen}
              />
            </Card>
          </div>
          <div id="job-team" class="new-job-section">
            <Card title="Hiring team">
              <TeamPicker team={team} onTeam={setTeam} />
            </Card>
          </div>
          <div id="job-workflow" class="new-job-section">
            <Card title="Workflow">
              <WorkflowPicker templateId={templateId} onTemplate={setTemplateId} />
            </Card>
          </div>
        </div>
        <div class="job-bar">
          <span class="job-bar-words" role="status">
            {missing
              ? `Still needed: ${missing}.`
              : "Ready. Nothing is saved yet: as a draft, only the team sees it."}
          </span>
          <Button busy={form.pending && status.current === "draft"} onClick={() => save("draft")}>
            Save as draft
          </Button>
          <Button
            variant="primary"
            busy={form.pending && status.current === "open"}
            onClick={() => save("open")}
          >
            Post the job
          </Button>
        </div>
      </form>
    </Page>
  );
}

function Part({ href, done, children }: { href: string; done: boolean; children: string }) {
  return (
    <a class="new-job-part" href={href}>
      <Icon name={done ? "circle-check" : "circle"} size={16} />
      {children}
      {done && <span class="sr-only">, filled in</span>}
    </a>
  );
}

/** Whoever makes a job works on it, unless they say otherwise. */
function ownPlace(): TeamMember[] {
  const person = me.value;
  return person ? [{ userId: person.id, name: person.name, email: person.email, role: "recruiter" }] : [];
}

/** What the bar says is missing; empty when all is there. */
function missingWords(values: Details, questionsToMend: number): string {
  const { clientId, title, ...others } = detailFaults(values);
  const wrong = Object.values(others).filter(Boolean).length;
  const list = [
    clientId && "a client",
    title && "a title",
    wrong > 0 && (wrong === 1 ? "a field mended" : `${wrong} fields mended`),
    questionsToMend > 0 &&
      (questionsToMend === 1 ? "a question finished" : `${questionsToMend} questions finished`),
  ].filter((word) => typeof word === "string" && word !== "") as string[];
  return new Intl.ListFormat("en", { type: "conjunction" }).format(list);
}

/** A refusal with its paths as this page's fields are called, and questions by their words. */
function placed(error: unknown, questions: readonly Question[]): unknown {
  if (!(error instanceof ProblemError) || !error.problem.errors) return error;
  const errors = error.problem.errors.map(({ path, message }) => {
    const at = /^form\.fields\.(\d+)/.exec(path)?.[1];
    const label = at === undefined ? undefined : questions[Number(at)]?.label;
    return {
      path: path.replace(/^job\./, "").replace(/\.\d+$/, ""),
      message: label ? `“${label}”: ${message}` : message,
    };
  });
  return new ProblemError({ ...error.problem, errors }, error.status, error.retryAfter);
}
