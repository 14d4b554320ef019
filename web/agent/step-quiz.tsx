import { useEffect, useRef, useState } from "preact/hooks";
import type { CompletedStep } from "../../worker/features/onboarding/schema";
import { PASS_SCORE } from "../../worker/features/onboarding/words";
import { errorText } from "../lib/client";
import { Button, Card, Icon, Progress, TextField } from "../ui";
import type { StepProps } from "./onboarding-step";
import { type Answers, answersOf, firstOpen, type QuizQuestion, scoreText } from "./quiz";
import { ScoreBar } from "./score-bar";
import { completeStep } from "./use-steps";

/** A quiz: one question after the other, then the score, and another try where it was not enough. */
export function StepQuiz({ step, onDone }: StepProps) {
  const questions = step.questions ?? [];
  const passScore = step.passScore ?? PASS_SCORE;
  const [answers, setAnswers] = useState<Answers>({});
  const [at, setAt] = useState(0);
  const [begun, setBegun] = useState(false);
  const [failed, setFailed] = useState<CompletedStep | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const question = questions[at];

  const send = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      const done = await completeStep(step.id, { answers: answersOf(questions, answers) });
      if (done.passed === false) setFailed(done);
      onDone(done);
    } catch (error) {
      setTrouble(errorText(error));
      setAt(firstOpen(questions, answers));
    }
    setBusy(false);
  };
  const again = () => {
    setFailed(null);
    setAnswers({});
    setAt(0);
    setBegun(true);
  };

  if (failed) return <NotYet done={failed} passScore={passScore} onAgain={again} />;
  if (!begun) {
    const earlier =
      step.attempts && step.score !== null ? ` Your last try: ${scoreText(step.score, passScore)}` : "";
    return (
      <Card>
        <div class="stack">
          <p>
            {questions.length === 1 ? "One question." : `${questions.length} questions.`} {passScore} of 100
            are needed, and you can try as often as you like.{earlier}
          </p>
          <Button variant="primary" size="l" full onClick={() => setBegun(true)}>
            {step.attempts ? "Try again" : "Begin"}
          </Button>
        </div>
      </Card>
    );
  }
  if (!question) return null;
  const last = at === questions.length - 1;
  const answered = Boolean(answers[question.key]?.trim());
  return (
    <Card class="quiz">
      <p class="quiz-place">
        Question {at + 1} of {questions.length}
      </p>
      <Progress label="How far you are in the quiz" value={(at + 1) / questions.length} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!answered || busy) return;
          if (last) void send();
          else setAt(at + 1);
        }}
      >
        <Question
          key={question.key}
          question={question}
          value={answers[question.key] ?? ""}
          onValue={(value) => setAnswers((before) => ({ ...before, [question.key]: value }))}
        />
        {trouble && (
          <p class="field-error" role="alert">
            <Icon name="circle-alert" size={16} />
            <span>{trouble}</span>
          </p>
        )}
        <div class="quiz-buttons">
          {at > 0 && (
            <Button icon="arrow-left" onClick={() => setAt(at - 1)}>
              Back
            </Button>
          )}
          <Button type="submit" variant="primary" size="l" busy={busy} disabled={!answered}>
            {last ? "Send my answers" : "Next"}
          </Button>
        </div>
      </form>
    </Card>
  );
}

interface QuestionProps {
  question: QuizQuestion;
  value: string;
  onValue: (value: string) => void;
}

function Question({ question, value, onValue }: QuestionProps) {
  const legend = useRef<HTMLLegendElement>(null);
  // Reading goes on at the question that has just come.
  useEffect(() => legend.current?.focus(), []);
  if (!question.options) {
    return (
      <fieldset class="quiz-question">
        <legend ref={legend} tabIndex={-1}>
          {question.label}
        </legend>
        <TextField label="Your answer" value={value} onValue={onValue} autoComplete="off" maxLength={500} />
      </fieldset>
    );
  }
  return (
    <fieldset class="quiz-question">
      <legend ref={legend} tabIndex={-1}>
        {question.label}
      </legend>
      {question.options.map((option) => (
        <label key={option} class="quiz-option">
          <input
            type="radio"
            name={question.key}
            value={option}
            checked={value === option}
            onChange={() => onValue(option)}
          />
          <span>{option}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface NotYetProps {
  done: CompletedStep;
  passScore: number;
  onAgain: () => void;
}

function NotYet({ done, passScore, onAgain }: NotYetProps) {
  const score = done.step.score ?? 0;
  return (
    <Card title="Not quite yet" tone="warn">
      <div class="stack">
        <p role="status">You have {scoreText(score, passScore)} Look through it once more and try again.</p>
        <ScoreBar label="Your score" score={score} min={0} max={100} pass={passScore} />
        <Button variant="primary" size="l" full icon="refresh-cw" onClick={onAgain}>
          Try again
        </Button>
      </div>
    </Card>
  );
}
