import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";
import type { IconName } from "./icon-names";

export interface TagProps {
  children: string;
  /** Gives it a button that takes it off. */
  onRemove?: () => void;
}

/** A word that somebody put on a person. */
export function Tag({ children, onRemove }: TagProps) {
  return (
    <span class="tag">
      {children}
      {onRemove && (
        <button type="button" class="tag-remove" aria-label={`Remove ${children}`} onClick={onRemove}>
          <Icon name="x" size={14} />
        </button>
      )}
    </span>
  );
}

export type Tone = "good" | "warn" | "bad" | "info" | "plain";

const SHAPES: Record<Tone, IconName> = {
  good: "circle-check",
  warn: "clock",
  bad: "circle-x",
  info: "circle-dot",
  plain: "circle-dashed",
};

export interface StatusPillProps {
  tone: Tone;
  /** Replaces the tone's own shape. */
  icon?: IconName;
  children: ComponentChildren;
}

/** Where something stands: a word, a colour and a shape, so that no one of them is needed. */
export function StatusPill({ tone, icon, children }: StatusPillProps) {
  return (
    <span class={`pill pill-${tone}`}>
      <Icon name={icon ?? SHAPES[tone]} size={14} />
      {children}
    </span>
  );
}
