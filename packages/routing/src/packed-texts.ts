/**
 * Texts under keys, kept as bytes in a few large blocks: of what fifty thousand rules say, the garbage collector then has nothing to
 * walk through and nothing to copy while calls wait. Only added to; a key keeps its first text.
 */

/** Of one block, and of the longest entry that is taken. Blocks begin small: most tenants have a handful of rules. */
const blockBits = 18;
const blockBytes = 1 << blockBits;
const firstBlockBytes = 1_024;
/** UTF-8 takes at most three bytes for each of a text's characters. */
const bytesPerCharacter = 3;
const firstEntries = 16;

export type PackedTexts = {
  readonly size: number;
  get: (key: string) => string | undefined;
  has: (key: string) => boolean;
  /** False, and nothing is added, for a key that is there already, one that is not plain ASCII, and an entry that is too long. */
  add: (key: string, text: string) => boolean;
  /** In the order in which they were added. */
  keys: () => Iterable<string>;
  [Symbol.iterator]: () => Iterator<[key: string, text: string]>;
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Numbers and ids differ in their last characters, the slots in their last bits: the hash is stirred once more. */
const hashOf = (key: string): number => {
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (Math.imul(hash, 31) + key.charCodeAt(index)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return hash ^ (hash >>> 16);
};

const isAscii = (key: string): boolean => {
  for (let index = 0; index < key.length; index++) if (key.charCodeAt(index) > 0x7f) return false;
  return true;
};

/** Twice as long, with what it held. */
const longer = <Column extends Uint32Array | Int32Array>(column: Column, make: (length: number) => Column): Column => {
  const grown = make(column.length * 2);
  grown.set(column);
  return grown;
};

const make = { signed: (length: number) => new Int32Array(length), unsigned: (length: number) => new Uint32Array(length) };

export const createPackedTexts = (): PackedTexts => {
  const blocks: Uint8Array[] = [];
  /** How much of the last block is used. */
  let used = 0;
  let size = 0;
  // Of each entry: where its key begins, its text, and where that ends; and its key's hash.
  let starts = make.unsigned(firstEntries);
  let texts = make.unsigned(firstEntries);
  let ends = make.unsigned(firstEntries);
  let hashes = make.signed(firstEntries);
  /** Open addressing, at most half full: an entry's number plus one, 0 free. */
  let slots = make.unsigned(firstEntries * 2);

  const slice = (from: number, to: number): Uint8Array => {
    const block = blocks[from >>> blockBits] ?? new Uint8Array();
    const offset = from & (blockBytes - 1);
    return block.subarray(offset, offset + to - from);
  };
  const keyAt = (entry: number): string => decoder.decode(slice(starts[entry] ?? 0, texts[entry] ?? 0));
  const textAt = (entry: number): string => decoder.decode(slice(texts[entry] ?? 0, ends[entry] ?? 0));

  const isKey = (entry: number, key: string): boolean => {
    const start = starts[entry] ?? 0;
    if ((texts[entry] ?? 0) - start !== key.length) return false;
    const block = blocks[start >>> blockBits];
    const offset = start & (blockBytes - 1);
    for (let index = 0; index < key.length; index++) if (block?.[offset + index] !== key.charCodeAt(index)) return false;
    return true;
  };

  /** The slot of the key, or the free one where it would be. */
  const slotOf = (key: string, hash: number): number => {
    for (let slot = hash & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const entry = slots[slot] ?? 0;
      if (entry === 0 || (hashes[entry - 1] === hash && isKey(entry - 1, key))) return slot;
    }
  };

  const find = (key: string): number => (slots[slotOf(key, hashOf(key))] ?? 0) - 1;

  const grow = (): void => {
    starts = longer(starts, make.unsigned);
    texts = longer(texts, make.unsigned);
    ends = longer(ends, make.unsigned);
    hashes = longer(hashes, make.signed);
    slots = make.unsigned(slots.length * 2);
    for (let entry = 0; entry < size; entry++) {
      let slot = (hashes[entry] ?? 0) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = entry + 1;
    }
  };

  /** A block with room for so many bytes. */
  const room = (bytes: number): Uint8Array => {
    const last = blocks.at(-1);
    if (last && last.length - used >= bytes) return last;
    const wanted = Math.max(bytes, last ? last.length * 2 : firstBlockBytes);
    const block = new Uint8Array(Math.min(blockBytes, wanted));
    blocks.push(block);
    used = 0;
    return block;
  };

  const add = (key: string, text: string): boolean => {
    const bytes = key.length + text.length * bytesPerCharacter;
    if (bytes > blockBytes || !isAscii(key)) return false;
    const hash = hashOf(key);
    if (slots[slotOf(key, hash)] !== 0) return false;
    if (size === starts.length) grow();
    const block = room(bytes);
    const start = (blocks.length - 1) * blockBytes + used;
    for (let index = 0; index < key.length; index++) block[used + index] = key.charCodeAt(index);
    used += key.length;
    texts[size] = start + key.length;
    used += encoder.encodeInto(text, block.subarray(used)).written;
    starts[size] = start;
    ends[size] = (blocks.length - 1) * blockBytes + used;
    hashes[size] = hash;
    slots[slotOf(key, hash)] = ++size;
    return true;
  };

  return {
    get size() {
      return size;
    },
    get: (key) => {
      const entry = find(key);
      return entry < 0 ? undefined : textAt(entry);
    },
    has: (key) => find(key) >= 0,
    add,
    *keys() {
      for (let entry = 0; entry < size; entry++) yield keyAt(entry);
    },
    *[Symbol.iterator]() {
      for (let entry = 0; entry < size; entry++) yield [keyAt(entry), textAt(entry)];
    },
  };
};
