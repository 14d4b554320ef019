import { useState } from "preact/hooks";
import type { InterviewDetail } from "../../worker/features/interviews/schema";
import { Ago } from "../lib/ago";
import { errorText, post } from "../lib/client";
import { can, me } from "../lib/session";
import { Avatar, Banner, Button, Card, TextArea } from "../ui";

const RATINGS = [1, 2, 3, 4, 5];

/** Five steps, of which one may be chosen. */
export function RatingField({ value, onValue }: { value: number | null; onValue: (value: number) => void }) {
  return (
    <fieldset class="feedback-rating">
      <legend class="field-label">Rating</legend>
      <span class="rating-steps">
        {RATINGS.map((step) => (
          <label key={step} class="rating-step">
            <input
              type="radio"
              name="rating"
              class="sr-only"
              checked={value === step}
              onChange={() => onValue(step)}
            />
            <span aria-hidden="true">{step}</span>
            <span class="sr-only">{step} of 5</span>
          </label>
        ))}
      </span>
    </fieldset>
  );
}

/** What its interviewers say of it, each in their own words. */
export function FeedbackCard({ interview, onSaved }: { interview: InterviewDetail; onSaved: () => void }) {
  const { feedbacks, rating: mean } = interview;
  const own = feedbacks.find(({ userId }) => userId === me.value?.id);
  const [text, setText] = useState(own?.feedback ?? "");
  const [rating, setRating] = useState<number | null>(own?.rating ?? null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const others = feedbacks.filter(({ userId }) => userId !== me.value?.id);
  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await post(`/api/interviews/${interview.id}/feedback`, {
        ...(text.trim() ? { feedback: text.trim() } : {}),
        ...(rating ? { rating } : {}),
      });
      setSaved(true);
      onSaved();
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };
  return (
    <Card title={mean ? `Feedback, ${mean} of 5` : "Feedback"}>
      {others.map((one) => (
        <div key={one.userId} class="said">
          <Avatar name={one.name} id={one.userId} size={28} />
          <div>
            <p class="said-head">
              <strong>{one.name}</strong>
              {one.rating && <span class="num">{one.rating} of 5</span>}
              <Ago at={one.at} class="quiet" />
            </p>
            {one.feedback && <p class="said-words">{one.feedback}</p>}
          </div>
        </div>
      ))}
      {can("interview.decide") && (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void send();
          }}
        >
          {problem && <Banner tone="bad">{problem}</Banner>}
          <TextArea
            label={own ? "Your feedback" : "How did it go?"}
            value={text}
            rows={3}
            onValue={(value) => {
              setText(value);
              setSaved(false);
            }}
          />
          <div class="row said-foot">
            <RatingField
              value={rating}
              onValue={(value) => {
                setRating(value);
                setSaved(false);
              }}
            />
            <Button
              type="submit"
              busy={busy}
              disabled={!text.trim() && !rating}
              icon={saved ? "check" : undefined}
            >
              {saved ? "Saved" : "Save feedback"}
            </Button>
          </div>
        </form>
      )}
    </Card>
  );
}
