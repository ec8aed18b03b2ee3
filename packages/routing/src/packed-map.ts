/**
 * A map whose values lie in packed texts; what has changed since, and what can't be packed, stands beside them as it is. What was
 * read of late is kept unpacked: calls ask for the same few rules again and again.
 */
import { type LargeMap, whenLarge } from "./large-map.ts";
import { createPackedTexts, type PackedTexts } from "./packed-texts.ts";

export type Packing<K, V> = {
  keyOf(name: string): K;
  /** Null for a value that is kept as it is. */
  pack(value: V): string | null;
  unpack(text: string): V;
};

export type PackedMap<K extends string, V> = LargeMap<K, V> & {
  /** The value's text: equal texts, equal values. */
  textOf: (key: K) => string | undefined;
  /** Another one of what was packed first, without what has changed since: what either changes, the other does not see. */
  asPacked: () => PackedMap<K, V>;
};

const mostRead = 4_096;

type Parts<K extends string, V> = {
  texts: PackedTexts;
  packing: Packing<K, V>;
  /** Others have the same texts: nothing is added to them. */
  isShared: boolean;
};

const mapOf = <K extends string, V>({ texts, packing, ...parts }: Parts<K, V>): PackedMap<K, V> => {
  let { isShared } = parts;
  let { size } = texts;
  // Undefined: gone, though the texts still have it.
  let beside: LargeMap<K, V | undefined> = new Map();
  /** The entries of the texts for which what stands beside counts. */
  const outdated = new Set<number>();
  const read = new Map<K, V>();

  const unpacked = (key: K): V | undefined => {
    const known = read.get(key);
    if (known !== undefined) return known;
    const entry = texts.find(key);
    if (entry < 0) return undefined;
    const value = packing.unpack(texts.textAt(entry));
    if (read.size >= mostRead) read.clear();
    read.set(key, value);
    return value;
  };

  const has = (key: K): boolean => (beside.has(key) ? beside.get(key) !== undefined : texts.find(key) >= 0);

  const putBeside = (key: K, value: V | undefined): void => {
    const entry = texts.find(key);
    if (entry >= 0) outdated.add(entry);
    beside.set(key, value);
    beside = whenLarge(beside);
  };

  const put = (key: K, value: V): void => {
    if (!isShared && !beside.has(key)) {
      const text = packing.pack(value);
      if (text !== null && texts.add(key, text)) return;
    }
    putBeside(key, value);
  };

  const keyAt = (entry: number): K => packing.keyOf(texts.keyAt(entry));
  const valueAt = (entry: number): V => packing.unpack(texts.textAt(entry));

  const each = function* <Item>(itemOf: (entry: number) => Item, changed: (key: K, value: V) => Item): Generator<Item> {
    for (let entry = 0; entry < texts.size; entry++) if (!outdated.has(entry)) yield itemOf(entry);
    for (const [key, value] of beside) if (value !== undefined) yield changed(key, value);
  };

  return {
    get size() {
      return size;
    },
    get: (key) => (beside.size > 0 && beside.has(key) ? beside.get(key) : unpacked(key)),
    has,
    set: (key, value) => {
      if (!has(key)) size += 1;
      put(key, value);
    },
    delete: (key) => {
      if (!has(key)) return false;
      size -= 1;
      if (texts.find(key) >= 0) putBeside(key, undefined);
      else beside.delete(key);
      return true;
    },
    textOf: (key) => {
      const entry = texts.find(key);
      if (entry >= 0 && !outdated.has(entry)) return texts.textAt(entry);
      const value = beside.get(key);
      return value === undefined ? undefined : (packing.pack(value) ?? undefined);
    },
    asPacked: () => {
      isShared = true;
      return mapOf({ texts, packing, isShared });
    },
    keys: () => each(keyAt, (key) => key),
    values: () => each(valueAt, (_, value) => value),
    [Symbol.iterator]: () =>
      each<[K, V]>(
        (entry) => [keyAt(entry), valueAt(entry)],
        (key, value) => [key, value],
      ),
  };
};

/** Whoever gets a value gets it as it was packed, or as it was read before: nobody may change it. */
export const createPackedMap = <K extends string, V>(packing: Packing<K, V>, entries: Iterable<[K, V]> = []): PackedMap<K, V> => {
  const map = mapOf<K, V>({ texts: createPackedTexts(), packing, isShared: false });
  for (const [key, value] of entries) map.set(key, value);
  return map;
};
