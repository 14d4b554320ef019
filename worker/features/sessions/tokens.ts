import { jwtVerify, SignJWT } from "jose";
import { newId, newSecret } from "../../lib/ids";
import { base64url, deriveKey, hmacSha256, sha256Hex } from "../../lib/keys";

/** Seconds an access token lives. */
export const ACCESS_SECONDS = 600;
/** Milliseconds a login lives without being used. */
export const SESSION_MS = 30 * 24 * 60 * 60 * 1000;

const ISSUER = "portico";
const AUDIENCE = "portico-api";
const TYPE = "at+jwt";

export interface Claims {
  userId: string;
  orgId: string;
  sessionId: string;
}

type Keyed = { PORTICO_KEY: string };

/**
 * An access token (RFC 9068): who and which session, nothing that could go stale with more weight.
 * @param now milliseconds since 1970
 */
export async function signAccessToken(env: Keyed, claims: Claims, now: number): Promise<string> {
  const seconds = Math.floor(now / 1000);
  return await new SignJWT({ org: claims.orgId, sid: claims.sessionId })
    .setProtectedHeader({ alg: "HS256", typ: TYPE })
    .setSubject(claims.userId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setJti(newId("tok", now))
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + ACCESS_SECONDS)
    .sign(await deriveKey(env.PORTICO_KEY, "access-token-1"));
}

/** Tokens that were verified by this isolate, by their whole text: any other text is verified itself. */
const verified = new Map<string, { claims: Claims; from: number; until: number; root: string }>();
const MOST_VERIFIED = 5000;

/** The claims of a token that is ours and in time, else null. The header's own keys and urls are ignored. */
export async function readAccessToken(env: Keyed, token: string, now: number): Promise<Claims | null> {
  const known = verified.get(token);
  if (known && known.root === env.PORTICO_KEY && now >= known.from && now < known.until) return known.claims;
  try {
    const { payload } = await jwtVerify(token, await deriveKey(env.PORTICO_KEY, "access-token-1"), {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: AUDIENCE,
      typ: TYPE,
      maxTokenAge: ACCESS_SECONDS,
      currentDate: new Date(now),
      requiredClaims: ["sub", "org", "sid", "exp"],
    });
    const { sub, org, sid, iat = 0, exp = 0 } = payload;
    if (typeof sub !== "string" || typeof org !== "string" || typeof sid !== "string") return null;
    const claims = { userId: sub, orgId: org, sessionId: sid };
    if (verified.size >= MOST_VERIFIED) verified.clear();
    const until = Math.min(exp, iat + ACCESS_SECONDS) * 1000;
    verified.set(token, { claims, from: iat * 1000, until, root: env.PORTICO_KEY });
    return claims;
  } catch {
    return null;
  }
}

/** The first refresh token of a family. */
export function firstRefreshToken(): string {
  return newSecret();
}

/** The one successor of a refresh token: made from it under a server key, so it can be given again. */
export async function successorOf(env: Keyed, token: string): Promise<string> {
  return base64url(await hmacSha256(await deriveKey(env.PORTICO_KEY, "refresh-token-1"), token));
}

/** What is stored of a secret. */
export async function hashToken(token: string): Promise<string> {
  return await sha256Hex(token);
}
