import type { ComponentChildren } from "preact";
import { Ago } from "../lib/ago";
import { Icon } from "./Icon";
import type { IconName } from "./icon-names";
import type { Tone } from "./Tag";

export interface TimelineItem {
  id: string;
  at: string;
  text: ComponentChildren;
  /** Who did it, where the text does not say. */
  by?: string;
  /** Words that were given with it. */
  reason?: string | null;
  icon?: IconName;
  tone?: Tone;
  /** Just came in while one looks: it is lit for a moment. */
  fresh?: boolean;
}

export interface TimelineProps {
  label: string;
  items: readonly TimelineItem[];
}

/** What happened, newest first. */
export function Timeline({ label, items }: TimelineProps) {
  return (
    <ol class="timeline" aria-label={label}>
      {items.map((item) => (
        <li key={item.id} class={item.fresh ? "timeline-item timeline-fresh" : "timeline-item"}>
          <span class={`timeline-dot timeline-${item.tone ?? "plain"}`}>
            {item.icon && <Icon name={item.icon} size={14} />}
          </span>
          <div class="timeline-words">
            <div>{item.text}</div>
            {item.reason && <blockquote class="timeline-reason">{item.reason}</blockquote>}
            <div class="timeline-when">
              {item.by && <>{item.by} · </>}
              <Ago at={item.at} />
            </div>
          </div>
        </li>
      ))}
    </ol>
  );
}
