import { decimals } from "../../worker/features/jobs/words";

export { decimals };

/**
 * An amount as typed, in minor units: "65,000.50" EUR is 6500050.
 * @returns null for an empty text, NaN for one that is no amount
 */
export function toMinor(text: string, currency: string): number | null {
  const plain = text.replace(/[\s_’']/g, "");
  if (plain === "") return null;
  const found = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(plain);
  if (!found) return Number.NaN;
  const places = decimals(currency);
  const fraction = found[2] ?? "";
  if (fraction.length > places) return Number.NaN;
  const minor = Number((found[1] ?? "").replaceAll(",", "") + fraction.padEnd(places, "0"));
  return Number.isSafeInteger(minor) ? minor : Number.NaN;
}

/** Minor units as one types them: 6500000 EUR is "65000". */
export function toMajor(minor: number | null, currency: string): string {
  if (minor === null) return "";
  const places = decimals(currency);
  const digits = String(minor).padStart(places + 1, "0");
  if (places === 0) return digits;
  const fraction = digits.slice(-places);
  const whole = digits.slice(0, -places);
  return /^0+$/.test(fraction) ? whole : `${whole}.${fraction}`;
}

/** Minor units as one reads them. */
export function money(minor: number, currency: string): string {
  const places = decimals(currency);
  const amount = minor / 10 ** places;
  return new Intl.NumberFormat(undefined, {
    style: "currency",
    currency,
    minimumFractionDigits: Number.isInteger(amount) ? 0 : places,
  }).format(amount);
}

const USUAL = ["USD", "EUR", "GBP", "CAD", "AUD", "CHF", "INR", "PHP", "MXN", "BRL", "ZAR", "JPY"];

/** Every currency with its name, the usual ones first. */
export function currencies(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(undefined, { type: "currency" });
  const all = new Set([...USUAL, ...Intl.supportedValuesOf("currency")]);
  return [...all].map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}
