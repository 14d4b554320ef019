import "./evaluations.css";
import { useRef, useState } from "preact/hooks";
import type { Evaluation, EvaluationType } from "../../worker/features/evaluations/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { FormProblem } from "../account/form-parts";
import { errorText, get, NetworkError, post } from "../lib/client";
import { useLoad } from "../lib/load";
import {
  Button,
  Dialog,
  EmptyState,
  Progress,
  Select,
  Skeleton,
  StatusPill,
  TextArea,
  TextField,
  toast,
} from "../ui";
import { MarkFields } from "./mark-fields";
import { type Marks, partOf, scoreOf, scoreWords } from "./scorecard";
import { TYPES } from "./type-edit";
import { numberOf } from "./type-fields";

export interface AddEvaluationProps {
  open: boolean;
  /** Who is evaluated. */
  person: { agentId: string } | { candidateId: string };
  name: string;
  onClose: () => void;
  onAdded: (evaluation: Evaluation) => void;
}

/** An evaluation that somebody of the team writes: a scorecard where the type has one, else a score. */
export function AddEvaluation(props: AddEvaluationProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={`Evaluate ${props.name}`}>
      {props.open && <Choice {...props} />}
    </Dialog>
  );
}

function Choice(props: AddEvaluationProps) {
  const { data, error } = useLoad((signal) => get<PageOf<EvaluationType>>(TYPES, {}, { signal }), []);
  const types = data?.data.filter(({ archived }) => !archived) ?? [];
  const [key, setKey] = useState<string | null>(null);
  if (error) return <FormProblem>{errorText(error)}</FormProblem>;
  if (!data) return <Skeleton lines={5} />;
  const type = types.find((one) => one.key === key) ?? types[0];
  if (!type) {
    return (
      <EmptyState
        icon="star"
        title="No types yet"
        action={<Button href="/settings/evaluations">Add a type</Button>}
      >
        A type says what is judged, and on which scale.
      </EmptyState>
    );
  }
  return (
    <div class="stack">
      <Select
        label="Type"
        value={type.key}
        options={types.map(({ key: value, name: label }) => ({ value, label }))}
        onValue={setKey}
      />
      <Card key={type.key} type={type} {...props} />
    </div>
  );
}

function Card({ type, person, name, onClose, onAdded }: AddEvaluationProps & { type: EvaluationType }) {
  const [marks, setMarks] = useState<Marks>({});
  const [typed, setTyped] = useState("");
  const [comment, setComment] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  const lines = type.criteria;
  const score = lines.length > 0 ? scoreOf(type, marks) : numberOf(typed);
  const whole = lines.every(({ key: line }) => marks[line] !== undefined);
  const scale = `${scoreWords(type.minScore)} to ${scoreWords(type.maxScore)}`;
  const inScale = (value: number | null) =>
    value !== null && value >= type.minScore && value <= type.maxScore;

  const trouble = () => {
    if (lines.length === 0) return inScale(score) ? null : `Write a number from ${scale}.`;
    const open = lines.filter(({ key: line }) => marks[line] === undefined);
    if (open.length > 0) return `Still without a mark: ${open.map(({ label }) => label).join(", ")}.`;
    const off = lines.filter(({ key: line }) => !inScale(marks[line] ?? null));
    return off.length > 0 ? `Marks go from ${scale}: ${off.map(({ label }) => label).join(", ")}.` : null;
  };
  const send = async () => {
    const found = trouble();
    setWrong(found);
    setProblem(null);
    if (found) return;
    setBusy(true);
    try {
      const made = await post<Evaluation>(
        "/api/evaluations",
        {
          ...person,
          type: type.key,
          ...(lines.length > 0 ? { marks } : { score }),
          ...(comment.trim() ? { comment: comment.trim() } : {}),
        },
        { key: key.current },
      );
      toast({ text: `${name} got ${scoreWords(made.score)} in ${made.typeName}.`, tone: "good" });
      onAdded(made);
    } catch (error) {
      if (!(error instanceof NetworkError)) key.current = crypto.randomUUID();
      setProblem(errorText(error));
    }
    setBusy(false);
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <FormProblem>{problem}</FormProblem>
      {type.description && <p class="quiet">{type.description}</p>}
      {lines.length > 0 ? (
        <MarkFields
          type={type}
          marks={marks}
          onMarks={(next) => {
            setMarks(next);
            setWrong(null);
          }}
        />
      ) : (
        <TextField
          label="Score"
          inputMode="decimal"
          after={`of ${scale}`}
          value={typed}
          error={wrong}
          autoFocus
          onValue={(value) => {
            setTyped(value);
            setWrong(null);
          }}
        />
      )}
      <div class="marking-sum" role="status" aria-label="Score so far">
        <span class="marking-sum-score num">
          {inScale(score) && score !== null ? scoreWords(score) : "–"}
        </span>
        <Progress
          label="Score on the scale"
          value={inScale(score) && score !== null ? partOf(score, type) : 0}
        />
        {!whole && (
          <span class="quiet num">
            {Object.keys(marks).length} of {lines.length}
          </span>
        )}
        {whole && type.passScore !== null && inScale(score) && score !== null && (
          <StatusPill tone={score >= type.passScore ? "good" : "bad"}>
            {score >= type.passScore ? "Passes" : `Passes from ${scoreWords(type.passScore)}`}
          </StatusPill>
        )}
      </div>
      {lines.length > 0 && wrong && (
        <p class="field-error" role="alert">
          {wrong}
        </p>
      )}
      <TextArea label="Comment" optional rows={2} value={comment} maxLength={5000} onValue={setComment} />
      <div class="row eval-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          Save the evaluation
        </Button>
      </div>
    </form>
  );
}
