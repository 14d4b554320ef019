import "./evaluations.css";
import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Evaluation } from "../../worker/features/evaluations/schema";
import type { OnboardingSteps } from "../../worker/features/onboarding/schema";
import type { Me } from "../../worker/features/users/schema";
import type { Page as ListPage } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { absolute, date } from "../lib/time";
import { useBackOnline } from "../shell/back-online";
import { onOwnEvents } from "../shell/own-channel";
import { Button, Card, EmptyState, Page, StatusPill } from "../ui";
import { Arriving } from "./arriving";
import { type EvaluationGroup, groupsOf } from "./evaluation-groups";
import { ScoreBar, scoreWords } from "./score-bar";
import { isOver } from "./step-words";

/** One's own results, by type: when, how much of the scale, and whether it is enough. */
export default function Evaluations() {
  const person = me.value;
  return person?.agentId ? <Results person={person} agentId={person.agentId} /> : null;
}

function useResults(agentId: string) {
  const loaded = useLoad(
    async (signal) => {
      const [evaluations, steps] = await Promise.all([
        get<ListPage<Evaluation>>("/api/evaluations", { agentId, limit: 200 }, { signal }),
        get<OnboardingSteps>("/api/onboarding/steps", undefined, { signal }),
      ]);
      return { evaluations: evaluations.data, steps: steps.data };
    },
    [agentId],
  );
  const { reload } = loaded;
  useBackOnline(reload);
  useEffect(
    () =>
      onOwnEvents((events) => {
        if (events.length === 0 || events.some(({ type }) => /^(evaluation|onboarding)\./.test(type)))
          reload();
      }),
    [reload],
  );
  return loaded;
}

function Results({ person, agentId }: { person: Me; agentId: string }) {
  const { data, error, reload } = useResults(agentId);
  const asked = useLocation().query.type ?? null;
  const organization = person.organization.name;
  if (!data) {
    return (
      <Page title="Evaluations">
        <Arriving what="Your results" error={error} onRetry={reload} />
      </Page>
    );
  }
  const groups = groupsOf(data.evaluations, data.steps, asked);
  return (
    <Page title="Evaluations" lead="Your results, and what is still to come.">
      {groups.length === 0 && (
        <EmptyState icon="chart-no-axes-column" title="No results yet">
          When {organization} evaluates your work, or you take a quiz, the result stands here.
        </EmptyState>
      )}
      {groups.map((group) => (
        <Group key={group.key} group={group} organization={organization} asked={group.key === asked} />
      ))}
    </Page>
  );
}

interface GroupProps {
  group: EvaluationGroup;
  organization: string;
  asked: boolean;
}

function Group({ group, organization, asked }: GroupProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked) place.current?.scrollIntoView({ block: "start" });
  }, [asked]);
  const { best, results, max, pass, passed } = group;
  const state = !best
    ? { tone: "plain" as const, word: "No result yet" }
    : passed === null
      ? { tone: "info" as const, word: "Evaluated" }
      : passed
        ? { tone: "good" as const, word: "Passed" }
        : { tone: "warn" as const, word: "Not enough yet" };
  return (
    <div ref={place} class="own-eval">
      <Card
        title={group.name}
        tone={asked ? "accent" : "plain"}
        actions={<StatusPill tone={state.tone}>{state.word}</StatusPill>}
      >
        <div class="stack">
          {best && (
            <div>
              <p class="own-eval-score">
                <strong>{scoreWords(best.score)}</strong> of {scoreWords(max)}
                {pass !== null && <span class="quiet"> · {scoreWords(pass)} needed</span>}
              </p>
              <ScoreBar label={group.name} score={best.score} min={0} max={max} pass={pass} />
            </div>
          )}
          {(asked || !best) && <How group={group} organization={organization} />}
          {results.length > 0 && (
            <ul class="waiting">
              {results.map((one) => (
                <li key={one.id}>
                  <span>
                    {results.length > 1 && (
                      <>
                        {scoreWords(one.score)} of {scoreWords(one.maxScore)}
                      </>
                    )}
                    {one.comment && <span class="own-eval-comment">{one.comment}</span>}
                  </span>
                  <time class="quiet" dateTime={one.completedAt} title={absolute(one.completedAt)}>
                    {date(one.completedAt)}
                  </time>
                </li>
              ))}
            </ul>
          )}
        </div>
      </Card>
    </div>
  );
}

/** What is needed, and how one gets it. */
function How({ group, organization }: { group: EvaluationGroup; organization: string }) {
  const { quiz, pass, passed } = group;
  if (quiz && !isOver(quiz)) {
    return (
      <>
        <p>
          It is a quiz of your onboarding{pass === null ? "" : `, in which ${scoreWords(pass)} are needed`}.
        </p>
        <Button variant="primary" full iconEnd="arrow-right" href={`/onboarding/${quiz.id}`}>
          {quiz.attempts ? "Try again" : "Take the quiz"}
          <span class="sr-only">: {group.name}</span>
        </Button>
      </>
    );
  }
  if (passed) return null;
  return (
    <p>
      {organization} evaluates this; there is nothing for you to send. Its result stands here as soon as it is
      there.
    </p>
  );
}
