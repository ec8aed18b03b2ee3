// Finds a program on this machine, also in the system folders that a plain user's PATH leaves out.
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

const systemFolders = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/usr/libexec"];

/** @param {string} name @returns {string | null} its full path */
export function findBinary(name) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...systemFolders];
  for (const folder of folders) {
    const file = join(folder, name);
    if (folder !== "" && isExecutable(file)) return file;
  }
  return null;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @param {string} name @returns {string} */
export function requireBinary(name) {
  const file = findBinary(name);
  if (file === null) throw new Error(`${name} is not installed on this machine.`);
  return file;
}
