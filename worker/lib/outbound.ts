import { connect } from "cloudflare:sockets";
import type { Deadlines } from "./deadlines";

/** Why no answer came, or not a whole one. */
export type Failure = "refused" | "dns" | "tls" | "timeout" | "reset" | "unreachable";

export interface Outgoing {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Limits {
  /** For everything together: name, connection, head and body. */
  deadlines: Deadlines;
  /** What is read of the body at most; the rest is refused, and that is no failure. */
  readBytes: number;
  /** What is kept of it. */
  keepBytes: number;
}

export interface Answer {
  status: number;
  /** By their names in small letters. */
  headers: Record<string, string>;
  /** Its beginning. */
  body: string;
  /** There was more. */
  cut: boolean;
}

export interface Exchange {
  latencyMs: number;
  /** Its body may be half where there is a failure too. */
  answer: Answer | null;
  failure: Failure | null;
}

/** How long a connection is tried to find out why there was none. */
const DIAGNOSIS_MS = 2000;

/**
 * Posts to somebody else's server and reads what comes back, within a deadline and up to a size. Redirects are
 * not followed. The caller has checked that the address may be reached.
 */
export async function post(outgoing: Outgoing, limits: Limits): Promise<Exchange> {
  const { url, body } = outgoing;
  const began = performance.now();
  const took = () => Math.round(performance.now() - began);
  const deadline = limits.deadlines.begin();
  const { signal } = deadline.abort;
  try {
    let response: Response;
    try {
      response = await fetch(url, {
        method: "POST",
        headers: outgoing.headers,
        body,
        redirect: "manual",
        signal,
      });
    } catch (error) {
      const latencyMs = took();
      const failure = signal.aborted ? "timeout" : await causeOf(error, url, limits.deadlines.ms - latencyMs);
      return { latencyMs, answer: null, failure };
    }
    const { status } = response;
    // Each look into the platform's own object costs: all are taken out at once.
    const headers = Object.fromEntries(response.headers);
    const read = await begin(response, Number(headers["content-length"] ?? Number.NaN), limits);
    const failure = read.whole ? edgeFailure(status, headers) : signal.aborted ? "timeout" : "reset";
    return { latencyMs: took(), answer: { status, headers, body: read.text, cut: read.cut }, failure };
  } finally {
    limits.deadlines.end(deadline);
  }
}

/** A body of so many bytes comes whole or not at all, and one read costs a third of a reader's loop. */
const PACKET_BYTES = 1024;

/** The beginning of a body; `whole` is false where it broke off before its end or the size that is read. */
async function begin(response: Response, length: number, limits: Limits) {
  return length <= Math.min(PACKET_BYTES, limits.keepBytes)
    ? await atOnce(response)
    : await inParts(response, limits);
}

async function atOnce(response: Response) {
  try {
    return { text: await response.text(), cut: false, whole: true };
  } catch {
    return { text: "", cut: false, whole: false };
  }
}

async function inParts(response: Response, { readBytes, keepBytes }: Limits) {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let [text, kept, seen] = ["", 0, 0];
  try {
    while (reader && seen < readBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, keepBytes - kept);
      text += decoder.decode(part, { stream: true });
      kept += part.length;
      seen += value.length;
    }
    // Not waited for: who never ends doesn't answer this either.
    if (seen >= readBytes) reader?.cancel().catch(() => {});
    return { text, cut: seen > kept, whole: true };
  } catch {
    return { text, cut: seen > kept, whole: false };
  }
}

/**
 * workerd tells two kinds of failure apart: the line was lost (refused, or broken off), and an internal error (no
 * such name, or no good certificate). Whether a bare connection opens tells which of the two it was.
 */
async function causeOf(error: unknown, url: string, leftMs: number): Promise<Failure> {
  const words = error instanceof Error ? error.message : "";
  const lost = /connection (?:lost|reset|refused|closed)|disconnected/i.test(words);
  if (!lost && !/internal error/i.test(words)) return "unreachable";
  const opens = await doesOpen(new URL(url), Math.max(Math.min(leftMs, DIAGNOSIS_MS), 1));
  if (lost) return opens ? "reset" : "refused";
  return opens ? "tls" : "dns";
}

async function doesOpen({ hostname, port, protocol }: URL, withinMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const socket = connect({ hostname, port: Number(port) || (protocol === "https:" ? 443 : 80) });
    // A socket that fails to open fails to close too.
    socket.closed.catch(() => {});
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), withinMs);
    });
    const opened = await Promise.race([
      socket.opened.then(
        () => true,
        () => false,
      ),
      late,
    ]);
    socket.close().catch(() => {});
    return opened;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** What Cloudflare's edge answers in the place of a server that it can't reach (its codes 520 to 526 and 530). */
const EDGE: Record<number, Failure> = {
  520: "reset",
  521: "refused",
  522: "timeout",
  523: "unreachable",
  524: "timeout",
  525: "tls",
  526: "tls",
  530: "dns",
};

function edgeFailure(status: number, headers: Record<string, string>): Failure | null {
  return headers.server === "cloudflare" ? (EDGE[status] ?? null) : null;
}
