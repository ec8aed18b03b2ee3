/** The key ring that seals stored credentials: given by the environment, else made once and kept beside the data (mode 0600). */
import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

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
