import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";
import type { IconName } from "./icon-names";
import type { Tone } from "./Tag";

export interface BannerProps {
  tone?: Tone;
  icon?: IconName;
  /** A button or link at its end. */
  action?: ComponentChildren;
  /** Read at once (`alert`) or when there is a pause (`status`, the default). */
  role?: "status" | "alert" | "none";
  children: ComponentChildren;
}

const ICONS: Record<Tone, IconName> = {
  good: "circle-check",
  warn: "triangle-alert",
  bad: "circle-alert",
  info: "info",
  plain: "info",
};

/** A line over the page or inside a form: what holds now, and what to do about it. */
export function Banner({ tone = "plain", icon, action, role = "status", children }: BannerProps) {
  return (
    <div class={`banner banner-${tone}`} role={role === "none" ? undefined : role}>
      <div class="banner-main">
        <Icon name={icon ?? ICONS[tone]} />
        <div class="banner-words">{children}</div>
      </div>
      {action && <div class="banner-action">{action}</div>}
    </div>
  );
}
