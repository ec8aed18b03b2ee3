/** The key ring that seals stored credentials: given by the environment, else made once and kept beside the data (mode 0600). */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type KeyRing, readKeyRing } from "@switchboard/control/key-ring";

const fileName = "secret-keys";

/** `id:base64key` pairs with commas between them. Two processes that start at once end with the same ring. */
export const secretKeysOf = (given: string | null, dataDir: string): string => {
  if (given !== null) return given;
  const path = join(dataDir, fileName);
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const own = `${path}.${process.pid}`;
    writeFileSync(own, `k1:${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
    try {
      // A link fails when the other process was first, and never leaves half a file.
      linkSync(own, path);
    } catch (error) {
      if (!existsSync(path)) throw error;
    }
    unlinkSync(own);
  }
  return readFileSync(path, "utf8").trim();
};

/** The ring; where it is the file, keys that are added while we run are found. */
export const openKeyRing = (given: string | null, dataDir: string): KeyRing =>
  readKeyRing(secretKeysOf(given, dataDir), given === null ? () => secretKeysOf(null, dataDir) : undefined);

const newKeyId = (taken: readonly string[]): string => {
  for (let number = taken.length + 1; ; number += 1) if (!taken.includes(`k${number}`)) return `k${number}`;
};

/** Puts a new key first in the file: replaced whole, and on the disk before anything is sealed with it. */
export const addSecretKey = (dataDir: string): void => {
  const text = secretKeysOf(null, dataDir);
  const id = newKeyId(readKeyRing(text).keys.map((key) => key.id));
  const path = join(dataDir, fileName);
  const next = `${path}.${process.pid}`;
  writeFileSync(next, `${id}:${randomBytes(32).toString("base64")},${text}\n`, { mode: 0o600, flush: true });
  renameSync(next, path);
  const directory = openSync(dataDir, "r");
  fsyncSync(directory);
  closeSync(directory);
};
