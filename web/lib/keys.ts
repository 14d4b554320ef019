import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

export interface Shortcut {
  /** As in `KeyboardEvent.key`: `j`, `?`, `Enter`, `ArrowDown`. */
  key: string;
  /** What it does, for the list of shortcuts. Absent: works, but is not listed. */
  label?: string;
  /** Answering false leaves the key to the browser. */
  run: (event: KeyboardEvent) => unknown;
  /** Works while a modal dialog is open too. */
  inDialog?: boolean;
}

export interface ShortcutGroup {
  title: string;
  shortcuts: Shortcut[];
}

/** The groups that work at the moment, the one that comes first last; the help on `?` lists them. */
export const shortcutGroups = signal<ShortcutGroup[]>([]);

const SETTING = "portico-shortcuts";

/** Whether single keys act. People who dictate or whose hands shake can turn them off (WCAG 2.1.4). */
export const shortcutsOn = signal(readSetting());

/** Turns single-key shortcuts on or off, and remembers it in this browser. */
export function setShortcutsOn(on: boolean): void {
  shortcutsOn.value = on;
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

/**
 * Makes shortcuts work for as long as the component is on the screen. Where two groups have a key the newer
 * one takes it; one that stands `behind` takes only what no screen has.
 */
export function useShortcuts(title: string, shortcuts: Shortcut[], behind = false): void {
  const current = useRef(shortcuts);
  current.current = shortcuts;
  useEffect(() => {
    // Read through the ref, so that each press runs the newest closure.
    const group: ShortcutGroup = {
      title,
      get shortcuts() {
        return current.current;
      },
    };
    const others = shortcutGroups.peek();
    shortcutGroups.value = behind ? [group, ...others] : [...others, group];
    listen();
    return () => {
      shortcutGroups.value = shortcutGroups.peek().filter((other) => other !== group);
    };
  }, [title, behind]);
}

/** Whether keys pressed there are text or belong to the control. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT") return true;
  return (
    target instanceof HTMLInputElement &&
    !["checkbox", "radio", "button", "submit", "range"].includes(target.type)
  );
}

let listening = false;
function listen(): void {
  if (listening) return;
  listening = true;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
      return;
    if (!shortcutsOn.value && event.key.length === 1) return;
    const modal = document.querySelector("dialog:modal") !== null;
    for (const group of [...shortcutGroups.peek()].reverse()) {
      const found = group.shortcuts.find(({ key, inDialog }) => key === event.key && (inDialog || !modal));
      if (!found) continue;
      if (found.run(event) !== false) event.preventDefault();
      return;
    }
  });
}

function readSetting(): boolean {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true;
  }
}
