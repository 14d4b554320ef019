import "./items.css";
import "./order.css";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, IconButton, Menu } from "../ui";
import { offset, useDragOrder } from "./reorder";

export interface OrderedListProps<T extends { id: string }> {
  /** What stands in the list. */
  label: string;
  items: readonly T[];
  nameOf: (item: T) => string;
  /** What kind it is, in a word. */
  kindOf: (item: T) => string;
  /** What is to be mended in it, once somebody tried to save. */
  faultOf: (item: T) => string | undefined;
  /** The one that is open, if any. */
  open: string | null;
  onOpen: (id: string | null) => void;
  onMove: (from: number, to: number) => void;
  onRemove: (item: T) => void;
  /** The open one's fields. */
  children: (item: T) => ComponentChildren;
}

/** Things in an order that is changed by drag, by Alt with an arrow and from a menu; one at a time is open. */
export function OrderedList<T extends { id: string }>(props: OrderedListProps<T>) {
  const { label, items, nameOf, kindOf, faultOf, open, onOpen, onRemove, children } = props;
  const [said, setSaid] = useState("");
  const focused = useRef<string | null>(null);
  const move = (from: number, to: number) => {
    const item = items[from];
    if (!item || to < 0 || to >= items.length || from === to) return;
    focused.current = item.id;
    props.onMove(from, to);
    setSaid(`${nameOf(item)} is number ${to + 1} of ${items.length} now.`);
  };
  const { list, dragged, start } = useDragOrder(move);
  // What changes its place loses the focus: it is given back.
  useLayoutEffect(() => {
    if (!focused.current) return;
    list.current?.querySelector<HTMLElement>(`[data-item="${focused.current}"] .item-toggle`)?.focus();
    focused.current = null;
  });
  return (
    <>
      <p class="sr-only" role="status">
        {said}
      </p>
      <ol class={dragged ? "items items-dragging" : "items"} ref={list} aria-label={label}>
        {items.map((item, at) => {
          const name = nameOf(item);
          const fault = faultOf(item);
          const isOpen = open === item.id;
          const by = offset(dragged, at);
          return (
            <li
              key={item.id}
              class={`item${isOpen ? " item-open" : ""}${dragged?.from === at ? " item-dragged" : ""}`}
              data-item={item.id}
              style={by === 0 ? undefined : { transform: `translateY(${by}px)` }}
            >
              <div class="item-head">
                <span
                  class="item-grip"
                  title="Drag to another place"
                  aria-hidden="true"
                  onPointerDown={start(at)}
                >
                  <Icon name="grip-vertical" size={16} />
                </span>
                <button
                  type="button"
                  class="item-toggle"
                  aria-expanded={isOpen}
                  aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                  onClick={() => onOpen(isOpen ? null : item.id)}
                  onKeyDown={(event) => {
                    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
                    if (!event.altKey || !step) return;
                    event.preventDefault();
                    move(at, at + step);
                  }}
                >
                  <span class="item-name">
                    <span class="quiet num">{at + 1}</span> {name}
                  </span>
                  <span class="item-kind">{kindOf(item)}</span>
                  {fault && !isOpen && (
                    <span class="item-fault">
                      <Icon name="circle-alert" size={14} /> {fault}
                    </span>
                  )}
                </button>
                <Menu
                  label={`Actions for ${name}`}
                  trigger={<IconButton icon="ellipsis" size="s" label={`Actions for ${name}`} />}
                  items={[
                    {
                      label: "Move up",
                      icon: "arrow-up",
                      kbd: "Alt ↑",
                      disabled: at === 0,
                      onSelect: () => move(at, at - 1),
                    },
                    {
                      label: "Move down",
                      icon: "arrow-down",
                      kbd: "Alt ↓",
                      disabled: at === items.length - 1,
                      onSelect: () => move(at, at + 1),
                    },
                    { separator: true },
                    {
                      label: "Delete",
                      icon: "trash-2",
                      danger: true,
                      onSelect: () => {
                        focused.current = items[at + 1]?.id ?? items[at - 1]?.id ?? null;
                        onRemove(item);
                      },
                    },
                  ]}
                />
              </div>
              {isOpen && <div class="item-edit">{children(item)}</div>}
            </li>
          );
        })}
      </ol>
    </>
  );
}
