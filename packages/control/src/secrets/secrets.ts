/** Seals credentials for the database with AES-256-GCM; what was sealed for one row of one tenant opens for no other. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { TenantId } from "@switchboard/routing/ids";
import type { KeyRing } from "./key-ring.ts";

/** Where a secret belongs: part of what is authenticated. */
export type SecretPlace = { tenantId: TenantId; column: string; rowId: string };

const format = "v1";
const ivBytes = 12;
const tagBytes = 16;

/** `v1.keyId.base64url(iv, tag, ciphertext)`. */
export function seal(ring: KeyRing, place: SecretPlace, secret: string): string {
  const { id, key } = ring.keys[0];
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: tagBytes });
  cipher.setAAD(associatedData(place, id));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return `${format}.${id}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/** Throws when the key is not on the ring, or the text was sealed for another place or changed since. */
export function unseal(ring: KeyRing, place: SecretPlace, text: string): string {
  const [version, id, body] = text.split(".");
  if (version !== format || id === undefined || body === undefined)
    throw new Error(`${place.column} of ${place.rowId} is not a sealed text`);
  const key = ring.find(id)?.key;
  if (!key) throw new Error(`${place.column} of ${place.rowId} was sealed with the key ${id}, which SECRET_KEYS does not hold`);
  const bytes = Buffer.from(body, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(associatedData(place, id));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString("utf8");
}

function associatedData({ tenantId, column, rowId }: SecretPlace, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([format, keyId, tenantId, column, rowId]));
}

/** Whether the key in force sealed this text. */
export const isSealedByCurrentKey = (ring: KeyRing, text: string): boolean => text.startsWith(`${format}.${ring.keys[0].id}.`);
