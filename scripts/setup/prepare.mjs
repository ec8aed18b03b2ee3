// Brings this checkout to the point where a command can run: says first what is missing, then installs and builds just that.
import { buildConsole, consoleIsStale } from "./console-build.mjs";
import { dependenciesAreMissing, installDependencies } from "./dependencies.mjs";
import { dataDir, root, toolsDir } from "./paths.mjs";
import { generatePrismaClient, prismaClientIsMissing } from "./prisma-client.mjs";
import { say } from "./say.mjs";
import { whileHoldingTheSetupLock } from "./setup-lock.mjs";
import { carryOut, missingPrograms, remedyFor, thisMachine } from "./system-packages.mjs";
import { installTools, missingTools, refuseOldNode } from "./toolchain.mjs";

/**
 * @typedef {{ title: string, programs: import("./system-packages.mjs").Program[], withConsole: boolean, starts: string[] }} Needs
 *   `starts`: one line for each thing that the command itself will start.
 * @typedef {{ serversBy: "binaries" | "docker" }} Prepared
 */

/** @param {Needs} needs */
function survey({ programs, withConsole }) {
  const withPnpm = dependenciesAreMissing();
  const remedy = remedyFor(missingPrograms(programs), thisMachine());
  const work = {
    tools: missingTools({ withPnpm }),
    dependencies: withPnpm,
    client: prismaClientIsMissing(),
    console: withConsole && consoleIsStale(),
  };
  return {
    remedy,
    work,
    nothingToDo: remedy.by !== "apt" && work.tools.length === 0 && !work.dependencies && !work.client && !work.console,
  };
}

/** @param {Needs} needs @param {ReturnType<typeof survey>} found */
function announce(needs, { remedy, work }) {
  say(`Switchboard: ${needs.title}`);
  if (remedy.by === "apt") say(`  will install  ${remedy.packages.join(" ")} (system packages, with apt-get)`);
  if (work.tools.length > 0) say(`  will install  ${work.tools.join(" and ")} into ${toolsDir} (this Node is ${process.versions.node})`);
  if (work.dependencies) say(`  will install  the packages of pnpm-lock.yaml into ${root}/node_modules`);
  if (work.client) say("  will generate the database client into packages/control/src/generated");
  if (work.console) say("  will build    the console into apps/console/dist");
  if (remedy.by === "docker") say("  will start    MySQL and Redis with docker compose (the machine has none of its own)");
  for (const line of needs.starts) say(`  will start    ${line}`);
}

/** @param {Needs} needs @returns {Promise<Prepared>} */
export async function prepare(needs) {
  refuseOldNode();
  const found = survey(needs);
  announce(needs, found);
  if (found.remedy.by === "person") await carryOut(found.remedy);
  if (!found.nothingToDo) await whileHoldingTheSetupLock(() => install(needs));
  return { serversBy: found.remedy.by === "docker" ? "docker" : "binaries" };
}

/** Looks again under the lock: the copy that held it before may have done the work. @param {Needs} needs */
async function install(needs) {
  await carryOut(remedyFor(missingPrograms(needs.programs), thisMachine()));
  if (missingTools({ withPnpm: dependenciesAreMissing() }).length > 0) await installTools();
  if (dependenciesAreMissing()) await installDependencies();
  if (prismaClientIsMissing()) await generatePrismaClient();
  if (needs.withConsole && consoleIsStale()) await buildConsole();
}

/** Which databases must be private ones: those that the environment doesn't name. @returns {import("./system-packages.mjs").Program[]} */
export function privateServers() {
  return [
    ...(process.env.DATABASE_URL ? [] : /** @type {const} */ (["mariadb"])),
    ...(process.env.REDIS_URL ? [] : /** @type {const} */ (["redis"])),
  ];
}

/** The lines that announce them. @returns {string[]} */
export function privateServerLines() {
  const names = privateServers().map((program) => (program === "mariadb" ? "MariaDB" : "Redis"));
  return names.length === 0 ? [] : [`${names.join(" and ")}, private to this copy (loopback only, data in ${dataDir()})`];
}
