import type { Env } from "../../env";
import type { KnownSite } from "./site";

export interface LogoFile {
  body: ReadableStream;
  headers: Record<string, string>;
}

/**
 * An organization's logo with the headers that it is sent with, or null where there is none. An address that
 * names its version is the same picture for ever, so a browser that has it never asks again.
 * @param version the one that the address names, as it was written
 */
export async function logoOf(
  env: Env,
  { organization }: KnownSite,
  version: string | undefined,
): Promise<LogoFile | null> {
  const { logo } = organization.brand;
  const found = logo ? await env.FILES.get(logo.r2Key) : null;
  if (!logo || !found) return null;
  const named = version === String(logo.version);
  return {
    body: found.body,
    headers: {
      "content-type": logo.contentType,
      "content-length": String(found.size),
      "cache-control": named ? "public, max-age=31536000, immutable" : "public, max-age=0, must-revalidate",
      etag: `"${logo.version}"`,
      // Job boards show it on their own pages.
      "cross-origin-resource-policy": "cross-origin",
    },
  };
}
