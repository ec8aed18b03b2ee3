/** A map in parts: one that holds tens of thousands is laid out anew each time it has doubled, in one go of several milliseconds. */

/** What both a map and a map in parts can do. */
export type LargeMap<K extends string, V> = {
  readonly size: number;
  get(key: K): V | undefined;
  has(key: K): boolean;
  set(key: K, value: V): unknown;
  delete(key: K): boolean;
  keys(): Iterable<K>;
  values(): Iterable<V>;
  [Symbol.iterator](): Iterator<[K, V]>;
};

const partCount = 64;
/** Up to here a map alone is laid out anew, or cut into parts, in a fraction of a millisecond, also in a process that has just started. */
const mostInOne = 256;

/** The whole key counts: what numbers or ids end in may be the same for all of them. */
const placeOf = (key: string): number => {
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (Math.imul(hash, 31) + key.charCodeAt(index)) | 0;
  return (hash ^ (hash >>> 16)) & (partCount - 1);
};

export const createLargeMap = <K extends string, V>(entries: Iterable<[K, V]> = []): LargeMap<K, V> => {
  const parts = Array.from({ length: partCount }, () => new Map<K, V>());
  let size = 0;
  const partOf = (key: K): Map<K, V> => parts[placeOf(key)] ?? new Map<K, V>();
  const each = function* <Item>(itemsOf: (part: Map<K, V>) => Iterable<Item>): Generator<Item> {
    for (const part of parts) yield* itemsOf(part);
  };
  const map: LargeMap<K, V> = {
    get size() {
      return size;
    },
    get: (key) => partOf(key).get(key),
    has: (key) => partOf(key).has(key),
    set: (key, value) => {
      const part = partOf(key);
      const before = part.size;
      part.set(key, value);
      size += part.size - before;
    },
    delete: (key) => {
      const isGone = partOf(key).delete(key);
      if (isGone) size -= 1;
      return isGone;
    },
    keys: () => each((part) => part.keys()),
    values: () => each((part) => part.values()),
    [Symbol.iterator]: () => each((part) => part.entries()),
  };
  for (const [key, value] of entries) map.set(key, value);
  return map;
};

/** The map itself while it is small, then one in parts with the same entries, which takes its place. */
export const whenLarge = <K extends string, V>(map: LargeMap<K, V>): LargeMap<K, V> =>
  map.size >= mostInOne && map instanceof Map ? createLargeMap(map) : map;
