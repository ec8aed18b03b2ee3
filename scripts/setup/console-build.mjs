// Builds the console into apps/console/dist, when its sources have changed.
import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { runStep } from "./run-step.mjs";
import { fingerprint, isStamped, stamp } from "./stamp.mjs";
import { nodeBinary, toolEnvironment } from "./toolchain.mjs";

const consoleDir = join(root, "apps/console");
const built = join(consoleDir, "dist");
const stampFile = join(built, ".made-from");
const ownFiles = ["index.html", "package.json", "public", "src", "tsconfig.json", "vite.config.ts"].map((name) => `apps/console/${name}`);
const wanted = () => fingerprint([...ownFiles, "packages/api/src", "packages/routing/src", "pnpm-lock.yaml"]);

export const consoleIsStale = () => !isStamped(stampFile, wanted());

export async function buildConsole() {
  const fresh = join(consoleDir, "dist.next");
  await runStep({
    name: "console-build",
    doing: `Building the console into ${built}`,
    command: nodeBinary(),
    args: [join(consoleDir, "node_modules/vite/bin/vite.js"), "build", "--outDir", fresh, "--emptyOutDir"],
    cwd: consoleDir,
    env: toolEnvironment(),
    remedy: "The log above names the file and line that don't build.",
  });
  stamp(join(fresh, ".made-from"), wanted());
  // A running copy serves the old files until the new ones are complete.
  rmSync(built, { recursive: true, force: true });
  renameSync(fresh, built);
}
