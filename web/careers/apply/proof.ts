import { PROOF_BITS } from "../../../worker/features/apply/words";

const CHUNK = 200;

/**
 * A number that makes SHA-256 of `<stamp>:<number>` begin with enough zero bits, found a little at a time
 * while the page is idle. Null where the browser can't: the application is taken all the same.
 */
export async function proofFor(stamp: string): Promise<string | null> {
  // Only secure pages have it.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return null;
  const encoder = new TextEncoder();
  for (let number = 0; number < 2_000_000; number++) {
    const digest = new DataView(await subtle.digest("SHA-256", encoder.encode(`${stamp}:${number}`)));
    if (digest.getUint32(0) >>> (32 - PROOF_BITS) === 0) return String(number);
    if (number % CHUNK === CHUNK - 1) await pause();
  }
  return null;
}

const pause = () =>
  new Promise<void>((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), { timeout: 100 });
    else setTimeout(resolve, 4);
  });
