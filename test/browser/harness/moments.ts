import type { Page } from "playwright-core";

/**
 * Watches for a text in elements that a selector finds, from now on. The answer waits for it and tells
 * the moment, in milliseconds since 1970 by the browser's finest clock.
 */
export async function seeing(page: Page, selector: string, text: string): Promise<() => Promise<number>> {
  const watch = await page.evaluateHandle(
    ([where, what]) => {
      const there = () =>
        [...document.querySelectorAll(where)].some((element) => element.textContent?.includes(what));
      const now = () => performance.timeOrigin + performance.now();
      if (there()) throw new Error(`“${what}” stands there already.`);
      const seen = new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!there()) return;
          observer.disconnect();
          resolve(now());
        });
        observer.observe(document, { subtree: true, childList: true, characterData: true });
      });
      return { seen };
    },
    [selector, text] as const,
  );
  return async () => Math.round(await watch.evaluate(({ seen }) => seen));
}

/** The moment at which the page had the whole answer of its last request to such an address. */
export async function answeredAt(page: Page, address: RegExp): Promise<number> {
  const found = await page.waitForFunction((source) => {
    const pattern = new RegExp(source);
    const entry = performance
      .getEntriesByType("resource")
      .filter(({ name }) => pattern.test(new URL(name).pathname))
      .at(-1) as PerformanceResourceTiming | undefined;
    return entry && entry.responseEnd > 0 ? performance.timeOrigin + entry.responseEnd : false;
  }, address.source);
  return Math.round((await found.jsonValue()) as number);
}
