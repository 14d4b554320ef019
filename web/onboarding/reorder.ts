import type { Dragged } from "../workflows/drag-order";

export { type Dragged, useDragOrder } from "../workflows/drag-order";
export { moved } from "../workflows/workflow-store";

/** How far an item stands off its place: the dragged one goes with the pointer, those it passes make room. */
export function offset(dragged: Dragged | null, at: number): number {
  if (!dragged) return 0;
  const { from, to, by, height } = dragged;
  if (at === from) return by;
  if (at >= to && at < from) return height;
  return at > from && at <= to ? -height : 0;
}
