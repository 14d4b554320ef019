import type { TestProject } from "vitest/node";
import { ensureChromium } from "./chromium";
import { type Product, startProduct } from "./product";

declare module "vitest" {
  interface ProvidedContext {
    chromium: string;
    /** A server for each lane of tests, in the order of the runner's slots. */
    servers: { base: string; state: string }[];
  }
}

/** Before the browser tests: a Chromium, and a server for each lane, whose files share it. Answers how to end them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide("chromium", ensureChromium());
  const products: Product[] = [];
  const stop = async () => {
    await Promise.all(products.map((product) => product.stop()));
  };
  try {
    // One after the other: the first builds what the next ones find built.
    for (let lane = 0; lane < project.config.maxWorkers; lane += 1) products.push(await startProduct());
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide(
    "servers",
    products.map(({ base, state }) => ({ base, state })),
  );
  return stop;
}
