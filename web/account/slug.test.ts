import { expect, it } from "vitest";
import { slugOf } from "./slug";

it.each([
  ["Acme Talent", "acme-talent"],
  ["  Müller & Söhne GmbH ", "muller-sohne-gmbh"],
  ["--- ---", ""],
  ["x".repeat(80), "x".repeat(60)],
  [`${"x".repeat(59)} y`, "x".repeat(59)],
])("makes a short name for addresses of %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
