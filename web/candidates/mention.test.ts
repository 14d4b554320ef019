import { describe, expect, test } from "vitest";
import { matching, mentionAt, pieces, withMention } from "./mention";

const TEAM = [{ name: "Rae Cole" }, { name: "Alma Stone" }, { name: "Zoë Ray" }];

describe("a name behind an @", () => {
  test("is found where the cursor stands in it", () => {
    expect(mentionAt("Ask @ra", 7)).toEqual({ start: 4, query: "ra" });
    expect(mentionAt("@", 1)).toEqual({ start: 0, query: "" });
    expect(mentionAt("Ask @Rae Co", 11)).toEqual({ start: 4, query: "Rae Co" });
  });

  test("is none in an address, on another line, or in a longer text", () => {
    expect(mentionAt("kim@cruz", 8)).toBeNull();
    expect(mentionAt("@rae\nnext", 9)).toBeNull();
    expect(mentionAt("@ rae", 5)).toBeNull();
    expect(mentionAt("@Rae Cole is it you", 19)).toBeNull();
  });

  test("is matched by the start of any word, without accents, whole names first", () => {
    expect(matching(TEAM, "ra").map(({ name }) => name)).toEqual(["Rae Cole", "Zoë Ray"]);
    expect(matching(TEAM, "zoe").map(({ name }) => name)).toEqual(["Zoë Ray"]);
    expect(matching(TEAM, "").length).toBe(3);
    expect(matching(TEAM, "Rae Cole ")).toEqual([]);
  });

  test("is written out, with a space behind it", () => {
    expect(withMention("Ask @ra", { start: 4, query: "ra" }, "Rae Cole")).toEqual({
      text: "Ask @Rae Cole ",
      cursor: 14,
    });
    expect(withMention("Ask @ra now", { start: 4, query: "ra" }, "Rae Cole").text).toBe("Ask @Rae Cole now");
  });

  test("is marked in a text, and only the whole of it", () => {
    expect(pieces("Hi @rae cole, and @Alma Stones", ["Rae Cole", "Alma Stone"])).toEqual([
      { text: "Hi ", named: false },
      { text: "@rae cole", named: true },
      { text: ", and @Alma Stones", named: false },
    ]);
    expect(pieces("Hi", [])).toEqual([{ text: "Hi", named: false }]);
  });
});
