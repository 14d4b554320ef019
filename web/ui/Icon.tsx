import type { IconName } from "./icon-names";

export interface IconProps {
  name: IconName;
  /** Side in pixels; 18 unless told. */
  size?: number;
  /** Says what the icon means where no word stands beside it. */
  label?: string;
  class?: string;
}

/** One icon of the sprite that stands in the page. Without a label it is decoration and hidden from screen readers. */
export function Icon({ name, size = 18, label, class: extra }: IconProps) {
  return (
    <svg
      class={extra ? `icon ${extra}` : "icon"}
      width={size}
      height={size}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : "true"}
    >
      <use href={`#icon-${name}`} />
    </svg>
  );
}
