import "./evaluations.css";
import { useState } from "preact/hooks";
import type { Evaluation } from "../../worker/features/evaluations/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { Ago } from "../lib/ago";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { useReloadOn } from "../recruiter/person-timeline";
import { LoadTrouble } from "../recruiter/trouble";
import { Button, Card, Skeleton, StatusPill } from "../ui";
import { AddEvaluation } from "./add-evaluation";
import { scoreWords } from "./scorecard";

export interface PersonEvaluationsProps {
  person: { agentId: string } | { candidateId: string };
  name: string;
  /** Changes when something about the person happened. */
  turn: number;
}

const SOURCES = { person: "", quiz: "quiz of the onboarding", external: "from outside" } as const;

/** What somebody was given so far, the newest of each type on top, and the way to add one. */
export function PersonEvaluations({ person, name, turn }: PersonEvaluationsProps) {
  const id = "agentId" in person ? person.agentId : person.candidateId;
  const loaded = useLoad(
    (signal) => get<PageOf<Evaluation>>("/api/evaluations", { ...person, limit: 100 }, { signal }),
    [id],
  );
  useReloadOn(turn, loaded.reload);
  const [adding, setAdding] = useState(false);
  const groups = byType(loaded.data?.data ?? []);
  return (
    <Card
      title="Evaluations"
      flush
      actions={
        <Button size="s" icon="plus" onClick={() => setAdding(true)}>
          Add<span class="sr-only"> evaluation</span>
        </Button>
      }
    >
      {loaded.error && !loaded.data ? (
        <LoadTrouble what="The evaluations" error={loaded.error} onRetry={loaded.reload} />
      ) : !loaded.data ? (
        <div class="eval">
          <Skeleton lines={2} />
        </div>
      ) : groups.length === 0 ? (
        <p class="eval quiet">No evaluation yet.</p>
      ) : (
        <ul class="evals">
          {groups.map(([newest, ...before]) => (
            <li key={newest.type} class="eval">
              <One evaluation={newest} />
              {before.length > 0 && (
                <details class="eval-before">
                  <summary>{before.length === 1 ? "1 before" : `${before.length} before`}</summary>
                  {before.map((evaluation) => (
                    <One key={evaluation.id} evaluation={evaluation} quiet />
                  ))}
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
      <AddEvaluation
        open={adding}
        person={person}
        name={name}
        onClose={() => setAdding(false)}
        onAdded={() => {
          setAdding(false);
          loaded.reload();
        }}
      />
    </Card>
  );
}

/** Evaluations by their types, the newest first in each and over all. */
function byType(evaluations: readonly Evaluation[]): [Evaluation, ...Evaluation[]][] {
  const groups = new Map<string, [Evaluation, ...Evaluation[]]>();
  const sorted = [...evaluations].sort((one, other) => other.completedAt.localeCompare(one.completedAt));
  for (const evaluation of sorted) {
    const group = groups.get(evaluation.type);
    if (group) group.push(evaluation);
    else groups.set(evaluation.type, [evaluation]);
  }
  return [...groups.values()];
}

/** One result; among those before, its type is said already. */
function One({ evaluation, quiet = false }: { evaluation: Evaluation; quiet?: boolean }) {
  const { typeName, score, maxScore, passed, source, evaluatorName, completedAt, marks, comment } =
    evaluation;
  const by = source === "person" ? evaluatorName : SOURCES[source];
  return (
    <>
      <div class="eval-line">
        <span>
          {!quiet && `${typeName} `}
          <span class="num">
            <strong>{scoreWords(score)}</strong>
            <span class="quiet"> of {scoreWords(maxScore)}</span>
          </span>
        </span>
        {passed !== null && (
          <StatusPill tone={passed ? "good" : "bad"}>{passed ? "Passed" : "Not passed"}</StatusPill>
        )}
      </div>
      <div class="eval-facts">
        <Ago at={completedAt} />
        {by && ` · ${by}`}
      </div>
      {marks.length > 0 && (
        <details class="eval-before">
          <summary>Marks</summary>
          <div class="eval-marks">
            {marks.map(({ key, label, score: mark }) => (
              <>
                <span key={`${key}-label`}>{label}</span>
                <span key={key} class="num">
                  {scoreWords(mark)}
                </span>
              </>
            ))}
          </div>
        </details>
      )}
      {comment && <p class="eval-comment">{comment}</p>}
    </>
  );
}
