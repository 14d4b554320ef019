import { describe, expect, it } from "vitest";
import { doubts, HOLD_AT, reasonsToHold, type Signs } from "./doubts";

const PERSON: Signs = {
  by: "page",
  trapped: false,
  stamp: 90_000,
  worn: false,
  proof: "done",
  fromDraft: false,
  name: "Pia Public",
  email: "pia@example.com",
  texts: ["I like the work, and the people at your desk."],
  flooded: false,
  addressUse: 0.05,
};
const links = (n: number) => [Array.from({ length: n }, (_, i) => `see https://example.com/${i}`).join(" ")];
const weight = (signs: Partial<Signs>) =>
  doubts({ ...PERSON, ...signs }).reduce((sum, doubt) => sum + doubt.weight, 0);

describe("whether a person sends it", () => {
  it.each<[what: string, signs: Partial<Signs>, weight: number]>([
    ["a person with script", {}, 0],
    ["a person without script", { proof: "missing" }, 1],
    ["somebody very fast without script", { proof: "missing", stamp: 500 }, 2],
    ["a draft that is only confirmed", { fromDraft: true, stamp: 500 }, 0],
    ["a script that posts without the page", { stamp: "missing", proof: "missing" }, 2],
    ["a request to the API", { by: "api", stamp: "missing", proof: "missing" }, 1],
    ["one that names two works", { texts: links(2) }, 0],
    ["one that names five works", { texts: links(5) }, 1],
    ["a wall of links", { texts: links(12) }, 2],
    ["markup", { texts: ['<a href="http://x.test">cheap</a>'] }, 2],
    ["the other kind of markup", { texts: ["[url=http://x.test]cheap[/url]"] }, 2],
    ["a name that is an address", { name: "Buy now www.cheap.test" }, 2],
    ["a name with a dot", { name: "Dr. Zoë van der Berg-Ñandú, B.Sc." }, 0],
    ["a name in another script", { name: "李小龍" }, 0],
    ["an address of ten minutes", { email: "x@mailinator.com" }, 1],
    ["an address below such a service", { email: "x@a.b.guerrillamail.info" }, 1],
    ["an address that only sounds like it", { email: "x@notmailinator.company.com" }, 0],
    ["a busy network", { addressUse: 0.5 }, 1],
    ["a time stamp that was made up", { stamp: "forged" }, 2],
    ["a page sent again and again", { worn: true }, 2],
    ["made-up work", { proof: "wrong" }, 2],
    ["the hidden field", { trapped: true }, 3],
    ["many in one name", { flooded: true }, 3],
  ])("%s", (_, signs, expected) => {
    expect(weight(signs)).toBe(expected);
    expect(reasonsToHold({ ...PERSON, ...signs })).toHaveLength(
      expected >= HOLD_AT ? doubts({ ...PERSON, ...signs }).length : 0,
    );
  });

  it("holds what several doubts speak against, with all of them in words", () => {
    const reasons = reasonsToHold({ ...PERSON, stamp: "missing", proof: "missing", texts: links(5) });
    expect(reasons).toHaveLength(3);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  it("takes a long text for what it is, in no time", () => {
    const started = Date.now();
    doubts({ ...PERSON, texts: ["www.".repeat(5000), "a".repeat(20_000), "<a ".repeat(6000)] });
    expect(Date.now() - started).toBeLessThan(200);
  });
});
