import type { StageRow } from "./pipeline";

/** How a job's stages follow those of a template. */
export interface Merge {
  /** The job's stages in their new order; of the new ones the rows of the template, under `added`. */
  order: { from: StageRow; own: StageRow | null }[];
  added: StageRow[];
  /** Stages of the job that get another name. */
  renamed: StageRow[];
  removed: StageRow[];
  /** Stages that the template lost, but people stand in them. */
  kept: StageRow[];
}

/**
 * A job's stages as a template has them: matched by key, in the template's order. Those that the template
 * lacks go, where nobody stands in them; else they stay behind the stage that they stood behind.
 * @param standing how many stand in a stage of the job
 */
export function merge(template: StageRow[], own: StageRow[], standing: (stage: StageRow) => number): Merge {
  const byKey = new Map(own.map((row) => [row.key, row]));
  const wanted = new Set(template.map(({ key }) => key));
  const order: Merge["order"] = template.map((from) => ({ from, own: byKey.get(from.key) ?? null }));
  const lost = own.filter(({ key }) => !wanted.has(key));
  const kept = lost.filter((row) => standing(row) > 0);
  for (const row of kept) {
    const neighbour = own[own.indexOf(row) - 1];
    const behind = order.findIndex(({ from, own: one }) => (one ?? from).key === neighbour?.key);
    // Never the first: people begin where the template begins.
    order.splice(Math.max(behind, 0) + 1, 0, { from: row, own: row });
  }
  return {
    order,
    added: template.filter(({ key }) => !byKey.has(key)),
    renamed: template.filter(({ key, name }) => byKey.has(key) && byKey.get(key)?.name !== name),
    removed: lost.filter((row) => !kept.includes(row)),
    kept,
  };
}
