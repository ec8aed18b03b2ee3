/** The keys that seal stored credentials and from which every other key is derived: the first one works, all of them open. */
import { hkdfSync } from "node:crypto";

export type RingKey = { id: string; key: Buffer };

export type KeyRing = {
  /** First is the one in force. A ring that can be read again follows its file, so ask each time. */
  readonly keys: readonly [RingKey, ...RingKey[]];
  /** The key of this id; one that isn't known is looked for in the ring as it is written now. */
  find: (id: string) => RingKey | undefined;
  /** One 32-byte key per ring key for this purpose, the one in force first; any process with the ring derives the same. */
  derive: (purpose: string) => RingKey[];
  /** The derived key of one id, looked for as `find` does. */
  deriveOf: (purpose: string, id: string) => RingKey | undefined;
};

type Keys = KeyRing["keys"];

const keyBytes = 32;
/** Ids that nobody ever had can be sent by anyone: they don't make us read a file each time. */
const readAgainEveryMs = 250;

const derived = (purpose: string, { id, key }: RingKey): RingKey => ({
  id,
  key: Buffer.from(hkdfSync("sha256", key, Buffer.alloc(0), `switchboard:${purpose}:${id}`, keyBytes)),
});

/**
 * Reads `id:base64key[,id2:…]`. `readAgain` gives the text as it is now: keys are added to a file while servers run. Throws
 * with words for an operator when it can't be used.
 */
export function readKeyRing(text: string, readAgain?: () => string): KeyRing {
  let keys = parse(text);
  let readAt = Number.NEGATIVE_INFINITY;
  const find = (id: string): RingKey | undefined => {
    const known = keys.find((each) => each.id === id);
    if (known || !readAgain || performance.now() - readAt < readAgainEveryMs) return known;
    readAt = performance.now();
    keys = parse(readAgain());
    return keys.find((each) => each.id === id);
  };
  return {
    get keys() {
      return keys;
    },
    find,
    derive: (purpose) => keys.map((each) => derived(purpose, each)),
    deriveOf: (purpose, id) => {
      const found = find(id);
      return found && derived(purpose, found);
    },
  };
}

function parse(text: string): Keys {
  const keys = text.split(",").map((part): RingKey => {
    const colon = part.indexOf(":");
    const id = part.slice(0, Math.max(colon, 0)).trim();
    const key = Buffer.from(part.slice(colon + 1).trim(), "base64");
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(id))
      throw new Error("SECRET_KEYS: each key needs an id of letters and digits in front, as in k1:base64key");
    if (key.length !== keyBytes) throw new Error(`SECRET_KEYS: the key ${id} must be ${keyBytes} bytes in base64, not ${key.length}`);
    return { id, key };
  });
  const [first, ...rest] = keys;
  if (!first) throw new Error("SECRET_KEYS is empty");
  if (new Set(keys.map((each) => each.id)).size !== keys.length) throw new Error("SECRET_KEYS: two keys have the same id");
  return [first, ...rest];
}
