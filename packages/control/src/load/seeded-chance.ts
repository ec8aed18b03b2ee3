/** Chance that comes out the same for the same call, so that a load that was broken off goes on as it began. */

export type Chance = {
  /** From 0, below 1. */
  next: () => number;
  /** A whole number below `count`. */
  below: (count: number) => number;
};

/** Mulberry32: 32 bits of state are plenty for what is made up. */
export function seededChance(seed: number): Chance {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, below: (count) => Math.floor(next() * count) };
}

/** Few of many get most: the one at place n about 1 / (n + 1) as much as the first. */
export const favouring = (count: number, share: number): number => Math.min(count - 1, Math.floor((count + 1) ** share) - 1);
