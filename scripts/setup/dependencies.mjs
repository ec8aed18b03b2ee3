// Installs the packages that the lockfile names, when they are not the installed ones.
import { join } from "node:path";
import { root } from "./paths.mjs";
import { runStep } from "./run-step.mjs";
import { fingerprint, isStamped, stamp } from "./stamp.mjs";
import { pnpmBinary, toolEnvironment } from "./toolchain.mjs";

const stampFile = join(root, "node_modules/.switchboard-installed");
const manifests = ["routing", "execution", "control", "api"].map((name) => `packages/${name}/package.json`);
const appManifests = ["server", "console", "simulator"].map((name) => `apps/${name}/package.json`);
const wanted = () => fingerprint(["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", ...manifests, ...appManifests]);

export const dependenciesAreMissing = () => !isStamped(stampFile, wanted());

export async function installDependencies() {
  await runStep({
    name: "dependencies",
    doing: `Installing the packages of pnpm-lock.yaml into ${join(root, "node_modules")}`,
    command: pnpmBinary() ?? "pnpm",
    args: ["install", "--frozen-lockfile", "--prod=false"],
    env: toolEnvironment(),
    remedy: "Is the npm registry reachable from here (npm ping)? Then run the same command again.",
  });
  stamp(stampFile, wanted());
}
