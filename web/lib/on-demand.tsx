import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";

/**
 * A part of a screen whose code is fetched when it is first shown, or sooner by `preload`: when somebody is
 * about to need it. Until it is there, nothing stands in its place; a fetch that failed is tried again when
 * it is next needed.
 */
export function onDemand<P extends object>(load: () => Promise<ComponentType<P>>) {
  const found = signal<ComponentType<P> | null>(null);
  let asked = false;
  const preload = () => {
    if (asked) return;
    asked = true;
    load().then(
      (part) => {
        found.value = part;
      },
      () => {
        asked = false;
      },
    );
  };
  const Part = (props: P) => {
    useEffect(preload);
    const Found = found.value;
    return Found && <Found {...props} />;
  };
  return Object.assign(Part, { preload });
}
