import { type ComponentChildren, cloneElement, type VNode } from "preact";
import { Icon } from "./Icon";
import type { IconName } from "./icon-names";
import { Kbd } from "./Kbd";
import { usePopover } from "./Popover";

export interface MenuItem {
  label: string;
  icon?: IconName;
  /** A key that does the same. */
  kbd?: string;
  /** Ends something: drawn in the colour of that. */
  danger?: boolean;
  disabled?: boolean;
  /** Makes it one of several of which one holds. */
  checked?: boolean;
  href?: string;
  onSelect?: () => void;
}

/** A line between items, or a small heading over those that follow. */
export type MenuEntry = MenuItem | { separator: true } | { heading: string };

export interface MenuProps {
  /** A button; it is given what opens the menu. */
  trigger: VNode;
  label: string;
  items: readonly MenuEntry[];
  align?: "start" | "end";
  /** Stands over the items and is no part of the menu. */
  head?: ComponentChildren;
}

/** Actions behind a button: arrows walk, a letter jumps, Escape closes. */
export function Menu({ trigger, label, items, align = "end", head }: MenuProps) {
  const popover = usePopover(align, "menu", (panel) => rows(panel)[0]?.focus());

  const onKeyDown = (event: KeyboardEvent) => {
    const panel = event.currentTarget as HTMLElement;
    const all = rows(panel);
    const at = all.indexOf(document.activeElement as HTMLElement);
    let to: HTMLElement | undefined;
    if (event.key === "ArrowDown") to = all[(at + 1) % all.length];
    else if (event.key === "ArrowUp") to = all[(at - 1 + all.length) % all.length];
    else if (event.key === "Home") to = all[0];
    else if (event.key === "End") to = all[all.length - 1];
    else if (event.key === "Tab") popover.close();
    else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) {
      const letter = event.key.toLocaleLowerCase();
      to = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((row) =>
        row.textContent?.trim().toLocaleLowerCase().startsWith(letter),
      );
    }
    if (to) {
      event.preventDefault();
      event.stopPropagation();
      to.focus();
    }
  };

  return (
    <>
      {cloneElement(trigger, popover.trigger)}
      <div {...popover.panel} class="popover menu">
        {popover.open && head && <div class="menu-head">{head}</div>}
        <div role="menu" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
          {popover.open && items.map((item, at) => <Entry key={at} item={item} close={popover.close} />)}
        </div>
      </div>
    </>
  );
}

function rows(panel: HTMLElement): HTMLElement[] {
  return Array.from(panel.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled])'));
}

function Entry({ item, close }: { item: MenuEntry; close: () => void }) {
  if ("separator" in item) return <hr class="menu-line" />;
  if ("heading" in item) return <div class="menu-heading">{item.heading}</div>;
  const inside = (
    <>
      {item.icon && <Icon name={item.icon} size={16} />}
      <span class="menu-words">{item.label}</span>
      {item.checked && <Icon name="check" size={16} />}
      {item.kbd && <Kbd>{item.kbd}</Kbd>}
    </>
  );
  const name = item.danger ? "menu-item menu-danger" : "menu-item";
  if (item.href) {
    return (
      <a class={name} href={item.href} role="menuitem" tabIndex={-1} onClick={close}>
        {inside}
      </a>
    );
  }
  const button = {
    type: "button",
    class: name,
    "aria-disabled": item.disabled || undefined,
    tabIndex: -1,
    onClick: () => {
      if (item.disabled) return;
      close();
      item.onSelect?.();
    },
  } as const;
  if (item.checked === undefined) {
    return (
      <button {...button} role="menuitem">
        {inside}
      </button>
    );
  }
  return (
    <button {...button} role="menuitemradio" aria-checked={item.checked}>
      {inside}
    </button>
  );
}
