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
const fewestSlots = 32;
const movedAtOnce = 4;

export type PackedTexts = {
  readonly size: number;
  /** The number of the key's entry, from 0 in the order in which they were added; -1: there is none. */
  find: (key: string) => number;
  /** False, and nothing is added, for a key that is there already, one that is not plain ASCII, and an entry that is too long. */
  add: (key: string, text: string) => boolean;
  keyAt: (entry: number) => string;
  textAt: (entry: number) => string;
};

const encoder = new TextEncoder();
/** A text comes back whole: what looks like a byte order mark is its first character. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

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

/** Of so many entries the figures lie together: to make room for more, none that are there are moved. */
const pageBits = 10;
const pageEntries = 1 << pageBits;
/** Of each entry: where its key begins, where its text, where that ends; and its key's hash. */
const [ofStart, ofText, ofEnd, ofHash] = [0, 1, 2, 3] as const;
const figuresOfEntry = 4;

export const createPackedTexts = (): PackedTexts => {
  const blocks: Uint8Array[] = [];
  /** How much of the last block is used. */
  let used = 0;
  let size = 0;
  const pages: Int32Array[] = [];
  /** Open addressing, at most half full: an entry's number plus one, 0 free. */
  let slots = new Uint32Array(fewestSlots);
  /** The slots before they grew, until the entries that were in them have their new places. */
  let older: { slots: Uint32Array; moved: number; size: number } | null = null;

  const figure = (entry: number, of: number): number => pages[entry >>> pageBits]?.[(entry & (pageEntries - 1)) * figuresOfEntry + of] ?? 0;

  const slice = (from: number, to: number): string => {
    const offset = from & (blockBytes - 1);
    return decoder.decode(blocks[from >>> blockBits]?.subarray(offset, offset + to - from));
  };
  const keyAt = (entry: number): string => slice(figure(entry, ofStart), figure(entry, ofText));
  const textAt = (entry: number): string => slice(figure(entry, ofText), figure(entry, ofEnd));

  const isKey = (entry: number, key: string): boolean => {
    const start = figure(entry, ofStart);
    if (figure(entry, ofText) - start !== key.length) return false;
    const block = blocks[start >>> blockBits];
    const offset = start & (blockBytes - 1);
    for (let index = 0; index < key.length; index++) if (block?.[offset + index] !== key.charCodeAt(index)) return false;
    return true;
  };

  const next = (slot: number, table: Uint32Array): number => (slot + 1) & (table.length - 1);

  const findIn = (table: Uint32Array, key: string, hash: number): number => {
    for (let slot = hash & (table.length - 1); ; slot = next(slot, table)) {
      const entry = (table[slot] ?? 0) - 1;
      if (entry < 0 || (figure(entry, ofHash) === hash && isKey(entry, key))) return entry;
    }
  };

  /** The number of the key's entry; -1: there is none. */
  const find = (key: string, hash: number): number => {
    const entry = findIn(slots, key, hash);
    return entry < 0 && older !== null ? findIn(older.slots, key, hash) : entry;
  };

  const place = (entry: number): void => {
    let slot = figure(entry, ofHash) & (slots.length - 1);
    while (slots[slot] !== 0) slot = next(slot, slots);
    slots[slot] = entry + 1;
  };

  /** A few at each addition, so that none takes long: they are done well before the slots grow again. */
  const moveSome = (): void => {
    if (older === null) return;
    for (let count = 0; count < movedAtOnce && older.moved < older.size; count++) place(older.moved++);
    if (older.moved === older.size) older = null;
  };

  /** Half of the slots stay free: then the next free one is never far. */
  const growSlots = (): void => {
    older = { slots, moved: 0, size };
    slots = new Uint32Array(slots.length * 2);
  };

  /** Where the entry's figures go. The first page begins small. */
  const pageFor = (entry: number): Int32Array => {
    const page = pages[entry >>> pageBits];
    const at = (entry & (pageEntries - 1)) * figuresOfEntry;
    if (page && at < page.length) return page;
    const length = page ? page.length * 2 : (entry === 0 ? fewestSlots : pageEntries) * figuresOfEntry;
    const longer = new Int32Array(length);
    longer.set(page ?? []);
    pages[entry >>> pageBits] = longer;
    return longer;
  };

  const note = (entry: number, figures: readonly [start: number, text: number, end: number, hash: number]): void =>
    pageFor(entry).set(figures, (entry & (pageEntries - 1)) * figuresOfEntry);

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
    if (find(key, hash) >= 0) return false;
    if (size * 2 === slots.length) growSlots();
    moveSome();
    const block = room(bytes);
    const start = (blocks.length - 1) * blockBytes + used;
    for (let index = 0; index < key.length; index++) block[used + index] = key.charCodeAt(index);
    const textBytes = encoder.encodeInto(text, block.subarray(used + key.length)).written;
    used += key.length + textBytes;
    note(size, [start, start + key.length, start + key.length + textBytes, hash]);
    place(size++);
    return true;
  };

  return {
    get size() {
      return size;
    },
    find: (key) => find(key, hashOf(key)),
    add,
    keyAt,
    textAt,
  };
};
