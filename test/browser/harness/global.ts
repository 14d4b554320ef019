import type { TestProject } from "vitest/node";
import { ensureChromium } from "./chromium";
import { startProduct } from "./product";

declare module "vitest" {
  interface ProvidedContext {
    chromium: string;
    base: string;
    state: string;
  }
}

/** Before the browser tests: a Chromium, and one server that all files share. Answers how to end it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide("chromium", ensureChromium());
  const product = await startProduct();
  project.provide("base", product.base);
  project.provide("state", product.state);
  return product.stop;
}
