import type { Requirement } from "../../worker/features/eligibility/schema";
import { MOST_DEPTH, MOST_REQUIREMENTS } from "../../worker/features/eligibility/words";
import { type Draft, draftOf, faultOf, leafOf } from "./requirement-draft";

/** How many parts of a group must hold. */
export type Join = "all" | "any" | "none";

export interface Row {
  id: string;
  draft: Draft;
}

export interface Group {
  id: string;
  join: Join;
  parts: readonly Node[];
}

/** Requirements while they are written, each with an id, so that rows keep their fields when they move. */
export type Node = Row | Group;

/** Whether a node holds others. */
export const isGroup = (node: Node): node is Group => "join" in node;

let made = 0;
const newId = () => {
  made += 1;
  return `r${made}`;
};

/** A row of its own. */
export const newRow = (draft: Draft): Row => ({ id: newId(), draft });

/** A group of its own. */
export const newGroup = (join: Join, parts: readonly Node[] = []): Group => ({ id: newId(), join, parts });

/** Stored requirements, to be changed; one that stands alone stands in a group. */
export function treeOf(stored: Requirement): Group {
  const node = nodeOf(stored);
  return isGroup(node) ? node : newGroup("all", [node]);
}

function nodeOf(stored: Requirement): Node {
  if ("kind" in stored) return newRow(draftOf(stored));
  if ("all" in stored) return newGroup("all", stored.all.map(nodeOf));
  if ("any" in stored) return newGroup("any", stored.any.map(nodeOf));
  return newGroup("none", stored.none.map(nodeOf));
}

/** The requirements as they are sent. Groups that hold nothing are left out, as are rows with a fault. */
export function requirementOf(tree: Group): Requirement {
  return written(tree) ?? { all: [] };
}

function written(node: Node): Requirement | null {
  if (!isGroup(node)) return faultOf(node.draft) === null ? leafOf(node.draft) : null;
  const parts = node.parts.map(written).filter((part) => part !== null);
  if (parts.length === 0) return null;
  if (node.join === "all") return { all: parts };
  return node.join === "any" ? { any: parts } : { none: parts };
}

/** Every row, in its order. */
export function rowsOf(node: Node): Row[] {
  return isGroup(node) ? node.parts.flatMap(rowsOf) : [node];
}

/** What has to be mended, by the id of its row or group. */
export function treeFaults(tree: Group): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  const look = (node: Node) => {
    const fault = isGroup(node)
      ? node !== tree && node.parts.length === 0
        ? "Add something to this group, or remove it."
        : null
      : faultOf(node.draft);
    if (fault) faults.set(node.id, fault);
    if (isGroup(node)) node.parts.forEach(look);
  };
  look(tree);
  return faults;
}

/** Changes the node of this id, or takes it out where the answer is null. */
function mapNode(group: Group, id: string, change: (node: Node) => Node | null): Group {
  if (group.id === id) return (change(group) ?? group) as Group;
  const parts = group.parts.flatMap((part) => {
    if (part.id === id) return change(part) ?? [];
    return isGroup(part) ? mapNode(part, id, change) : part;
  });
  return { ...group, parts };
}

/** Changes what a row asks for. */
export function changeRow(tree: Group, id: string, change: Partial<Draft>): Group {
  return mapNode(tree, id, (node) =>
    isGroup(node) ? node : { ...node, draft: { ...node.draft, ...change } },
  );
}

/** Changes how many parts of a group must hold. */
export function changeJoin(tree: Group, id: string, join: Join): Group {
  return mapNode(tree, id, (node) => (isGroup(node) ? { ...node, join } : node));
}

/** Adds a node at the end of a group. */
export function addTo(tree: Group, groupId: string, node: Node): Group {
  return mapNode(tree, groupId, (group) =>
    isGroup(group) ? { ...group, parts: [...group.parts, node] } : group,
  );
}

/** Takes a row out, or a group with all that it holds. */
export function remove(tree: Group, id: string): Group {
  return id === tree.id ? tree : mapNode(tree, id, () => null);
}

/** The node of this id. */
export function find(node: Node, id: string): Node | undefined {
  if (node.id === id) return node;
  if (!isGroup(node)) return undefined;
  for (const part of node.parts) {
    const found = find(part, id);
    if (found) return found;
  }
  return undefined;
}

/** The group that holds this node. */
export function parentOf(group: Group, id: string): Group | undefined {
  if (group.parts.some((part) => part.id === id)) return group;
  for (const part of group.parts) {
    const found = isGroup(part) ? parentOf(part, id) : undefined;
    if (found) return found;
  }
  return undefined;
}

const height = (node: Node): number => (isGroup(node) ? 1 + Math.max(0, ...node.parts.map(height)) : 0);

/** How many groups stand around a node, the outermost one counted. */
function depthOf(tree: Group, id: string): number {
  const parent = parentOf(tree, id);
  return parent ? 1 + depthOf(tree, parent.id) : 0;
}

/** Whether a group may hold one more, `inside` levels of groups deep. */
export function hasRoom(tree: Group, groupId: string, inside = 0): boolean {
  return depthOf(tree, groupId) + 1 + inside <= MOST_DEPTH;
}

/** Whether there may be one requirement more. */
export function mayGrow(tree: Group): boolean {
  return rowsOf(tree).length < MOST_REQUIREMENTS;
}

/** Beside another node, or at the end of a group. */
export type Spot = { before: string } | { after: string } | { into: string };

/** Moves a node, unless it would come to stand within itself or too deep. */
export function moveTo(tree: Group, id: string, spot: Spot): Group {
  const node = find(tree, id);
  const goal = "into" in spot ? spot.into : "before" in spot ? spot.before : spot.after;
  if (!node || id === tree.id || find(node, goal)) return tree;
  const home = "into" in spot ? goal : parentOf(tree, goal)?.id;
  if (!home || !hasRoom(tree, home, height(node))) return tree;
  const without = remove(tree, id);
  if ("into" in spot) return addTo(without, goal, node);
  return mapNode(without, home, (group) => {
    if (!isGroup(group)) return group;
    const at = group.parts.findIndex((part) => part.id === goal) + ("after" in spot ? 1 : 0);
    return { ...group, parts: [...group.parts.slice(0, at), node, ...group.parts.slice(at)] };
  });
}

/**
 * Where one step up or down brings a node: past its neighbour, into a group that is its neighbour, or out of its
 * own group. Null at the ends.
 */
export function stepOf(tree: Group, id: string, by: -1 | 1): Spot | null {
  const node = find(tree, id);
  const parent = parentOf(tree, id);
  if (!node || !parent) return null;
  const at = parent.parts.findIndex((part) => part.id === id);
  const next = parent.parts[at + by];
  if (!next) {
    if (parent.id === tree.id) return null;
    return by < 0 ? { before: parent.id } : { after: parent.id };
  }
  if (isGroup(next) && hasRoom(tree, next.id, height(node))) {
    const first = next.parts[0];
    return by > 0 && first ? { before: first.id } : { into: next.id };
  }
  return by < 0 ? { before: next.id } : { after: next.id };
}
