import { effect, signal } from "@preact/signals";
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, IconButton } from "./Button";
import { Icon } from "./Icon";
import type { IconName } from "./icon-names";

export interface ToastInput {
  text: string;
  tone?: "plain" | "good" | "warn" | "bad";
  /** Takes it back; the toast then counts down. */
  undo?: () => void | Promise<void>;
  /** Another thing to do than undo. */
  action?: { label: string; run: () => void };
  /** How long it stays: 10 with undo, 6 without, 0 until it is closed. */
  seconds?: number;
}

interface Shown extends ToastInput {
  id: number;
}

const ICONS: Record<NonNullable<ToastInput["tone"]>, IconName> = {
  plain: "info",
  good: "circle-check",
  warn: "triangle-alert",
  bad: "circle-alert",
};

const shown = signal<Shown[]>([]);
let lastId = 0;

/** Says what just happened, at the foot of the page. Answers how to take the toast away. */
export function toast(input: ToastInput | string): () => void {
  lastId += 1;
  const id = lastId;
  const made: Shown = { ...(typeof input === "string" ? { text: input } : input), id };
  shown.value = [...shown.value, made].slice(-3);
  return () => dismiss(id);
}

function dismiss(id: number): void {
  shown.value = shown.value.filter((one) => one.id !== id);
}

/**
 * Shows toasts from now on; called once. Their box moves into a modal dialog while one is open, since
 * everything beside such a dialog can neither be pressed nor is it read aloud.
 */
export function showToasts(): void {
  const box = document.createElement("div");
  const settle = () => {
    const home = Array.from(document.querySelectorAll("dialog:modal")).at(-1) ?? document.body;
    if (box.parentNode !== home) home.append(box);
  };
  settle();
  render(<Toasts />, box);
  let timer: ReturnType<typeof setInterval> | undefined;
  effect(() => {
    clearInterval(timer);
    if (shown.value.length === 0) return;
    settle();
    // A dialog may open or close under a toast that is still needed.
    timer = setInterval(settle, 250);
  });
}

function Toasts() {
  return (
    <section class="toasts" aria-label="What just happened" aria-live="polite" aria-relevant="additions text">
      {shown.value.map((one) => (
        <Toast key={one.id} {...one} />
      ))}
    </section>
  );
}

function Toast({ id, text, tone = "plain", undo, action, seconds = undo ? 10 : 6 }: Shown) {
  const [left, setLeft] = useState(seconds);
  const [busy, setBusy] = useState(false);
  const held = useRef(false);

  useEffect(() => {
    if (seconds === 0) return;
    const timer = setInterval(() => {
      if (!held.current) setLeft((now) => now - 1);
    }, 1000);
    return () => clearInterval(timer);
  }, [seconds]);

  useEffect(() => {
    if (seconds > 0 && left <= 0 && !busy) dismiss(id);
  }, [left, busy, seconds, id]);

  // A countdown belongs to the server where it can be undone; only the others wait for a reader.
  const hold = (on: boolean) => () => {
    held.current = on && !undo;
  };

  return (
    <div
      role="group"
      class={`toast toast-${tone}`}
      onMouseEnter={hold(true)}
      onMouseLeave={hold(false)}
      onFocusIn={hold(true)}
      onFocusOut={hold(false)}
    >
      <Icon name={ICONS[tone]} />
      <span class="toast-text">{text}</span>
      {undo && (
        <Button
          size="s"
          variant="plain"
          busy={busy}
          onClick={async () => {
            setBusy(true);
            try {
              await undo();
            } finally {
              dismiss(id);
            }
          }}
        >
          Undo{" "}
          <span class="num toast-left" aria-hidden="true">
            {left > 90 ? `${Math.ceil(left / 60)} min` : Math.max(left, 0)}
          </span>
        </Button>
      )}
      {action && (
        <Button
          size="s"
          variant="plain"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon="x" label="Close message" size="s" onClick={() => dismiss(id)} />
      {undo && (
        <span
          class="toast-bar"
          style={{ transform: `scaleX(${Math.max(left, 0) / seconds})` }}
          aria-hidden="true"
        />
      )}
    </div>
  );
}
