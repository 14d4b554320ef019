import { type ComponentChildren, cloneElement, type VNode } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Puts a panel under its anchor, or above it where there is more room, inside the window. */
export function place(panel: HTMLElement, anchor: Element, align: "start" | "end"): void {
  const gap = 6;
  const edge = 8;
  const at = anchor.getBoundingClientRect();
  panel.style.maxHeight = "";
  const { width, height } = panel.getBoundingClientRect();
  const below = innerHeight - at.bottom - gap - edge;
  const above = at.top - gap - edge;
  const over = height > below && above > below;
  const left = align === "start" ? at.left : at.right - width;
  panel.style.maxHeight = `${Math.max(120, over ? above : below)}px`;
  panel.style.left = `${Math.max(edge, Math.min(left, innerWidth - width - edge))}px`;
  panel.style.top = `${over ? Math.max(edge, at.top - gap - Math.min(height, above)) : at.bottom + gap}px`;
}

/** What opens a panel carries these; the panel and its keeper come along. */
export function usePopover(
  align: "start" | "end",
  kind: "menu" | "dialog",
  onOpen?: (panel: HTMLElement) => void,
) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const anchor = () => document.querySelector(`[popovertarget="${CSS.escape(id)}"]`);
  const fresh = useRef(onOpen);
  fresh.current = onOpen;

  useLayoutEffect(() => {
    if (!open) return;
    const settle = () => {
      const to = anchor();
      if (panel.current && to) place(panel.current, to, align);
    };
    settle();
    if (panel.current) fresh.current?.(panel.current);
    addEventListener("resize", settle);
    addEventListener("scroll", settle, true);
    return () => {
      removeEventListener("resize", settle);
      removeEventListener("scroll", settle, true);
    };
  }, [open, align]);

  return {
    open,
    close: () => panel.current?.hidePopover(),
    trigger: {
      popovertarget: id,
      "aria-haspopup": kind,
      "aria-expanded": open,
      "aria-controls": id,
    } as const,
    panel: {
      ref: panel,
      id,
      popover: "auto",
      onBeforeToggle: (event: Event) => {
        if ((event as ToggleEvent).newState !== "open") return;
        // It is measured once it stands, and before it is painted.
        requestAnimationFrame(() => {
          const to = anchor();
          if (panel.current && to) place(panel.current, to, align);
        });
      },
      onToggle: (event: Event) => setOpen((event as ToggleEvent).newState === "open"),
    } as const,
  };
}

export interface PopoverProps {
  /** A button; it is given what opens the panel. */
  trigger: VNode;
  /** What the panel is, for screen readers. */
  label: string;
  align?: "start" | "end";
  width?: string;
  /** Drawn only while it is open. */
  children: ComponentChildren | ((close: () => void) => ComponentChildren);
}

/** A small panel beside what opened it. Escape and a click elsewhere close it. */
export function Popover({ trigger, label, align = "end", width, children }: PopoverProps) {
  const popover = usePopover(align, "dialog");
  return (
    <>
      {cloneElement(trigger, popover.trigger)}
      <div {...popover.panel} class="popover" role="dialog" aria-label={label} style={{ width }}>
        {popover.open && (typeof children === "function" ? children(popover.close) : children)}
      </div>
    </>
  );
}
