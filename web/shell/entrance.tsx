import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Mark } from "../ui";

export interface EntranceProps {
  title: string;
  lead?: ComponentChildren;
  /** Stands under the card: the other ways in. */
  foot?: ComponentChildren;
  children?: ComponentChildren;
}

/** A screen of somebody who is not logged in: the mark, one card, the other ways in. */
export function Entrance({ title, lead, foot, children }: EntranceProps) {
  useEffect(() => {
    document.title = `${title} · Portico`;
  }, [title]);
  return (
    <div class="entrance">
      <header class="entrance-head">
        <a href="/" class="entrance-mark" aria-label="Portico, to the start">
          <Mark size={28} word />
        </a>
      </header>
      <main id="main" class="entrance-main" tabIndex={-1}>
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <p class="entrance-lead">{lead}</p>}
        {children}
      </main>
      {foot && <footer class="entrance-foot">{foot}</footer>}
    </div>
  );
}
