// Finds the programs that the machine itself must have (database, Redis, a browser), and how to get those that it lacks.
import { execFileSync } from "node:child_process";
import { findBinary } from "../embedded/find-binary.mjs";
import { runStep } from "./run-step.mjs";
import { PlainError } from "./say.mjs";

/**
 * @typedef {"mariadb" | "redis" | "chromium"} Program
 * @typedef {{ platform: string, isRoot: boolean, hasApt: boolean, dockerAnswers: () => boolean }} Machine
 * @typedef {{ by: "nothing" } | { by: "apt", packages: string[] } | { by: "docker" } | { by: "person", message: string }} Remedy
 */

/** @type {Record<Program, { binaries: string[], apt: string[], brew: string, says: string }>} */
const programs = {
  mariadb: {
    binaries: ["mariadbd", "mariadb-install-db"],
    apt: ["mariadb-server-core", "mariadb-client-core"],
    brew: "mariadb",
    says: "MariaDB",
  },
  redis: { binaries: ["redis-server"], apt: ["redis-server"], brew: "redis", says: "Redis" },
  chromium: { binaries: ["chromium"], apt: ["chromium", "fonts-liberation"], brew: "--cask chromium", says: "Chromium" },
};

/** @param {Program[]} wanted @returns {Program[]} */
export function missingPrograms(wanted) {
  return wanted.filter((program) => programs[program].binaries.some((binary) => findBinary(binary) === null));
}

/** @returns {Machine} */
export function thisMachine() {
  return { platform: process.platform, isRoot: process.getuid?.() === 0, hasApt: findBinary("apt-get") !== null, dockerAnswers };
}

/** What is to be done about the missing programs on such a machine. @param {Program[]} missing @param {Machine} machine @returns {Remedy} */
export function remedyFor(missing, machine) {
  if (missing.length === 0) return { by: "nothing" };
  const packages = missing.flatMap((program) => programs[program].apt);
  if (machine.isRoot && machine.hasApt) return { by: "apt", packages };
  if (!missing.includes("chromium") && machine.dockerAnswers()) return { by: "docker" };
  return { by: "person", message: instructions(missing, packages, machine) };
}

/** @param {Program[]} missing @param {string[]} packages @param {Machine} machine */
function instructions(missing, packages, machine) {
  const what = missing.map((program) => programs[program].says).join(" and ");
  const servers = missing.includes("chromium")
    ? ""
    : "\nOr start Docker, or point DATABASE_URL and REDIS_URL at servers that you already have.";
  return `${what} ${missing.length === 1 ? "is" : "are"} not installed on this machine. ${command(missing, packages, machine)}\nThen run the same command again.${servers}`;
}

/** @param {Program[]} missing @param {string[]} packages @param {Machine} machine */
function command(missing, packages, machine) {
  if (machine.hasApt)
    return `Install with:\n    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  if (machine.platform === "darwin")
    return `Install with:\n    ${missing.map((program) => `brew install ${programs[program].brew}`).join(" && ")}`;
  return `Install with your system's package manager the packages that bring these programs:\n    ${missing.flatMap((program) => programs[program].binaries).join(", ")}`;
}

function dockerAnswers() {
  const docker = findBinary("docker");
  if (docker === null) return false;
  try {
    execFileSync(docker, ["info"], { stdio: "ignore", timeout: 10_000 });
    execFileSync(docker, ["compose", "version"], { stdio: "ignore", timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}

/** @param {string[]} packages */
async function installWithApt(packages) {
  const aptGet = findBinary("apt-get") ?? "apt-get";
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const remedy = "Are the system's package sources reachable from here (apt-get update)? Then run the same command again.";
  const waitForOthers = ["-o", "DPkg::Lock::Timeout=300"];
  await runStep({
    name: "apt-update",
    doing: "Reading the system's package lists",
    command: aptGet,
    args: [...waitForOthers, "update"],
    env,
    remedy,
  });
  const args = [...waitForOthers, "install", "-y", "--no-install-recommends", ...packages];
  await runStep({ name: "apt-install", doing: `Installing ${packages.join(" ")} with apt-get`, command: aptGet, args, env, remedy });
}

/** @param {Remedy} remedy */
export async function carryOut(remedy) {
  if (remedy.by === "apt") await installWithApt(remedy.packages);
  if (remedy.by === "person") throw new PlainError(remedy.message);
}
