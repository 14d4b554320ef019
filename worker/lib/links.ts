/** An address in the portal, for e-mails: under the configured base address, never under a request's host. */
export function link(env: { BASE_URL: string }, path: string): string {
  return new URL(path, env.BASE_URL || "http://localhost:8787").href;
}
