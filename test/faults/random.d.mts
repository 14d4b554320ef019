/** A generator of chance that can be had again by its seed. */
export interface Chance {
  next(): number;
  between(low: number, high: number): number;
  whole(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  weighted<T>(pairs: readonly (readonly [number, T])[]): T;
}
export function chance(seed: number): Chance;
export function options<T extends Record<string, number>>(defaults: T): T & { seed: number };
