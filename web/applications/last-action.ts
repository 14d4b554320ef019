import { signal } from "@preact/signals";
import { errorText } from "../lib/client";
import { toast } from "../ui";

/** What was done last on this page and can still be taken back. */
export interface LastAction {
  text: string;
  /** Milliseconds since 1970. */
  until: number;
  undo: () => Promise<void>;
}

/** The newest action that can be taken back; null when there is none, or its time is over. */
export const lastAction = signal<LastAction | null>(null);

let timer: ReturnType<typeof setTimeout> | undefined;
let closeToast: () => void = () => {};

/**
 * Says what was done, with the way back for as long as there is one: in a message, on the key `u`, and
 * wherever a screen shows `lastAction`.
 * @param undo takes it back; what it throws is told
 * @param alone takes the message before it away, where one follows the other quickly
 */
export function announce(text: string, until: number, undo: () => Promise<void>, alone = false): void {
  if (alone) closeToast();
  const seconds = Math.max(1, Math.round((until - Date.now()) / 1000));
  const action: LastAction = {
    text,
    until,
    undo: async () => {
      forget(action);
      try {
        await undo();
      } catch (error) {
        toast({ text: errorText(error), tone: "warn", seconds: 10 });
      }
    },
  };
  closeToast = toast({ text, undo: action.undo, seconds });
  lastAction.value = action;
  clearTimeout(timer);
  timer = setTimeout(() => forget(action), seconds * 1000);
}

/** Takes the newest action back, if there still is one. */
export function undoLast(): void {
  const action = lastAction.peek();
  if (action && Date.now() < action.until) void action.undo();
}

function forget(action: LastAction): void {
  if (lastAction.peek() !== action) return;
  lastAction.value = null;
  clearTimeout(timer);
  closeToast();
}
