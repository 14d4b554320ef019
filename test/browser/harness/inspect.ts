import type { Page } from "playwright-core";
import { axe } from "./axe";

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const SMALLEST = { width: 320, height: 640 };
/** In the order in which least changes from one to the next: each change of width is a layout anew. */
const LOOKS = [
  [DESKTOP, "dark"],
  [DESKTOP, "light"],
  [PHONE, "light"],
  [PHONE, "dark"],
] as const;

/**
 * Looks at one state of a screen as everybody may see it: axe at desktop and phone width, light and dark;
 * no page wider than 320 pixels; no target smaller than 24. Answers what is wrong, a line each.
 */
export async function inspect(page: Page, state: string): Promise<string[]> {
  const wrong: string[] = [];
  // What lies over a screen is looked at by itself: the screen below has its own turn.
  const over = await page.evaluate(() =>
    ["dialog:modal", ":popover-open"].find((selector) => document.querySelector(selector)),
  );
  const note = (where: string) => (error: unknown) => {
    wrong.push(`${state}, ${where}: ${error instanceof Error ? error.message : String(error)}`);
  };
  for (const [size, colorScheme] of LOOKS) {
    const where = `${size.width} px ${colorScheme}`;
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(size);
    await settled(page);
    await axe(page, { within: over, coloursOnly: colorScheme === "dark" }).catch(note(where));
    if (colorScheme === "light") for (const target of await smallTargets(page)) note(where)(target);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(SMALLEST);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) note("320 px")(`the page is ${wide} px too wide`);
  await page.setViewportSize(DESKTOP);
  return wrong;
}

/**
 * Goes to the page's top and waits until nothing changes any more. A change of colour takes a frame to begin
 * and one to end, and what inherits it begins after that.
 */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    scrollTo(0, 0);
    const ending = (one: Animation) => one.effect?.getComputedTiming().endTime !== Infinity;
    for (let calm = 0, frames = 0; calm < 2 && frames < 60; frames += 1) {
      await new Promise((done) => requestAnimationFrame(done));
      calm = document.getAnimations().some(ending) ? 0 : calm + 1;
    }
  });
}

/**
 * What can be pressed and is smaller than 24 pixels in a direction, counted as fingers count: by the points
 * that press it, its label's among them. Links within a text are let be, as WCAG 2.2 (2.5.8) lets them.
 */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pressable =
      'a[href], button, input, select, textarea, summary, [role^="menuitem"], [role="tab"], [role="option"]';
    const over = document.querySelector("dialog:modal, :popover-open");
    const found = [...(over ?? document).querySelectorAll<HTMLElement>(pressable)];
    return found.flatMap((element) => {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
      const { width, height } = element.getBoundingClientRect();
      if ((width >= 24 && height >= 24) || getComputedStyle(element).display === "inline") return [];
      // Shown only to who looks for it by keyboard or by ear.
      if (element.closest(".sr-only") || element.matches(".skip:not(:focus)")) return [];
      element.scrollIntoView({ block: "center", inline: "nearest" });
      const box = element.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const presses = (atX: number, atY: number) => {
        const hit = document.elementFromPoint(atX, atY);
        const label = hit?.closest("label");
        return hit !== null && (element.contains(hit) || (label !== null && label?.control === element));
      };
      // Something lies over it, so that it is not there to be pressed at the moment.
      if (!presses(x, y)) return [];
      const reach = (stepX: number, stepY: number) => {
        let pixels = 0;
        while (pixels < 24 && presses(x + stepX * (pixels + 0.5), y + stepY * (pixels + 0.5))) pixels += 1;
        return pixels;
      };
      const [wide, high] = [reach(-1, 0) + reach(1, 0), reach(0, -1) + reach(0, 1)];
      if (wide >= 24 && high >= 24) return [];
      const name = element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 30) ?? "";
      return [
        `<${element.localName} class="${element.className}"> “${name}” is pressed on ${wide}x${high} pixels`,
      ];
    });
  });
}

/** Animations that run although the reader asks for none. */
export function movements(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter((one) => one.playState === "running" && Number(one.effect?.getComputedTiming().duration) > 1)
      .map((one) => {
        const target = (one.effect as KeyframeEffect | null)?.target;
        return `${target?.localName}.${target?.className}`;
      }),
  );
}
