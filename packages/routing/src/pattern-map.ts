/** Values filed under patterns, found by number without looking at the others. */
import type { CountryCode } from "libphonenumber-js/min";
import { countryOf } from "./country.ts";
import { type DialNumber, numberKey } from "./number.ts";
import type { DialPrefix, Pattern } from "./pattern.ts";

/** Everything in it is made when first needed: tenants have tens of thousands of patterns, each with callers of its own. */
export type PatternMap<T> = {
  any: T | null;
  exact: Map<string, T> | null;
  prefix: Map<string, T> | null;
  country: Map<CountryCode, T> | null;
  /** How many prefixes there are of each key length. */
  prefixCounts: number[] | null;
  /** How many countries there are by the length of their calling code with its `+`. */
  countryCounts: number[] | null;
};

export const createPatternMap = <T>(): PatternMap<T> => ({
  any: null,
  exact: null,
  prefix: null,
  country: null,
  prefixCounts: null,
  countryCounts: null,
});

const count = (counts: number[], length: number, by: number): void => {
  while (counts.length <= length) counts.push(0);
  counts[length] = (counts[length] ?? 0) + by;
};

const obtain = <K, T>(map: Map<K, T>, key: K, make: () => T): { value: T; isNew: boolean } => {
  const found = map.get(key);
  if (found !== undefined) return { value: found, isNew: false };
  const value = make();
  map.set(key, value);
  return { value, isNew: true };
};

/** The values filed under a pattern (two for short digits without `+`), made where there are none. */
export const fileUnder = <T>(map: PatternMap<T>, pattern: Pattern | DialPrefix, make: () => T): T[] => {
  switch (pattern.kind) {
    case "any":
      map.any ??= make();
      return [map.any];
    case "exact":
      map.exact ??= new Map();
      return [obtain(map.exact, pattern.key, make).value];
    case "country": {
      map.country ??= new Map();
      const { value, isNew } = obtain(map.country, pattern.country, make);
      if (isNew) count((map.countryCounts ??= []), pattern.callingCode.length + 1, 1);
      return [value];
    }
    case "prefix": {
      const prefixes = (map.prefix ??= new Map());
      return pattern.keys.map((key) => {
        const { value, isNew } = obtain(prefixes, key, make);
        if (isNew) count((map.prefixCounts ??= []), key.length, 1);
        return value;
      });
    }
  }
};

const drop = <K>(map: Map<K, unknown> | null, key: K, counts: number[] | null, length: number): void => {
  if (map?.delete(key) && counts !== null) count(counts, length, -1);
};

/** Forgets what is filed under one pattern, where `isEmpty` agrees. */
export const pruneUnder = <T>(map: PatternMap<T>, pattern: Pattern | DialPrefix, isEmpty: (value: T) => boolean): void => {
  const gone = (value: T | null | undefined): boolean => value !== null && value !== undefined && isEmpty(value);
  switch (pattern.kind) {
    case "any":
      if (gone(map.any)) map.any = null;
      return;
    case "exact":
      if (gone(map.exact?.get(pattern.key))) map.exact?.delete(pattern.key);
      return;
    case "country":
      if (gone(map.country?.get(pattern.country))) drop(map.country, pattern.country, map.countryCounts, pattern.callingCode.length + 1);
      return;
    case "prefix":
      for (const key of pattern.keys) if (gone(map.prefix?.get(key))) drop(map.prefix, key, map.prefixCounts, key.length);
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
