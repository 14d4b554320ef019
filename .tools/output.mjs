// What of wrangler's output is worth a person's attention.

import { stripVTControlCharacters } from "node:util";

/**
 * A filter for the lines of `wrangler dev`: it answers the text to print, or undefined. Kept are errors
 * with the lines that belong to them (our own part of the stack, the place in the source), answers of 500
 * and above, and log entries of level warn and error. The rest stands in the log file.
 */
export function errorFilter() {
  let inError = false;
  return (raw) => {
    const line = stripVTControlCharacters(raw).trimEnd();
    if (line === "") return undefined;
    if (inError && /^\s/.test(line)) return /node_modules|\.wrangler\/tmp/.test(line) ? undefined : line;
    inError = /\[ERROR\]|\[wrangler:error\]|^✘|^Uncaught |^\w*Error\b/.test(line);
    if (inError) return line;
    if (line.startsWith("{")) return isLoud(line) ? line : undefined;
    const request = /^\[wrangler:\w+\] [A-Z]+ \S+ (\d{3})/.exec(line);
    return request && Number(request[1]) >= 500 ? line : undefined;
  };
}

function isLoud(line) {
  try {
    const { level } = JSON.parse(line);
    return level === "error" || level === "warn";
  } catch {
    return false;
  }
}

/** Cuts a stream of chunks into lines. */
export function lines(handle) {
  let rest = "";
  return (chunk) => {
    const parts = (rest + chunk).split(/\r?\n/);
    rest = parts.pop() ?? "";
    for (const part of parts) handle(part);
  };
}
