// Finds, or installs into .tools, the Node that runs TypeScript and the pnpm that the lockfile was made with.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { findBinary } from "../embedded/find-binary.mjs";
import { lowestNode, nodePackages, pnpmVersion, toolsDir, toolsModules } from "./paths.mjs";
import { runStep } from "./run-step.mjs";
import { PlainError } from "./say.mjs";

const oldestNode = [20, 19];

/** @param {number[]} wanted */
const nodeIsAtLeast = ([major = 0, minor = 0]) => {
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split(".").map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
};

export function refuseOldNode() {
  if (nodeIsAtLeast(oldestNode)) return;
  throw new PlainError(
    `Switchboard needs Node ${oldestNode.join(".")} or newer; this is ${process.versions.node}. Install one from https://nodejs.org and run the command again.`,
  );
}

/** The package that brings Node, or null when the machine's own will do. */
function wantedNode() {
  if (nodeIsAtLeast(lowestNode)) return null;
  const found = nodePackages.get(`${process.platform}-${process.arch}`);
  if (found !== undefined) return found;
  throw new PlainError(
    `There is no ready Node for ${process.platform}-${process.arch}. Install Node ${lowestNode.join(".")} or newer and run the command again.`,
  );
}

/** The Node that runs the product. */
export function nodeBinary() {
  const wanted = wantedNode();
  return wanted === null ? process.execPath : join(toolsModules, wanted.name, "bin/node");
}

/** The environment of every program we run: our Node is the first that they find. @returns {NodeJS.ProcessEnv} */
export function toolEnvironment() {
  const { NODE_ENV: _, ...environment } = process.env;
  return { ...environment, PATH: `${dirname(nodeBinary())}${delimiter}${process.env.PATH ?? ""}`, CI: "true" };
}

/** @param {string} name */
function installedVersion(name) {
  try {
    return String(JSON.parse(readFileSync(join(toolsModules, name, "package.json"), "utf8")).version);
  } catch {
    return null;
  }
}

/** @returns {string | null} */
function machinePnpm() {
  const found = findBinary("pnpm");
  if (found === null) return null;
  try {
    return execFileSync(found, ["--version"], { encoding: "utf8", timeout: 10_000, stdio: ["ignore", "pipe", "ignore"] }).trim() ===
      pnpmVersion
      ? found
      : null;
  } catch {
    return null;
  }
}

/** @returns {string | null} */
export function pnpmBinary() {
  return installedVersion("pnpm") === pnpmVersion ? join(toolsModules, "pnpm/pnpm") : machinePnpm();
}

/** What is missing: `name@version` of each. pnpm counts only when something is to be installed with it.
 * @param {{ withPnpm: boolean }} options @returns {string[]} */
export function missingTools({ withPnpm }) {
  const node = wantedNode();
  const nodeMissing = node !== null && !(installedVersion(node.name) === node.version && existsSync(nodeBinary()));
  const pnpmMissing = (withPnpm || nodeMissing) && pnpmBinary() === null;
  return [...(nodeMissing ? [`${node.name}@${node.version}`] : []), ...(pnpmMissing ? [`pnpm@${pnpmVersion}`] : [])];
}

export async function installTools() {
  const node = wantedNode();
  // All in one command: a later one would remove what an earlier one brought.
  const packages = [...(node === null ? [] : [`${node.name}@${node.version}`]), `pnpm@${pnpmVersion}`];
  await runStep({
    name: "toolchain",
    doing: `Installing ${packages.join(" and ")} into ${toolsDir}`,
    command: findBinary("npm") ?? "npm",
    args: ["install", "--prefix", toolsDir, "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error", ...packages],
    remedy: "Is the npm registry reachable from here (npm ping)? Then run the same command again.",
  });
}
