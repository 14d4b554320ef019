import { inject } from "vitest";

const servers = inject("servers");
const slot = Number(process.env.VITEST_POOL_ID ?? 1);
const own = servers[slot - 1];
if (!own) throw new Error(`There are ${servers.length} servers, and none for the runner's slot ${slot}.`);

/** The address of the server that the browser tests of this lane share. */
export const base = own.base;

/** The folder with that server's data. */
export const state = own.state;

/** What the clock of that server says, in milliseconds since 1970: tests move it. */
export async function productTime(): Promise<number> {
  const { time } = (await (await fetch(`${base}/api/health`)).json()) as { time: string };
  return Date.parse(time);
}
