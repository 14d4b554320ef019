import type { Locator, Page } from "playwright-core";

/** Drags an element with the mouse, as a hand does: press, a little way, the way there, let go. */
export async function drag(page: Page, what: Locator, onto: Locator): Promise<void> {
  const from = await what.boundingBox();
  const to = await onto.boundingBox();
  if (!from || !to) throw new Error("What is dragged, or where to, can't be seen.");
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 12, y + 12, { steps: 3 });
  await page.mouse.move(to.x + to.width / 2, to.y + Math.min(120, to.height / 2), { steps: 12 });
  await page.mouse.up();
}
