import { unavailable } from "./errors";

/** How often a call is made before its object counts as out of reach. */
const TRIES = 3;

/**
 * Calls a Durable Object whose work may be done twice, and does so again when the platform says that
 * repeating can help. An object out of reach becomes a 503 with words for the person; the object's own
 * errors pass as they are.
 *
 * @param call gets its stub itself: after an error a stub is spent
 */
export async function callObject<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      // Cloudflare sets these two; repeating a call to an overloaded object makes it worse.
      const { retryable = false, overloaded = false } = error as {
        retryable?: boolean;
        overloaded?: boolean;
      };
      if (!retryable && !overloaded) throw error;
      if (overloaded || tries === TRIES) throw unavailable();
    }
  }
}
