import { accentOf } from "../careers/accent";

const NAMES = ["--accent", "--accent-strong", "--accent-ink", "--accent-tint"];

/**
 * Puts an organization's colour in the place of ours, corrected so that it can be read in light and in dark.
 * @param colour `#rrggbb`, or null for our own
 */
export function wearAccent(colour: string | null): void {
  const { style } = document.documentElement;
  if (colour === null) {
    for (const name of NAMES) style.removeProperty(name);
    return;
  }
  const { accent, strong, ink } = accentOf(colour);
  const both = ([light, dark]: [string, string]) => `light-dark(${light}, ${dark})`;
  style.setProperty("--accent", both(accent));
  style.setProperty("--accent-strong", both(strong));
  style.setProperty("--accent-ink", both(ink));
  style.setProperty("--accent-tint", "color-mix(in oklab, var(--accent) 7%, var(--surface))");
}
