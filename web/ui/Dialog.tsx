import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "./Button";

export interface DialogProps {
  open: boolean;
  /** Asked by Escape, the cross and a click beside it; the parent sets `open`. */
  onClose: () => void;
  title: ComponentChildren;
  /** The buttons at its foot. */
  actions?: ComponentChildren;
  size?: "s" | "m" | "l";
  children?: ComponentChildren;
}

function useDialog(open: boolean, modal: boolean, onClose: () => void) {
  const ref = useRef<HTMLDialogElement>(null);
  const back = useRef<Element | null>(null);
  const isOpen = useRef(open);
  isOpen.current = open;
  // Before the next key: what one types right after the key that opens it belongs to the dialog.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      back.current = document.activeElement;
      if (modal) dialog.showModal();
      else dialog.show();
    } else if (!open && dialog.open) {
      dialog.close();
      // `show()` does not give focus back by itself.
      if (!modal && back.current instanceof HTMLElement) back.current.focus();
    }
  }, [open, modal]);
  useEffect(() => () => ref.current?.close(), []);
  const events = {
    // The parent decides; the browser would close it and leave `open` true.
    onCancel: (event: Event) => {
      event.preventDefault();
      if (event.target === ref.current) onClose();
    },
    // Some browsers close it on a second Escape without asking.
    onClose: () => {
      if (isOpen.current && !ref.current?.open) onClose();
    },
    onClick: (event: MouseEvent) => {
      if (modal && event.target === ref.current) onClose();
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (!modal && event.key === "Escape" && !event.defaultPrevented) onClose();
    },
  };
  return { ref, events };
}

/** A question or a short form over the page. */
export function Dialog({ open, onClose, title, actions, size = "m", children }: DialogProps) {
  const id = useId();
  const { ref, events } = useDialog(open, true, onClose);
  return (
    <dialog ref={ref} class={`dialog dialog-${size}`} aria-labelledby={id} {...events}>
      {open && (
        <div class="dialog-body">
          <div class="dialog-head">
            <h2 id={id}>{title}</h2>
            <IconButton icon="x" label="Close" size="s" onClick={onClose} />
          </div>
          <div class="dialog-content">{children}</div>
          {actions && <div class="dialog-actions">{actions}</div>}
        </div>
      )}
    </dialog>
  );
}

export interface SidePanelProps {
  open: boolean;
  onClose: () => void;
  title: ComponentChildren;
  /** Stands in the head, left of the cross. */
  actions?: ComponentChildren;
  /** False leaves the page behind usable, as beside a board. */
  modal?: boolean;
  wide?: boolean;
  children?: ComponentChildren;
}

/** A sheet at the side of the page; on a phone it covers the page. */
export function SidePanel({
  open,
  onClose,
  title,
  actions,
  modal = true,
  wide = false,
  children,
}: SidePanelProps) {
  const id = useId();
  const { ref, events } = useDialog(open, modal, onClose);
  return (
    <dialog ref={ref} class={wide ? "panel panel-wide" : "panel"} aria-labelledby={id} {...events}>
      {open && (
        <div class="panel-body">
          <div class="panel-head">
            <h2 id={id}>{title}</h2>
            <div class="row">
              {actions}
              <IconButton icon="x" label="Close panel" size="s" onClick={onClose} />
            </div>
          </div>
          <div class="panel-content">{children}</div>
        </div>
      )}
    </dialog>
  );
}
