import type { InboxLine, Source } from "../../worker/features/inbox/schema";
import type { InboxStatus, Scheme } from "../../worker/features/inbox/words";
import type { IconName, Tone } from "../ui";

/** How an event's status is called, how it looks, and what it means for the reader. */
export const STATUS: Record<InboxStatus, { label: string; tone: Tone; icon?: IconName; means: string }> = {
  received: {
    label: "Waiting",
    tone: "info",
    icon: "clock",
    means: "It is stored and waits for its turn, which takes seconds.",
  },
  processed: { label: "Done", tone: "good", means: "It was understood, and what it says is done." },
  stale: {
    label: "Overtaken",
    tone: "plain",
    means: "It was understood, but something newer had come before it. So nothing was changed.",
  },
  quarantined: {
    label: "Not understood",
    tone: "bad",
    means: "Nothing was changed. Once the cause is mended it can be run again.",
  },
};

/** How a source signs, in words. */
export const SCHEMES: Record<Scheme, { label: string; how: string }> = {
  portal: {
    label: "Portal",
    how: "X-Portal-Signature: t=<seconds>,v1=<hex HMAC-SHA256 of “t.body”>. The one to choose if you write the sender yourself.",
  },
  standard: {
    label: "Standard Webhooks",
    how: "webhook-id, webhook-timestamp and webhook-signature, as the libraries of standardwebhooks.com make them.",
  },
  "sha256-hex": {
    label: "sha256= and hex",
    how: "X-Hub-Signature-256: sha256=<hex HMAC-SHA256 of the body>, as GitHub sends it. It holds no time.",
  },
  "hmac-base64": {
    label: "HMAC in base64",
    how: "X-Signature: <base64 HMAC-SHA256 of the body>, as many shops and forms send it. It holds no time.",
  },
};

/** How a source stands, in a word. */
export function sourceState({ status, lastErrorAt, lastEventAt }: Source): { tone: Tone; label: string } {
  if (status === "disabled") return { tone: "plain", label: "Off" };
  if (lastErrorAt && (!lastEventAt || lastErrorAt > lastEventAt)) return { tone: "bad", label: "Failing" };
  if (!lastEventAt) return { tone: "info", label: "Waits for its first event" };
  return { tone: "good", label: "Receiving" };
}

/** Where the things that an event changed are shown, by their key in `result`. */
const PLACES: Record<string, { word: string; href?: (id: string) => string }> = {
  candidateId: { word: "The candidate", href: (id) => `/candidates/${id}` },
  applicationId: { word: "The application", href: (id) => `/applications/${id}` },
  jobId: { word: "The job", href: (id) => `/jobs/${id}` },
  interviewId: { word: "The interview", href: (id) => `/interviews/${id}` },
  agentId: { word: "The agent", href: (id) => `/agents/${id}` },
  documentId: { word: "A document" },
  resultId: { word: "A result" },
  assessmentId: { word: "A result" },
  taskId: { word: "A task", href: () => "/tasks" },
};

export interface Place {
  key: string;
  word: string;
  /** Null where there is no page of it. */
  href: string | null;
  id: string;
}

/** What an event changed, with where to look at it. */
export function placesOf(result: InboxLine["result"]): Place[] {
  return Object.entries(result ?? {}).map(([key, id]) => {
    const place = PLACES[key];
    return { key, id, word: place?.word ?? key, href: place?.href?.(id) ?? null };
  });
}

/** Addresses and ranges from a text: a line each, or commas between; null where anything comes through. */
export function readAddresses(text: string): string[] | null {
  const found = text
    .split(/[\s,]+/)
    .map((one) => one.trim())
    .filter(Boolean);
  return found.length > 0 ? found : null;
}

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** Whether that is an address or a range of them, as far as can be told before sending. */
export function isAddress(text: string): boolean {
  const [address = "", bits, more] = text.split("/");
  if (more !== undefined) return false;
  const four = V4.exec(address);
  const most = four ? 32 : 128;
  if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most)) return false;
  if (four) return four.slice(1).every((part) => Number(part) <= 255);
  return /^[0-9a-f:.]+$/i.test(address) && address.includes(":") && URL.canParse(`http://[${address}]/`);
}
