import { secretBytes } from "../webhooks/secrets";
import { type Scheme, SIGNATURE_HEADERS } from "./words";

/** Reads a header of the request; null where it wasn't sent. */
export type Headers = (name: string) => string | null;

/** What a request says of its signature, once its headers have the form that the scheme asks for. */
export interface Signed {
  /** Each is enough, if a key that counts made it. 32 bytes. */
  signatures: Uint8Array[];
  /** What stands before the body in the signed text. */
  prefix: string;
  /** When it was signed, in seconds since 1970; null where the scheme says nothing of it. */
  seconds: number | null;
  /** The event's id, where a signed header holds it. */
  eventId: string | null;
}

/** How one kind of sender signs. */
export interface SchemeRules {
  /** The bytes that key the HMAC. */
  key(secret: string): Uint8Array;
  /** Null where anything of it isn't as the scheme has it. */
  read(headers: Headers): Signed | null;
}

/** Signatures in one request that are looked at: a sender that changes its key sends two. */
const MOST_SIGNATURES = 10;
const HEX = /^[0-9a-f]{64}$/;
const BASE64 = /^[A-Za-z0-9+/]{43}=$/;

const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));

/** The 32 bytes of a base64 text that is written as base64 writes them, and not in another spelling. */
function fromBase64(text: string): Uint8Array | null {
  if (!BASE64.test(text)) return null;
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? new Uint8Array(bytes) : null;
}

/** The one header that holds the signature; null where there is none, or more than one. */
function signatureHeader(scheme: Scheme, headers: Headers): string | null {
  const sent = SIGNATURE_HEADERS[scheme].flatMap((name) => headers(name) ?? []);
  return sent.length === 1 ? (sent[0] ?? null) : null;
}

/** The UTF-8 bytes of the secret exactly as it is shown. */
const asShown = (secret: string): Uint8Array => new TextEncoder().encode(secret);
const bare = (signature: Uint8Array | null): Signed | null =>
  signature && { signatures: [signature], prefix: "", seconds: null, eventId: null };

/** `t=<unix seconds>,v1=<hex>`, of "<t>.<body>"; several `v1` while the sender changes its key. */
const PORTAL = new RegExp(`^t=(\\d{1,12})((?:,v1=[0-9a-f]{64}){1,${MOST_SIGNATURES}})$`);

function readPortal(headers: Headers): Signed | null {
  const [, time, list] = PORTAL.exec(signatureHeader("portal", headers) ?? "") ?? [];
  if (time === undefined || list === undefined) return null;
  const signatures = list
    .split(",v1=")
    .slice(1)
    .map((hex) => fromHex(hex));
  return { signatures, prefix: `${time}.`, seconds: Number(time), eventId: null };
}

/** Visible characters without a full stop, which divides the parts of the signed text. */
const MESSAGE_ID = /^[!-\-/-~]{1,255}$/;
const SECONDS = /^\d{1,12}$/;
/** `v1,<base64>`; signatures of other versions may stand beside it. */
const VERSIONED = /^(v\d[a-z0-9]{0,3}),([A-Za-z0-9+/=]{1,500})$/;

/** Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp`, `webhook-signature`, of "<id>.<t>.<body>". */
function readStandard(headers: Headers): Signed | null {
  const id = headers("webhook-id") ?? "";
  const time = headers("webhook-timestamp") ?? "";
  const list = (signatureHeader("standard", headers) ?? "").split(" ");
  if (!MESSAGE_ID.test(id) || !SECONDS.test(time) || list.length > MOST_SIGNATURES) return null;
  const signatures: Uint8Array[] = [];
  for (const entry of list) {
    const [, version, text = ""] = VERSIONED.exec(entry) ?? [];
    if (version === undefined) return null;
    if (version !== "v1") continue;
    const signature = fromBase64(text);
    if (!signature) return null;
    signatures.push(signature);
  }
  if (signatures.length === 0) return null;
  return { signatures, prefix: `${id}.${time}.`, seconds: Number(time), eventId: id };
}

/** `sha256=<hex>` of the body, as GitHub's `X-Hub-Signature-256`. */
function readHex(headers: Headers): Signed | null {
  const [scheme, hex = "", more] = (signatureHeader("sha256-hex", headers) ?? "").split("=");
  return scheme === "sha256" && more === undefined && HEX.test(hex) ? bare(fromHex(hex)) : null;
}

/** The base64 of the body's HMAC and nothing else. */
function readBase64(headers: Headers): Signed | null {
  return bare(fromBase64(signatureHeader("hmac-base64", headers) ?? ""));
}

/** Every way of signing that a source can have. All of them are HMAC-SHA-256 (RFC 2104). */
export const SCHEME_RULES: Record<Scheme, SchemeRules> = {
  portal: { key: asShown, read: readPortal },
  standard: { key: secretBytes, read: readStandard },
  "sha256-hex": { key: asShown, read: readHex },
  "hmac-base64": { key: asShown, read: readBase64 },
};
