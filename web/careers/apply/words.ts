/** What is wrong with a question, in one line: a question mark needs no colon after it. */
export const titled = (label: string, message: string): string =>
  /[\p{P}]$/u.test(label) ? `${label} ${message}` : `${label}: ${message}`;

/** A size in the unit that people know it by: "120 kB", "1.4 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  const mega = (bytes / 1_000_000).toFixed(1);
  return `${mega.endsWith(".0") ? mega.slice(0, -2) : mega} MB`;
}
