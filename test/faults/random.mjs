// Chance that can be had again: the same seed makes the same choices.

/** A generator of numbers from 0 to below 1 (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    /** A number from `low` to below `high`. */
    between: (low, high) => low + next() * (high - low),
    /** A whole number from `low` to `high`. */
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
    /** One of `[weight, value]`. */
    weighted(pairs) {
      let left = next() * pairs.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of pairs) {
        left -= weight;
        if (left < 0) return value;
      }
      return pairs.at(-1)[1];
    },
  };
}

/** Options of a fault tool: `--seed=7 --kills=3`. Without a seed there is a new one, which is printed. */
export function options(defaults) {
  const given = { seed: Math.floor(Math.random() * 2 ** 31), ...defaults };
  for (const word of process.argv.slice(2)) {
    const [, name, value] = /^--([a-z]+)=(\d+)$/.exec(word) ?? [];
    if (!Object.hasOwn(given, name ?? "")) {
      const known = Object.entries(given).map(([key, one]) => `--${key}=${one}`);
      console.error(`"${word}" is none of the options: ${known.join(" ")}`);
      process.exit(2);
    }
    given[name] = Number(value);
  }
  return given;
}
