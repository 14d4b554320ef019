import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ComponentChildren } from "preact";
import { Icon } from "./Icon";
import type { IconName } from "./icon-names";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "size" | "icon"> {
  /** `primary` once a screen; `quiet` has an outline; `plain` is bare; `danger` ends something. */
  variant?: "primary" | "quiet" | "plain" | "danger";
  size?: "s" | "m" | "l";
  icon?: IconName;
  /** An icon after the words. */
  iconEnd?: IconName;
  /** Something is under way: the button keeps its place and focus, and takes no click. */
  busy?: boolean;
  /** Makes it a link that looks like a button. */
  href?: string;
  /** As wide as its column. */
  full?: boolean;
  /** Follows links to files as downloads, or out of the app. */
  target?: string;
  download?: boolean;
  children?: ComponentChildren;
}

/** A button, or with `href` a link of the same look. */
export function Button({
  variant = "quiet",
  size = "m",
  icon,
  iconEnd,
  busy = false,
  href,
  full = false,
  target,
  download,
  class: extra,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const name = `button button-${variant} button-${size}${full ? " button-full" : ""}${extra ? ` ${String(extra)}` : ""}`;
  const inside = (
    <>
      {busy ? (
        <span class="spinner" aria-hidden="true" />
      ) : (
        icon && <Icon name={icon} size={size === "s" ? 16 : 18} />
      )}
      {children !== undefined && <span class="button-words">{children}</span>}
      {iconEnd && <Icon name={iconEnd} size={size === "s" ? 16 : 18} />}
    </>
  );
  if (href !== undefined) {
    return (
      <a
        {...({
          ...rest,
          class: name,
          href,
          target,
          download,
          onClick,
          rel: target === "_blank" ? "noopener" : undefined,
        } as unknown as AnchorHTMLAttributes)}
      >
        {inside}
      </a>
    );
  }
  return (
    <button
      {...rest}
      type={type}
      class={name}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {inside}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon" | "iconEnd" | "full"> {
  icon: IconName;
  /** What it does, in words: read aloud and shown on hover. */
  label: string;
  /** Shows a small count on the corner. */
  count?: number;
}

/** A square button with an icon; its word is read aloud and shown on hover. */
export function IconButton({ icon, label, count, variant = "plain", size = "m", ...rest }: IconButtonProps) {
  return (
    <Button {...rest} variant={variant} size={size} class="button-icon" aria-label={label} title={label}>
      <Icon name={icon} size={size === "s" ? 16 : 20} />
      {count ? (
        <span class="button-count" aria-hidden="true">
          {count > 99 ? "99+" : count}
        </span>
      ) : null}
    </Button>
  );
}
