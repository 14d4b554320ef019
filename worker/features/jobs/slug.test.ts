import { expect, it } from "vitest";
import { freeSlug, slugOf } from "./slug";

it.each([
  ["Customer support lead", "customer-support-lead"],
  ["  Développeur·euse Séniör (m/w/d) – Zürich  ", "developpeur-euse-senior-m-w-d-zurich"],
  ["Straßenbauer Łódź & Ærø", "strassenbauer-lodz-aero"],
  ["C++ / C# engineer", "c-c-engineer"],
  ["Инженер", "job"],
  ["工程师", "job"],
  ["!!!", "job"],
  ["2nd line", "2nd-line"],
  ["ﬁne ①", "fine-1"],
])("%s is %s", (title, slug) => {
  expect(slugOf(title)).toBe(slug);
});

it("stays short and ends in a word", () => {
  const slug = slugOf("wordy ".repeat(40));
  expect(slug.length).toBeLessThanOrEqual(80);
  expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

it("takes the first number that is free", () => {
  expect(freeSlug("cook", [])).toBe("cook");
  expect(freeSlug("cook", ["cook"])).toBe("cook-2");
  expect(freeSlug("cook", ["cook", "cook-2", "cook-4", "cook-2024"])).toBe("cook-3");
  expect(freeSlug("cook", ["cook-2"])).toBe("cook");
});
