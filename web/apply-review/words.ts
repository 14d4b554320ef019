import type { ApplySteps } from "../../worker/features/apply/schema";
import type { ApplyStep } from "../../worker/features/apply/words";

/** The parts of the public form, as the team calls them. */
export const STEP_NAMES: Record<ApplyStep, string> = {
  viewed: "Opened the form",
  started: "Began to fill it in",
  cv: "CV",
  about: "About themselves",
  questions: "Questions",
  review: "Read it over",
  sent: "Sent it",
};

/** Where most people gave up, in a sentence; null while nobody did. */
export function dropWords({ steps }: Pick<ApplySteps, "steps">): string | null {
  const opened = steps[0]?.count ?? 0;
  const sent = steps.at(-1)?.count ?? 0;
  if (opened === 0) return null;
  const drops = steps.slice(1).map((step, i) => ({
    step: step.step,
    // Without script only the first and the last part are counted.
    lost: step.count === 0 && step.step !== "sent" ? 0 : (steps[i]?.count ?? 0) - step.count,
  }));
  const worst = drops.reduce((most, one) => (one.lost > most.lost ? one : most), { step: "sent", lost: 0 });
  const share = Math.min(100, Math.round((sent / opened) * 100));
  const whole = `${share} of 100 people who opened the form sent it.`;
  if (worst.lost <= 0) return whole;
  return `${whole} Most gave up before “${STEP_NAMES[worst.step as ApplyStep]}”: ${worst.lost.toLocaleString("en")}.`;
}
