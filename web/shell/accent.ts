import { accentTokens } from "../careers/accent";

/** What the portal colours by the accent besides its own shades. */
const TINT = ["--accent-tint", "color-mix(in oklab, var(--accent) 7%, var(--surface))"] as const;
/** What was put there last, to be taken away again. */
let worn: string[] = [];

/**
 * Puts an organization's colour in the place of ours, corrected so that it can be read in light and in dark.
 * @param colour `#rrggbb`, or null for our own
 */
export function wearAccent(colour: string | null): void {
  const { style } = document.documentElement;
  for (const name of worn) style.removeProperty(name);
  const tokens = colour === null ? [] : [...accentTokens(colour), TINT];
  for (const [name, value] of tokens) style.setProperty(name, value);
  worn = tokens.map(([name]) => name);
}
