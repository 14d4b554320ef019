import type { Rendered } from "#careers/document";
import { PUBLIC_STYLE } from "./style";

const hashes = new Map<string, Promise<string>>();

/** The source expression by which a policy allows one inline style (CSP Level 3, 2.3.1). */
function hashOf(style: string): Promise<string> {
  let known = hashes.get(style);
  if (!known) {
    // One style for all, and one for each organization that this isolate serves.
    if (hashes.size > 500) hashes.clear();
    known = crypto.subtle
      .digest("SHA-256", new TextEncoder().encode(style))
      .then((digest) => `'sha256-${Buffer.from(digest).toString("base64")}'`);
    hashes.set(style, known);
  }
  return known;
}

/** A public page as an answer: its policy allows its own styles, our modules, and nothing else. */
export async function pageAnswer(
  { html, ownStyle }: Rendered,
  init: { status?: number; headers?: Record<string, string> } = {},
): Promise<Response> {
  const styles = [PUBLIC_STYLE, ...(ownStyle ? [ownStyle] : [])];
  const allowed = (await Promise.all(styles.map(hashOf))).join(" ");
  return new Response(html, {
    status: init.status ?? 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; script-src 'self'; style-src ${allowed}; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      "referrer-policy": "strict-origin-when-cross-origin",
      ...init.headers,
    },
  });
}
