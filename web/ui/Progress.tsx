import type { ComponentChildren } from "preact";

export interface ProgressProps {
  /** What is under way, for screen readers. */
  label: string;
  /** From 0 to 1; without it the bar says only that something is under way. */
  value?: number;
}

/** How far something is. */
export function Progress({ label, value }: ProgressProps) {
  return (
    <div
      class={value === undefined ? "progress progress-open" : "progress"}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === undefined ? undefined : Math.round(value * 100)}
    >
      <span
        style={value === undefined ? undefined : { transform: `scaleX(${Math.min(1, Math.max(0, value))})` }}
      />
    </div>
  );
}

export interface SkeletonProps {
  /** Lines of text to stand in for. */
  lines?: number;
  /** Or one block of this height. */
  height?: string;
  width?: string;
}

/** Grey shapes where content is about to be. The screen around it says that it loads. */
export function Skeleton({ lines, height, width }: SkeletonProps) {
  if (lines === undefined)
    return <span class="skeleton" style={{ height: height ?? "1em", width }} aria-hidden="true" />;
  return (
    <span class="skeleton-lines" aria-hidden="true">
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} class="skeleton" style={{ width: at === lines - 1 && lines > 1 ? "62%" : width }} />
      ))}
    </span>
  );
}

/** Around skeletons: says once, aloud, that a screen loads. */
export function Loading({ label = "Loading", children }: { label?: string; children: ComponentChildren }) {
  return (
    <div class="loading" role="status" aria-live="polite">
      <span class="sr-only">{label}</span>
      {children}
    </div>
  );
}
