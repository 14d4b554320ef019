import { DurableObject } from "cloudflare:workers";
import { deriveKey, sha256Hex } from "./keys";
import { callObject } from "./object-call";
import { DUMMY, hashPassword, type Pepper, verifyPassword } from "./password";

/** One hash blocks its thread for about 200 ms and takes 32 MiB, so only this many run side by side. */
const POOL_SIZE = 8;

async function pepper(env: { PORTICO_KEY: string }): Promise<Pepper> {
  return { id: "1", key: await deriveKey(env.PORTICO_KEY, "password-pepper-1") };
}

/** Hashes passwords away from the isolate that answers requests. It stores nothing. */
export class Passwords extends DurableObject<{ PORTICO_KEY: string }> {
  /** As `hashPassword`. */
  async hash(password: string): Promise<string> {
    return hashPassword(password, await pepper(this.env));
  }

  /** As `verifyPassword`; without a hash (nobody has this address) it does the same work for a no. */
  async verify(phc: string | null, password: string): Promise<{ ok: boolean; rehash: boolean }> {
    return verifyPassword(phc ?? DUMMY, password, await pepper(this.env));
  }
}

/**
 * The objects that hash. One address always meets the same object, so that whoever tries many passwords for it
 * waits in line there and holds up an eighth of the others at most.
 */
export function passwordPool(env: { PASSWORDS: DurableObjectNamespace<Passwords> }) {
  const objectOf = async (email: string) => {
    const hash = await sha256Hex(email.trim().toLowerCase());
    return env.PASSWORDS.getByName(`pool-${Number.parseInt(hash.slice(0, 8), 16) % POOL_SIZE}`);
  };
  return {
    hash: (email: string, password: string): Promise<string> =>
      callObject(async () => (await objectOf(email)).hash(password)),
    verify: (
      email: string,
      phc: string | null,
      password: string,
    ): Promise<{ ok: boolean; rehash: boolean }> =>
      callObject(async () => (await objectOf(email)).verify(phc, password)),
  };
}
