import { describe, expect, it } from "vitest";
import { nextPath } from "./access";

describe("where one goes after logging in", () => {
  it("is the page that was asked for", () => {
    expect(nextPath({ next: "/agents/agt_1?tab=notes" })).toBe("/agents/agt_1?tab=notes");
  });

  it.each(["https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)", "home", ""])(
    "is never another site: %s",
    (next) => {
      expect(nextPath({ next })).toBeNull();
    },
  );

  it("is nothing when nothing was asked for", () => {
    expect(nextPath({})).toBeNull();
  });
});
