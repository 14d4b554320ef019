import type { Rendered } from "#careers/document";

/** Finished hashes and not their promises: a Worker must not wait for another request's promise. */
const hashes = new Map<string, string>();

/** The source expression by which a policy allows one inline style (CSP Level 3, 2.3.1). */
async function hashOf(style: string): Promise<string> {
  const known = hashes.get(style);
  if (known !== undefined) return known;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  const hash = `'sha256-${Buffer.from(digest).toString("base64")}'`;
  // One style for all, and one for each organization that this isolate serves.
  if (hashes.size > 500) hashes.clear();
  hashes.set(style, hash);
  return hash;
}

/** A public page as an answer: its policy allows its own styles, our modules, and nothing else. */
export async function pageAnswer(
  { html, style, ownStyle }: Rendered,
  init: { status?: number; headers?: Record<string, string> } = {},
): Promise<Response> {
  const styles = [style, ...(ownStyle ? [ownStyle] : [])];
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
