import { useRef, useState } from "preact/hooks";

export interface Dragged {
  from: number;
  /** The place it would take if it were let go now. */
  to: number;
  /** Pixels that the pointer went down, scrolling included. */
  by: number;
  /** Its own height in pixels. */
  height: number;
}

const EDGE = 72;
const SCROLL_STEP = 14;

/**
 * Reorders the items of a list by dragging their grips, with a mouse or a finger. The list's element has its
 * items as children; Escape lets go without a change.
 */
export function useDragOrder(onDrop: (from: number, to: number) => void) {
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const drop = useRef(onDrop);
  drop.current = onDrop;

  const start = (from: number) => (event: PointerEvent) => {
    if (event.button !== 0 || !list.current) return;
    event.preventDefault();
    const middles = Array.from(list.current.children).map((item) => {
      const box = item.getBoundingClientRect();
      return box.top + scrollY + box.height / 2;
    });
    const height = list.current.children[from]?.getBoundingClientRect().height ?? 0;
    const begin = event.clientY + scrollY;
    let y = event.clientY;
    let now: Dragged = { from, to: from, by: 0, height };
    let frame = 0;

    const settle = () => {
      const at = y + scrollY;
      const above = middles.filter((middle, index) => index !== from && middle < at).length;
      now = { from, to: above, by: at - begin, height };
      setDragged(now);
    };
    const scroll = () => {
      const step = y < EDGE ? -SCROLL_STEP : y > innerHeight - EDGE ? SCROLL_STEP : 0;
      if (step) {
        scrollBy(0, step);
        settle();
      }
      frame = requestAnimationFrame(scroll);
    };
    const move = (next: PointerEvent) => {
      y = next.clientY;
      settle();
    };
    const end = (keep: boolean) => {
      cancelAnimationFrame(frame);
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", cancel);
      removeEventListener("keydown", key, true);
      setDragged(null);
      if (keep && now.to !== from) drop.current(from, now.to);
    };
    const up = () => end(true);
    const cancel = () => end(false);
    const key = (pressed: KeyboardEvent) => {
      if (pressed.key !== "Escape") return;
      pressed.preventDefault();
      end(false);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", cancel);
    addEventListener("keydown", key, true);
    frame = requestAnimationFrame(scroll);
    setDragged(now);
  };

  return { list, dragged, start };
}
