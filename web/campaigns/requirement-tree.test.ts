import { expect, test } from "vitest";
import type { Requirement } from "../../worker/features/eligibility/schema";
import { draft, draftOf, faultOf, leafOf } from "./requirement-draft";
import {
  addTo,
  changeJoin,
  changeRow,
  type Group,
  hasRoom,
  isGroup,
  moveTo,
  newGroup,
  newRow,
  remove,
  requirementOf,
  rowsOf,
  stepOf,
  treeFaults,
  treeOf,
} from "./requirement-tree";

const STORED: Requirement = {
  all: [
    { kind: "stage", min: "active" },
    { kind: "document", type: "w9", maxAgeDays: 365 },
    { any: [{ kind: "evaluation", type: "typing", minScore: 80.5 }, { kind: "onboarding" }] },
    { none: [{ kind: "tag", name: "paused" }] },
    { kind: "language", code: "en", level: "C1" },
    { kind: "location", country: "US" },
    { kind: "skill", name: "chat" },
    { kind: "onboarding", step: "nda" },
  ],
};
const shape = (tree: Group): unknown => {
  const of = (node: Group["parts"][number]): unknown =>
    isGroup(node) ? { [node.join]: node.parts.map(of) } : node.draft.what;
  return of(tree);
};
const tags = (...names: string[]) => names.map((name) => newRow(draft("tag", name)));
const step = (tree: Group, id: string, by: -1 | 1) => {
  const spot = stepOf(tree, id, by);
  return spot ? moveTo(tree, id, spot) : tree;
};

test("what is stored comes back as it was", () => {
  expect(requirementOf(treeOf(STORED))).toEqual(STORED);
  expect(requirementOf(treeOf({ all: [] }))).toEqual({ all: [] });
  expect(requirementOf(treeOf({ kind: "skill", name: "chat" }))).toEqual({
    all: [{ kind: "skill", name: "chat" }],
  });
});

test.each([
  [draft("skill", " "), "Write the skill."],
  [draft("stage"), "Choose a stage."],
  [draft("evaluation", "typing"), "Write the score that is needed."],
  [draft("evaluation", "typing", { score: "much" }), "Write the score as a number, like 80."],
  [draft("document", "w9", { age: "0" }), "Write days, from 1 to 3650."],
  [draft("document", "w9", { age: "1.5" }), "Write days, from 1 to 3650."],
  [draft("onboarding"), null],
  [draft("evaluation", "typing", { score: "-2,5", age: "30" }), null],
] as const)("%o has the fault %o", (one, fault) => {
  expect(faultOf(one)).toBe(fault);
});

test("a typed comma is a point, and spaces don't count", () => {
  expect(leafOf(draft("evaluation", " typing ", { score: "80,5" }))).toEqual({
    kind: "evaluation",
    type: "typing",
    minScore: 80.5,
  });
  expect(draftOf({ kind: "evaluation", type: "typing", minScore: 80.5 }).score).toBe("80.5");
});

test("unfinished rows and empty groups are left out and named as faults", () => {
  const [bad] = tags("");
  const empty = newGroup("any");
  const tree = newGroup("all", [...tags("a"), bad as never, empty]);
  expect(requirementOf(tree)).toEqual({ all: [{ kind: "tag", name: "a" }] });
  expect([...treeFaults(tree).keys()]).toEqual([bad?.id, empty.id]);
  expect(treeFaults(newGroup("any")).size).toBe(0);
});

test("rows are added, changed, joined otherwise and removed", () => {
  const inner = newGroup("any", tags("b"));
  let tree = newGroup("all", [...tags("a"), inner]);
  const [c] = tags("c");
  tree = addTo(tree, inner.id, c as never);
  tree = changeJoin(tree, inner.id, "none");
  tree = changeRow(tree, c?.id ?? "", { what: "d" });
  expect(shape(tree)).toEqual({ all: ["a", { none: ["b", "d"] }] });
  expect(shape(remove(tree, inner.id))).toEqual({ all: ["a"] });
  expect(remove(tree, tree.id)).toBe(tree);
});

test("a step goes past a row, into a group, through it and out again", () => {
  const [a, b, c] = tags("a", "b", "c");
  const inner = newGroup("any", [b as never]);
  let tree = newGroup("all", [a as never, inner, c as never]);
  const id = a?.id ?? "";
  const seen = [tree];
  for (let at = 0; at < 5; at += 1) {
    tree = step(tree, id, 1);
    seen.push(tree);
  }
  expect(seen.map(shape)).toEqual([
    { all: ["a", { any: ["b"] }, "c"] },
    { all: [{ any: ["a", "b"] }, "c"] },
    { all: [{ any: ["b", "a"] }, "c"] },
    { all: [{ any: ["b"] }, "a", "c"] },
    { all: [{ any: ["b"] }, "c", "a"] },
    { all: [{ any: ["b"] }, "c", "a"] },
  ]);
  for (let at = 0; at < 5; at += 1) tree = step(tree, id, -1);
  expect(shape(tree)).toEqual(shape(seen[0] as Group));
});

test("nothing comes to stand within itself or deeper than five groups", () => {
  const inner = newGroup("any", tags("b"));
  const tree = newGroup("all", [...tags("a"), inner]);
  expect(moveTo(tree, inner.id, { into: inner.id })).toBe(tree);
  expect(moveTo(tree, inner.id, { before: inner.parts[0]?.id ?? "" })).toBe(tree);
  let deep = newGroup("all");
  const chain = [deep];
  for (let at = 0; at < 4; at += 1) {
    const [last] = chain.slice(-1);
    const next = newGroup("any");
    deep = addTo(deep, last?.id ?? "", next);
    chain.push(next);
  }
  const lowest = chain.at(-1)?.id ?? "";
  expect(hasRoom(deep, lowest)).toBe(true);
  expect(hasRoom(deep, lowest, 1)).toBe(false);
  const group = newGroup("none", tags("x"));
  const full = addTo(deep, deep.id, group);
  expect(moveTo(full, group.id, { into: lowest })).toBe(full);
  expect(rowsOf(moveTo(full, group.parts[0]?.id ?? "", { into: lowest })).length).toBe(1);
});
