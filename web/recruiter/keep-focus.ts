import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/**
 * Keeps the keys on a person's card while the board is drawn anew around it: an element that changes place
 * loses the focus, and so does one whose card was moved to another column by somebody else.
 */
export function useKeptFocus(root: { current: HTMLElement | null }): void {
  const held = useRef<string | null>(null);
  useEffect(() => {
    const note = ({ target }: Event) => {
      const card = target instanceof Element ? target.closest("[data-person]") : null;
      held.current = card?.getAttribute("data-person") ?? null;
    };
    // Whoever clicks beside the cards has put them down.
    const drop = () => {
      held.current = null;
    };
    document.addEventListener("focusin", note);
    document.addEventListener("pointerdown", drop);
    return () => {
      document.removeEventListener("focusin", note);
      document.removeEventListener("pointerdown", drop);
    };
  }, []);
  useLayoutEffect(() => {
    if (held.current === null || document.activeElement !== document.body) return;
    const card = root.current?.querySelector(`[data-person="${CSS.escape(held.current)}"]`);
    card?.querySelector<HTMLElement>(".bcard-name")?.focus({ preventScroll: true });
  });
}
