export interface Merge<T> {
  /** What the form shows now: my changes on top of the newest state. */
  values: T;
  /** Fields that both sides changed, each to something else. */
  clashes: (keyof T & string)[];
}

/** Brings my unsaved changes and somebody else's saved ones together, field by field. */
export function mergeChanges<T extends Record<string, unknown>>(base: T, mine: T, theirs: T): Merge<T> {
  const values = { ...theirs };
  const clashes: (keyof T & string)[] = [];
  for (const name of Object.keys(mine) as (keyof T & string)[]) {
    if (mine[name] === base[name]) continue;
    values[name] = mine[name];
    if (theirs[name] !== base[name] && theirs[name] !== mine[name]) clashes.push(name);
  }
  return { values, clashes };
}

/** The fields that differ from what was there before. */
export function changesOf<T extends Record<string, unknown>>(base: T, mine: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(mine).filter(([name, value]) => value !== base[name]),
  ) as Partial<T>;
}
