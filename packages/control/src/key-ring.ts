/** The keys that seal stored credentials and from which every other key is derived: the first one works, all of them open. */
import { hkdfSync } from "node:crypto";

export type RingKey = { id: string; key: Buffer };

export type KeyRing = {
  /** First is the one in force. */
  keys: readonly [RingKey, ...RingKey[]];
  /** One 32-byte key per ring key for this purpose, the one in force first; any process with the ring derives the same. */
  derive: (purpose: string) => RingKey[];
};

const keyBytes = 32;

/** Reads `id:base64key[,id2:…]`. Throws with words for an operator when it can't be used. */
export function readKeyRing(text: string): KeyRing {
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
  return {
    keys: [first, ...rest],
    derive: (purpose) =>
      keys.map(({ id, key }) => ({
        id,
        key: Buffer.from(hkdfSync("sha256", key, Buffer.alloc(0), `switchboard:${purpose}:${id}`, keyBytes)),
      })),
  };
}
