/** Values filed under patterns, found by number without looking at the others. */
import type { CountryCode } from "libphonenumber-js/min";
import { countryOf } from "./country.ts";
import { type LargeMap, whenLarge } from "./large-map.ts";
import { type DialNumber, numberKey } from "./number.ts";
import { createPackedMap, type Packing } from "./packed-map.ts";
import type { DialPrefix, Pattern } from "./pattern.ts";

/** Everything in it is made when first needed: tenants have tens of thousands of patterns, each with callers of its own. */
export type PatternMap<T> = {
  any: T | null;
  exact: LargeMap<string, T> | null;
  prefix: LargeMap<string, T> | null;
  country: Map<CountryCode, T> | null;
  /** How many prefixes there are of each key length. */
  prefixCounts: number[] | null;
  /** How many countries there are by the length of their calling code with its `+`. */
  countryCounts: number[] | null;
  /** How the values of many patterns are packed; null: not at all. */
  packing: Packing<string, T> | null;
};

export const createPatternMap = <T>(packing: Packing<string, T> | null = null): PatternMap<T> => ({
  any: null,
  exact: null,
  prefix: null,
  country: null,
  prefixCounts: null,
  countryCounts: null,
  packing,
});

const count = (counts: number[], length: number, by: number): void => {
  while (counts.length <= length) counts.push(0);
  counts[length] = (counts[length] ?? 0) + by;
};

/** What is filed in place of `value`; undefined: nothing any more. */
type Change<T> = (value: T | undefined) => T | undefined;

/** By how much the number of entries changes. */
const changeEntry = <K extends string, T>(map: LargeMap<K, T>, key: K, change: Change<T>): number => {
  const before = map.get(key);
  const after = change(before);
  if (after !== undefined) {
    if (after !== before) map.set(key, after);
    return before === undefined ? 1 : 0;
  }
  return map.delete(key) ? -1 : 0;
};

/** Few enough that packing them takes a fraction of a millisecond, also in a process that has just started. */
const fewestPacked = 64;

const whenMany = <T>(map: LargeMap<string, T>, packing: Packing<string, T> | null): LargeMap<string, T> =>
  packing === null ? whenLarge(map) : map instanceof Map && map.size >= fewestPacked ? createPackedMap(packing, map) : map;

/** Changes what is filed under a pattern: twice for short digits without `+`, which are filed under two keys. */
export const changeUnder = <T>(map: PatternMap<T>, pattern: Pattern | DialPrefix, change: Change<T>): void => {
  switch (pattern.kind) {
    case "any":
      map.any = change(map.any ?? undefined) ?? null;
      return;
    case "exact":
      changeEntry((map.exact ??= new Map()), pattern.key, change);
      map.exact = whenMany(map.exact, map.packing);
      return;
    case "country": {
      const by = changeEntry((map.country ??= new Map()), pattern.country, change);
      if (by !== 0) count((map.countryCounts ??= []), pattern.callingCode.length + 1, by);
      return;
    }
    case "prefix": {
      const prefixes = (map.prefix ??= new Map());
      for (const key of pattern.keys) {
        const by = changeEntry(prefixes, key, change);
        if (by !== 0) count((map.prefixCounts ??= []), key.length, by);
      }
      map.prefix = whenMany(prefixes, map.packing);
    }
  }
};

/** What is filed under this very pattern; of short digits, under their first key. */
export const valueUnder = <T>(map: PatternMap<T>, pattern: Pattern | DialPrefix): T | null => {
  switch (pattern.kind) {
    case "any":
      return map.any;
    case "exact":
      return map.exact?.get(pattern.key) ?? null;
    case "country":
      return map.country?.get(pattern.country) ?? null;
    case "prefix":
      return map.prefix?.get(pattern.keys[0] ?? "") ?? null;
  }
};

export const isEmptyMap = (map: PatternMap<unknown>): boolean =>
  map.any === null && !map.exact?.size && !map.prefix?.size && !map.country?.size;

/** Every value whose pattern matches, the most specific first: exact, longer prefix, country, its calling code, everything. */
export const valuesFor = <T>(map: PatternMap<T>, number: DialNumber): T[] => {
  const found: T[] = [];
  const add = (value: T | null | undefined): void => {
    if (value !== null && value !== undefined) found.push(value);
  };
  if (number.kind !== "text") {
    const key = numberKey(number);
    add(map.exact?.get(key));
    const home = map.country?.size && number.kind === "number" ? countryOf(number.value) : null;
    const longest = Math.max(map.prefixCounts?.length ?? 0, map.countryCounts?.length ?? 0) - 1;
    for (let length = Math.min(longest, key.length); length > 0; length--) {
      if (home !== null && home.callingCode.length + 1 === length) add(map.country?.get(home.country));
      if (map.prefixCounts?.[length]) add(map.prefix?.get(key.slice(0, length)));
    }
  }
  add(map.any);
  return found;
};
