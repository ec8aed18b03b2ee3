// Remembers which inputs a built thing was made from, so that making it again costs milliseconds.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./paths.mjs";

const neverInput = new Set(["node_modules", "dist", "dist.next", "generated", "test-results"]);

/** One hash over the names and contents of files and folders (tests left out: no product is made from them).
 * @param {string[]} inputs paths from the root; absent ones count as absent @returns {string} */
export function fingerprint(inputs) {
  const hash = createHash("sha256");
  for (const input of inputs) {
    for (const file of filesUnder(join(root, input)))
      hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => !neverInput.has(name) && !/\.test\.tsx?$/.test(name));
  return names.sort().flatMap((name) => filesUnder(join(path, name)));
}

/** @param {string} file @param {string} value */
export function isStamped(file, value) {
  try {
    return readFileSync(file, "utf8") === value;
  } catch {
    return false;
  }
}

/** @param {string} file @param {string} value */
export function stamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
}
