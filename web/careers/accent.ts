/** A colour that an organization chose, in the shades that its pages need, light and dark. */
export interface Accent {
  accent: [light: string, dark: string];
  strong: [light: string, dark: string];
  ink: [light: string, dark: string];
}

type Rgb = [number, number, number];

/** The lightest surface of light pages and the darkest-but-one of dark ones: where contrast is lowest. */
const PAPER: { light: Rgb; dark: Rgb } = { light: [249, 248, 244], dark: [37, 42, 41] };
/** WCAG 2.2, 1.4.3: text of any size. */
const ENOUGH = 4.5;

const parse = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const hex = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** Relative luminance, WCAG 2.2. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours, from 1 to 21, WCAG 2.2. */
export function contrast(one: string, other: string): number {
  return ratio(parse(one), parse(other));
}

function ratio(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb =>
  from.map((part, i) => part + ((to[i] as number) - part) * share) as Rgb;

/** The colour, moved towards black or white by as little as it takes to be read on `ground`. */
function readable(rgb: Rgb, ground: Rgb, towards: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.02) {
    const tried = mix(rgb, towards, share);
    // Rounded as it will be written.
    if (ratio(parse(hex(tried)), ground) >= ENOUGH) return tried;
  }
  return towards;
}

/**
 * The shades of an organization's colour, corrected so that text in it, and on it, can be read.
 * @param colour `#rrggbb`
 */
export function accentOf(colour: string): Accent {
  const chosen = parse(colour);
  const [black, white]: [Rgb, Rgb] = [
    [0, 0, 0],
    [255, 255, 255],
  ];
  const light = readable(chosen, PAPER.light, black);
  const dark = readable(chosen, PAPER.dark, white);
  const ink = (on: Rgb) => (ratio(on, white) >= ENOUGH ? hex(white) : hex([12, 17, 16]));
  return {
    accent: [hex(light), hex(dark)],
    strong: [hex(mix(light, black, 0.2)), hex(mix(dark, white, 0.25))],
    ink: [ink(light), ink(dark)],
  };
}

const VARIABLES = { accent: "--accent", strong: "--accent-strong", ink: "--accent-ink" } as const;

/**
 * The colour tokens that an organization's colour replaces, by name, with values for light and dark.
 * @param colour `#rrggbb`
 */
export function accentTokens(colour: string): [name: string, value: string][] {
  const shades = accentOf(colour);
  return (["accent", "strong", "ink"] as const).map((shade) => {
    const [light, dark] = shades[shade];
    return [VARIABLES[shade], `light-dark(${light},${dark})`];
  });
}
