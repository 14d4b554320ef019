import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

export interface PageProps {
  /** Names the tab, and the heading unless `heading` says it otherwise. */
  title: string;
  heading?: ComponentChildren;
  /** A sentence under the heading. */
  lead?: ComponentChildren;
  /** Buttons right of the heading. */
  actions?: ComponentChildren;
  /** `narrow` for forms, `column` for reading (the portal), `full` for lists and boards. */
  width?: "narrow" | "column" | "full";
  /** Takes the height of the window and lets its parts scroll, as a board does. */
  fill?: boolean;
  children?: ComponentChildren;
}

/** A screen: its name in the tab, its heading, its content. */
export function Page({ title, heading, lead, actions, width = "column", fill, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Portico`;
  }, [title]);
  return (
    <div class={`page page-${width}${fill ? " page-fill" : ""}`}>
      <header class="page-head">
        <div class="page-title">
          <h1 tabIndex={-1}>{heading ?? title}</h1>
          {lead && <p class="page-lead">{lead}</p>}
        </div>
        {actions && <div class="row page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
