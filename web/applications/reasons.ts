/** Why people are turned away, most often: the chip's words, and the sentence that is kept and may be mailed. */
export const REJECT_REASONS = [
  { label: "Others fit better", text: "We chose people whose experience fits the job better." },
  { label: "Too little experience", text: "The job needs more experience than you have so far." },
  { label: "Skills don’t match", text: "The job needs skills that your application doesn’t show." },
  { label: "Pay", text: "We can’t meet the pay that you have in mind." },
  { label: "Place or hours", text: "The place of work or its hours don’t fit." },
  { label: "Job is filled", text: "The job has been filled." },
  { label: "No answer", text: "We tried to reach you and had no answer." },
] as const;

const KEPT = "portico-reject-reason";

/** The reason to begin with: the one that was used last in this browser, since people come in rows. */
export function firstReason(): string {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // A private window may refuse: it then begins with the first.
  }
  return (REJECT_REASONS.find(({ text }) => text === kept) ?? REJECT_REASONS[0]).text;
}

/** Keeps a reason from the list as the one to begin with. */
export function keepReason(text: string): void {
  if (!REJECT_REASONS.some((reason) => reason.text === text)) return;
  try {
    localStorage.setItem(KEPT, text);
  } catch {
    // Not kept in a private window.
  }
}
