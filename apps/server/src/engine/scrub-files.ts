/** Takes numbers out of what the local journal has put aside for a person: those files stay until somebody removes them. */
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const isSetAside = (name: string): boolean => name === "refused.ndjson" || name.endsWith(".unreadable");

/** Answers how many files were written anew; a directory that isn't there has none. */
export const scrubFiles = (directory: string, mask: (text: string) => string): number => {
  let changed = 0;
  for (const name of namesIn(directory).filter(isSetAside)) {
    const path = join(directory, name);
    const text = readFileSync(path, "utf8");
    const masked = text.split("\n").map(mask).join("\n");
    if (masked === text) continue;
    writeFileSync(`${path}.new`, masked, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    changed += 1;
  }
  return changed;
};

const namesIn = (directory: string): string[] => {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
};
