const MILLISECONDS = 180;
/** More cards at once than anyone's eye follows. */
const MOST = 12;

/** Where a person's card is drawn, if it is. */
function cardElement(root: HTMLElement, personId: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[data-person="${CSS.escape(personId)}"]`);
}

/**
 * Notes where cards stand, and answers what to call once they stand elsewhere: a copy of each then
 * slides from the old place to the new one, over the columns that would cut it off. Nothing moves for
 * readers who asked for that.
 */
export function slideCards(root: HTMLElement | null, personIds: readonly string[]): () => void {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden;
  if (!root || still || personIds.length > MOST) return () => {};
  const starts = new Map<string, { rect: DOMRect; copy: HTMLElement }>();
  for (const personId of personIds) {
    const element = cardElement(root, personId);
    if (!element) continue;
    const copy = element.cloneNode(true) as HTMLElement;
    copy.removeAttribute("data-person");
    starts.set(personId, { rect: element.getBoundingClientRect(), copy });
  }
  return () => {
    requestAnimationFrame(() => {
      for (const [personId, start] of starts) fly(root, personId, start);
    });
  };
}

function fly(
  root: HTMLElement,
  personId: string,
  { rect, copy }: { rect: DOMRect; copy: HTMLElement },
): void {
  const target = cardElement(root, personId);
  const to = target?.getBoundingClientRect();
  if (!target || !to || (to.left === rect.left && to.top === rect.top)) return;
  const holder = document.createElement("ul");
  holder.className = "board-ghost";
  holder.inert = true;
  holder.setAttribute("aria-hidden", "true");
  Object.assign(holder.style, {
    left: `${rect.left}px`,
    top: `${rect.top}px`,
    width: `${rect.width}px`,
    height: `${rect.height}px`,
  });
  holder.append(copy);
  root.append(holder);
  const timing = { duration: MILLISECONDS, easing: "cubic-bezier(0.2, 0, 0, 1)" };
  target.animate([{ opacity: 0 }, { opacity: 0 }], { duration: MILLISECONDS });
  holder
    .animate([{ translate: "0 0" }, { translate: `${to.left - rect.left}px ${to.top - rect.top}px` }], timing)
    .finished.catch(() => {})
    .finally(() => holder.remove());
}
