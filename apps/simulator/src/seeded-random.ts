/** Randomness that comes out the same for the same seed, in branches that do not depend on the order in which they are used. */
import { createHash } from "node:crypto";

export type SeededRandom = {
  /** At least 0, below 1. */
  next(): number;
  between(least: number, most: number): number;
  /** Whole, both ends included. */
  whole(least: number, most: number): number;
  chance(share: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** One of the keys, by their weights. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  hex(length: number): string;
  /** The same label always gives the same branch. */
  branch(label: string): SeededRandom;
};

/** 32 bits of a text's hash, as a share from 0 to 1. */
export const hashShare = (text: string): number => createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;

function pickWeighted<K extends string>(weights: Readonly<Record<K, number>>, share: number): K {
  const keys: K[] = [];
  let total = 0;
  for (const key in weights) {
    keys.push(key);
    total += weights[key];
  }
  let left = share * total;
  for (const key of keys) {
    left -= weights[key];
    if (left < 0) return key;
  }
  const last = keys.at(-1);
  if (last === undefined) throw new Error("There is nothing to choose from.");
  return last;
}

export function createSeededRandom(seed: string): SeededRandom {
  let state = createHash("sha256").update(seed).digest().readUInt32BE(4);
  // Mulberry32: 32 bits of state are plenty for choosing behaviours, and it is fast.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (share) => next() < share,
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    weighted: (weights) => pickWeighted(weights, next()),
    hex: (length) => Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join(""),
    branch: (label) => createSeededRandom(`${seed}/${label}`),
  };
}
