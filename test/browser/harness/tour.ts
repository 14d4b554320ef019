import type { Page } from "playwright-core";
import { inspect, movements } from "./inspect";

/** A state of a screen: where it is, what to call it, and what brings it there. */
export type State = [path: string, name?: string, reach?: (page: Page) => Promise<unknown>];

/** Waits until a screen has come. */
export const ready = (page: Page) =>
  page.waitForFunction(
    () =>
      document.querySelector("h1") !== null &&
      // The gallery shows what loading looks like.
      !document.querySelector(".splash, .arriving, .loading:not(.gallery *)"),
  );
/** Presses the first button of this name. */
export const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole("button", { name }).first().click();
/** Presses these keys, one after the other. */
export const keys =
  (...list: string[]) =>
  async (page: Page) => {
    for (const key of list) await page.keyboard.press(key);
  };
/** Answers these addresses as a server in trouble does. */
export const broken = (glob: string) => async (page: Page) => {
  const answer = { status: 503, contentType: "application/problem+json", body: "{}" };
  await page.route(glob, (route) => route.fulfill(answer));
  await page.reload();
  await page.getByRole("button", { name: "Try again" }).first().waitFor();
  await page.unroute(glob);
};

/**
 * Looks at states of screens, one after the other: axe at both widths and in both lights, small targets, pages
 * that are too wide, and what moves for those who asked for stillness. Throws all that it found.
 */
export async function lookAt(states: State[], page: Page): Promise<void> {
  const wrong: string[] = [];
  for (const [path, name = "", reach] of states) {
    await page.goto("about:blank");
    await page.goto(path);
    await ready(page);
    await reach?.(page);
    wrong.push(...(await inspect(page, `${path} ${name}`)));
    wrong.push(...(await movements(page)).map((what) => `${path} ${name}: ${what} moves`));
  }
  if (wrong.length > 0) throw new Error(`Found:\n${wrong.join("\n")}`);
}
