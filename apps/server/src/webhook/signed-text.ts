/** Texts that only this product can have written: signed by the key in force, read back with any key of the ring. */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";

export type SigningKey = { id: string; key: Uint8Array };

export type FindKey = (id: string) => SigningKey | undefined;

type Ready = { id: string; key: KeyObject };

const longest = 8_192;

const mac = ({ key }: Ready, text: string) => createHmac("sha256", key).update(text);

// Made once: a key given as bytes is wrapped anew for each signature, which takes five times as long as the signature.
const readyOf = ({ id, key }: SigningKey): Ready => ({ id, key: createSecretKey(key) });

export type SignedTexts = ReturnType<typeof createSignedTexts>;

/**
 * `given`: the first signs, all verify. `find` knows keys that came to the ring since, with which another process may have signed.
 * What is signed is safe in a query string as it stands.
 */
export const createSignedTexts = (given: readonly SigningKey[], find: FindKey = () => undefined) => {
  const keys = given.map(readyOf);
  const signing = keys[0];
  if (!signing) throw new Error("The key ring is empty: no key can sign");
  const byId = new Map(keys.map((key) => [key.id, key]));

  const keyOf = (id: string): Ready | undefined => {
    const known = byId.get(id);
    const found = known ? undefined : find(id);
    if (!found) return known;
    const ready = readyOf(found);
    byId.set(id, ready);
    return ready;
  };

  return {
    sign: (text: string): string => {
      const head = `${signing.id}.${Buffer.from(text).toString("base64url")}`;
      return `${head}.${mac(signing, head).digest("base64url")}`;
    },
    /** The text; null for anything that was not signed by us. */
    read: (signed: string): string | null => {
      const [keyId, body, signature] = signed.split(".", 4);
      const key = keyOf(keyId ?? "");
      if (!key || body === undefined || signature === undefined || signed.length > longest) return null;
      const expected = mac(key, `${keyId}.${body}`).digest();
      const given = Buffer.from(signature, "base64url");
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      return Buffer.from(body, "base64url").toString("utf8");
    },
  };
};
