import "./form.css";
import { type ComponentChildren, Fragment } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import type { NewCampaign, RequirementWords } from "../../worker/features/campaigns/schema";
import type { Requirement } from "../../worker/features/eligibility/schema";
import { FormProblem } from "../account/form-parts";
import { useUnsaved } from "../jobs/unsaved";
import { get, ProblemError } from "../lib/client";
import { type Form, useForm } from "../lib/form";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, Loading, Skeleton } from "../ui";
import { Builder } from "./builder";
import { DetailsFields } from "./details-fields";
import { bodyOf, type Fields, fieldFaults, fieldOf } from "./fields";
import { PreviewPanel } from "./preview";
import { requirementOf, treeFaults, treeOf } from "./requirement-tree";
import { usePreview } from "./use-preview";

const NO_FAULTS: ReadonlyMap<string, string> = new Map();

export interface BarState {
  changed: boolean;
  busy: boolean;
  /** What has to be mended before it can be saved, in words; empty when nothing has. */
  trouble: string;
  undo: () => void;
  /** Sends the form, with another status where one is given. */
  save: (change?: Partial<Fields>) => void;
}

export interface CampaignFormProps {
  initial: Fields;
  requirements: Requirement;
  clientName?: string | null;
  /** Whether it exists already: its status is then a field like the others. */
  exists?: boolean;
  /** Sends what was written; `key` stays the same for the same body. */
  onSave: (body: NewCampaign, key: string) => Promise<void>;
  /** Says something over the fields. */
  notice?: ComponentChildren;
  bar: (state: BarState) => ComponentChildren;
}

/** A campaign as one page: its fields, what it asks for, and who qualifies for that today. */
export function CampaignForm(props: CampaignFormProps) {
  const { initial, requirements, clientName, exists = false, onSave, notice, bar } = props;
  const words = useLoad((signal) => get<RequirementWords>("/api/campaigns/words", {}, { signal }), []);
  const [first] = useState(() => treeOf(requirements));
  const [tree, setTree] = useState(first);
  const [tried, setTried] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const sent = useRef({ body: "", key: "" });
  const override = useRef<Partial<Fields>>({});
  const written = useMemo(() => requirementOf(tree), [tree]);
  const faults = useMemo(() => treeFaults(tree), [tree]);
  const preview = usePreview(written);

  const form: Form<Fields> = useForm<Fields>({
    initial,
    validate: fieldFaults,
    submit: async (values) => {
      setTried(true);
      if (faults.size > 0) return showFault();
      const body = bodyOf({ ...values, ...override.current }, written);
      const text = JSON.stringify(body);
      if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
      try {
        await onSave(body, sent.current.key);
      } catch (error) {
        throw placed(error);
      }
    },
  });
  const changed = form.changed || JSON.stringify(written) !== JSON.stringify(requirementOf(first));
  useUnsaved(changed || faults.size > 0);

  return (
    <form class="stack campaign-form" ref={element} onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      {notice}
      <DetailsFields form={form} clientName={clientName ?? null} withStatus={exists} />
      <Card title="Requirements">
        {words.data ? (
          <div class="req">
            <Builder tree={tree} words={words.data} faults={tried ? faults : NO_FAULTS} onTree={setTree} />
            <PreviewPanel preview={preview} unfinished={faults.size} names={words.data} />
          </div>
        ) : words.error ? (
          <LoadTrouble what="What can be asked" error={words.error} onRetry={words.reload} />
        ) : (
          <Loading label="Loading what can be asked">
            <Skeleton lines={6} />
          </Loading>
        )}
      </Card>
      <Fragment>
        {bar({
          changed: changed || faults.size > 0,
          busy: form.pending,
          trouble: troubleWords(form.values, tried ? faults.size : 0),
          undo: () => {
            form.reset();
            setTree(first);
            setTried(false);
          },
          save: (change = {}) => {
            override.current = change;
            element.current?.requestSubmit();
          },
        })}
      </Fragment>
    </form>
  );
}

/** Brings the first row that is to be mended under the eyes. */
function showFault(): void {
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>(".req-wrong");
    row?.scrollIntoView({ block: "center" });
    row?.querySelector<HTMLElement>("select, input, .req-add")?.focus();
  });
}

function troubleWords(values: Fields, rows: number): string {
  const { name, ...others } = fieldFaults(values);
  const wrong = Object.values(others).filter(Boolean).length;
  const list = [
    name && "a name",
    wrong > 0 && (wrong === 1 ? "a field mended" : `${wrong} fields mended`),
    rows > 0 && (rows === 1 ? "a requirement finished" : `${rows} requirements finished`),
  ].filter((word) => typeof word === "string");
  return new Intl.ListFormat("en", { type: "conjunction" }).format(list as string[]);
}

/** A refusal with its paths as this page's fields are called. */
function placed(error: unknown): unknown {
  if (!(error instanceof ProblemError) || !error.problem.errors) return error;
  const errors = error.problem.errors.map(({ path, message }) => ({ path: fieldOf(path), message }));
  return new ProblemError({ ...error.problem, errors }, error.status, error.retryAfter);
}
