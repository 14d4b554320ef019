export interface ScoreBarProps {
  label: string;
  score: number;
  /** The ends of the scale. */
  min: number;
  max: number;
  /** From where on it is passed. */
  pass: number | null;
}

/** A score as a number. */
export const scoreWords = (score: number) =>
  new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(score);

/** A score on its scale as a thin bar, with a mark where it is passed. */
export function ScoreBar({ label, score, min, max, pass }: ScoreBarProps) {
  const part = (value: number) => `${Math.min(100, Math.max(0, ((value - min) / (max - min)) * 100))}%`;
  const words = `${label}: ${scoreWords(score)} of ${scoreWords(max)}${pass === null ? "" : `, ${scoreWords(pass)} needed`}`;
  const tone = pass === null ? "plain" : score >= pass ? "good" : "warn";
  return (
    <div class={`score score-${tone}`} role="img" aria-label={words}>
      <span class="score-fill" style={{ width: part(score) }} />
      {pass !== null && <span class="score-pass" style={{ insetInlineStart: part(pass) }} />}
    </div>
  );
}
