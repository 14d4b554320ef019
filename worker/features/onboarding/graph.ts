/** A step, and the steps that come before it, by id. */
export interface Link {
  id: string;
  dependsOn: string[];
}

/**
 * Steps that wait for each other in a circle, in the order of the waiting; null where there is none. Ids that are
 * nobody's are passed over.
 */
export function circleIn(steps: Link[]): string[] | null {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const seen = new Set<string>();
  const follow = (id: string, path: string[]): string[] | null => {
    const at = path.indexOf(id);
    if (at >= 0) return path.slice(at);
    const step = byId.get(id);
    if (!step || seen.has(id)) return null;
    for (const before of step.dependsOn) {
      const circle = follow(before, [...path, id]);
      if (circle) return circle;
    }
    seen.add(id);
    return null;
  };
  for (const { id } of steps) {
    const circle = follow(id, []);
    if (circle) return circle;
  }
  return null;
}
