import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoPdf } from "../../worker/dev/pdf";
import { newPerson, shot } from "./harness";
import { newScene } from "./harness/scene";

/** What has the keys, in words: the name on a card, or the name of a control. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "nothing";
    return element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
  });
}

/** Whether one can see where the keys are: a ring on the element or on the card around it. */
function ringIsSeen(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const ringed = (one: Element | null | undefined) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (
        (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0) || boxShadow.includes("0px 0px 0px")
      );
    };
    const box = element?.getBoundingClientRect();
    const inView = box && box.width > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left < innerWidth;
    return (
      Boolean(inView) && [element, element?.closest(".bcard"), element?.closest(".control")].some(ringed)
    );
  });
}

/** Presses Tab until something of this name has the keys, as one does who looks for it. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if (name.test(await focused(page))) return;
  }
  throw new Error(`Tab never reached ${name}.`);
}

const stageOf = (page: Page, name: string) =>
  page
    .locator("[data-stage]", { has: page.getByRole("link", { name, exact: true }) })
    .getAttribute("data-stage");

test("the board's main path works by keyboard alone: find, walk, open, approve, move, take back", async () => {
  const scene = await newScene("Key Harbor");
  const ada = await scene.agent("Ada Able");
  const bo = await scene.agent("Bo Baker");
  const cy = await scene.agent("Cy Clark");
  await scene.move(bo, "screening");
  await ada.upload("w9", {
    name: "w9.pdf",
    type: "application/pdf",
    bytes: demoPdf("Form W-9", ["Ada Able"]),
  });
  const { page } = await newPerson({ email: scene.admin.email, path: "/pool" });
  const { keyboard } = page;
  await page.getByRole("link", { name: cy.name }).waitFor();
  await page.getByText("Live", { exact: true }).waitFor();

  await keyboard.press("?");
  await page
    .getByRole("dialog", { name: "Keyboard shortcuts" })
    .getByText("Take the last move back")
    .waitFor();
  await shot(page, "board-keys");
  await keyboard.press("Escape");
  await page.locator("dialog:modal").waitFor({ state: "detached" });

  await keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("find-people");
  expect(await ringIsSeen(page)).toBe(true);
  await keyboard.type("able");
  await page.getByRole("link", { name: bo.name }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: ada.name }).waitFor();
  await keyboard.press("Escape");
  await page.getByRole("link", { name: bo.name }).waitFor();
  await keyboard.press("Escape");

  // The one who came last stands on top: Cy, then Ada; Bo stands in the next column.
  const walk = async (key: string, to: string) => {
    await keyboard.press(key);
    await expect.poll(() => focused(page)).toBe(to);
    expect(await ringIsSeen(page), `after ${key} the focus on ${to} is seen`).toBe(true);
  };
  await walk("j", cy.name);
  await walk("j", ada.name);
  await walk("l", bo.name);
  await walk("h", cy.name);
  await walk("ArrowDown", ada.name);
  await walk("k", cy.name);
  await walk("j", ada.name);
  await shot(page, "board-focus");

  await keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: ada.name });
  await panel.getByRole("button", { name: "Review W-9" }).waitFor();
  await tabTo(page, /^Review W-9/);
  expect(await ringIsSeen(page)).toBe(true);
  await keyboard.press("Enter");
  await panel.locator(".shown").waitFor();
  await tabTo(page, /^Approve/);
  await keyboard.press("Enter");
  await page.getByText("W-9 of Ada Able is approved").waitFor();
  await panel.locator(".pill", { hasText: "Approved" }).first().waitFor();
  expect(await focused(page)).not.toBe("nothing");
  await keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
  await expect.poll(() => focused(page)).toBe(ada.name);

  await keyboard.press("m");
  const move = page.getByRole("dialog", { name: "Move Ada Able" });
  await move.waitFor();
  await keyboard.type("doc");
  await shot(page, "board-move-by-typing");
  await keyboard.press("Enter");
  await expect.poll(() => stageOf(page, ada.name)).toBe("documents");
  await page.locator(".toasts[aria-live]").getByText("Ada Able is in Documents now.").waitFor();
  // The keys go on with the one who took her place.
  await expect.poll(() => focused(page)).toBe(cy.name);
  expect(await ringIsSeen(page)).toBe(true);

  await keyboard.press("u");
  await expect.poll(() => stageOf(page, ada.name)).toBe("applied");
  const { status } = await scene.admin.get<{ status: string }>(`/api/agents/${ada.id}`);
  expect(status).toBe("applied");
  expect(await focused(page)).toBe(cy.name);
});

test("the focus stays on a person whom somebody else moves, and on one who is alone in a column", async () => {
  const scene = await newScene("Still Harbor");
  const ada = await scene.agent("Ada Able");
  const { page } = await newPerson({ email: scene.admin.email, path: "/pool" });
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("link", { name: ada.name }).waitFor();
  await page.keyboard.press("j");
  await expect.poll(() => focused(page)).toBe(ada.name);

  await scene.move(ada, "documents");
  await expect.poll(() => stageOf(page, ada.name)).toBe("documents");
  await scene.agent("Bo Baker");
  await page.getByRole("link", { name: "Bo Baker" }).waitFor();
  expect(await focused(page)).toBe(ada.name);

  await page.keyboard.press("m");
  await page.keyboard.type("act");
  await page.keyboard.press("Enter");
  await expect.poll(() => stageOf(page, ada.name)).toBe("active");
  await expect.poll(() => focused(page)).toBe(ada.name);
  expect(await ringIsSeen(page)).toBe(true);
});
