import { DomainError } from "./errors";

/** An IPv4 address in its usual writing; no leading zeros. */
export const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** The eight groups of an IPv6 address, or null where it is none. */
export function groupsOf(address: string): number[] | null {
  const halves = address.split("::");
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  // The last 32 bits may be written as an IPv4 address.
  const tail = groups.at(-1);
  const dotted = tail?.at(-1) ?? "";
  if (dotted.includes(".")) {
    if (!IPV4.test(dotted)) return null;
    const [a = 0, b = 0, c = 0, d = 0] = dotted.split(".").map(Number);
    tail?.splice(-1, 1, (a * 256 + b).toString(16), (c * 256 + d).toString(16));
  }
  const [head = [], rest = []] = groups;
  const missing = 8 - head.length - rest.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const all = [...head, ...Array<string>(missing).fill("0"), ...rest];
  return all.every((group) => /^[\da-f]{1,4}$/i.test(group))
    ? all.map((group) => Number.parseInt(group, 16))
    : null;
}

/** The 16 bytes of an address, IPv4 as the IPv6 addresses that stand for it (RFC 4291, 2.5.5.2); null for none. */
function bytesOf(address: string): number[] | null {
  const groups = groupsOf(IPV4.test(address) ? `::ffff:${address}` : address);
  return groups === null ? null : groups.flatMap((group) => [group >> 8, group & 255]);
}

/** A range of addresses: those whose first `bits` are the ones of `bytes`. */
export interface AddressRange {
  bytes: number[];
  bits: number;
}

/**
 * A range as people write it: `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32` (RFC 4632, RFC 4291).
 * @returns null for what is none
 */
export function parseRange(text: string): AddressRange | null {
  const [address = "", length, more] = text.trim().split("/");
  const bytes = bytesOf(address);
  if (!bytes || more !== undefined) return null;
  if (length === undefined) return { bytes, bits: 128 };
  const longest = IPV4.test(address) ? 32 : 128;
  if (!/^\d{1,3}$/.test(length) || Number(length) > longest) return null;
  return { bytes, bits: Number(length) + (128 - longest) };
}

/**
 * Names each line of a list that is no address and no range; no list means any address.
 * @throws DomainError `invalid`, with the paths `ipAllowList.<n>`
 */
export function checkRanges(list: readonly string[] | null | undefined): void {
  const message = "Write an address or a range, like 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.";
  const errors = (list ?? []).flatMap((text, i) =>
    parseRange(text) === null ? [{ path: `ipAllowList.${i}`, message }] : [],
  );
  if (errors.length > 0) throw new DomainError("invalid", "Some of the addresses can't be read.", { errors });
}

/** Whether an address is in one of the ranges; what is no address is in none. */
export function inRanges(address: string, ranges: readonly string[]): boolean {
  const bytes = bytesOf(address.trim());
  if (!bytes) return false;
  return ranges.some((text) => {
    const range = parseRange(text);
    if (!range) return false;
    const whole = Math.floor(range.bits / 8);
    for (let i = 0; i < whole; i++) if (bytes[i] !== range.bytes[i]) return false;
    const rest = range.bits % 8;
    if (rest === 0) return true;
    const mask = (0xff00 >> rest) & 0xff;
    return ((bytes[whole] ?? 0) & mask) === ((range.bytes[whole] ?? 0) & mask);
  });
}
