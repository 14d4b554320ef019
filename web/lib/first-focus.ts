import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Puts the cursor into the first field of what appears where one just pressed something. The attribute
 * `autofocus` works once a page, or as a dialog opens.
 */
export function useFirstFocus<T extends HTMLElement>(): RefObject<T | null> {
  const root = useRef<T>(null);
  useLayoutEffect(() => {
    const field = root.current?.querySelector<HTMLElement>("input, select, textarea");
    field?.focus();
    if (field instanceof HTMLInputElement) field.select();
  }, []);
  return root;
}
