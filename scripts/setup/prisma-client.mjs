// Generates the database client from the schema, when the schema has changed.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, toolsDir } from "./paths.mjs";
import { runStep } from "./run-step.mjs";
import { fingerprint, isStamped, stamp } from "./stamp.mjs";
import { nodeBinary, toolEnvironment } from "./toolchain.mjs";

const control = join(root, "packages/control");
const stampFile = join(control, "src/generated/.made-from");
const wanted = () => fingerprint(["prisma/schema.prisma", "packages/control/package.json", "pnpm-workspace.yaml"]);

export const prismaClientIsMissing = () => !isStamped(stampFile, wanted());

export async function generatePrismaClient() {
  // Generating needs no engine, but Prisma fetches one over the internet unless it is given a program. This one fails if it is ever asked to work.
  const stub = join(toolsDir, "schema-engine-not-needed");
  mkdirSync(toolsDir, { recursive: true });
  writeFileSync(stub, "#!/bin/sh\nexit 1\n");
  chmodSync(stub, 0o755);
  await runStep({
    name: "prisma-generate",
    doing: "Generating the database client from prisma/schema.prisma",
    command: nodeBinary(),
    args: [join(control, "node_modules/prisma/build/index.js"), "generate"],
    cwd: control,
    env: { ...toolEnvironment(), PRISMA_SCHEMA_ENGINE_BINARY: stub, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" },
    remedy: "The schema may be broken: the log above names the line.",
  });
  stamp(stampFile, wanted());
}
