import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export interface CardProps {
  title?: ComponentChildren;
  /** The level of the title: 2 under a page's heading. */
  level?: 2 | 3;
  /** Stands right of the title. */
  actions?: ComponentChildren;
  /** Tints the whole card where it means something. */
  tone?: "plain" | "accent" | "good" | "warn" | "bad" | "info";
  /** No padding: the content (a list, a table) brings its own. */
  flush?: boolean;
  class?: string;
  children?: ComponentChildren;
}

/** A surface that holds one thing, with a heading that names it as a region. */
export function Card({
  title,
  level = 2,
  actions,
  tone = "plain",
  flush,
  class: extra,
  children,
}: CardProps) {
  const id = useId();
  const Heading = level === 2 ? "h2" : "h3";
  const name = `card card-${tone}${flush ? " card-flush" : ""}${extra ? ` ${extra}` : ""}`;
  return (
    <section class={name} aria-labelledby={title ? id : undefined}>
      {(title || actions) && (
        <header class="card-head">
          {title && <Heading id={id}>{title}</Heading>}
          {actions && <div class="row card-actions">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
