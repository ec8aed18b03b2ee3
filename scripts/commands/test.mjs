// `npm test`: runs every check one after the other, whatever the others say, and ends with `N passed, N failed`.
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../embedded/free-port.mjs";
import { buildConsole, consoleIsStale } from "../setup/console-build.mjs";
import { isStopping, runInForeground } from "../setup/foreground.mjs";
import { root } from "../setup/paths.mjs";
import { prepare } from "../setup/prepare.mjs";
import { PlainError, say } from "../setup/say.mjs";
import { whileHoldingTheSetupLock } from "../setup/setup-lock.mjs";
import { nodeBinary, toolEnvironment } from "../setup/toolchain.mjs";
import { countPlaywright, countVitest } from "./test-reports.mjs";

/**
 * @typedef {import("./test-reports.mjs").Count} Count
 * @typedef {{ name: string, args: string[], env?: NodeJS.ProcessEnv, count?: (exitCode: number) => Count }} ProgramCheck
 * @typedef {{ name: string, work: () => Promise<void> }} WorkCheck
 * @typedef {ProgramCheck | WorkCheck} Check
 */

const reports = join(root, "reports");
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "playwright.json");
const productVariables =
  /^(PORT|HOST|PUBLIC_URL|DATABASE_URL|REDIS_URL|REDIS_CLUSTER|DATA_DIR|SECRET_KEYS|CLOUDONIX_API_URL|EXPORT_STORAGE|LOG_LEVEL|SEED|TRUST_PROXY|METRICS_TOKEN|npm_.*)$/;

const memoryFolder = "/dev/shm";
const roomyBytes = 4 * 2 ** 30;

/** @param {string} path */
const tool = (path) => join(root, "node_modules", path);

/** @param {string} e2eData @param {number[]} e2ePorts one for each of the products @returns {Check[]} */
function allChecks(e2eData, e2ePorts) {
  return [
    { name: "format", args: [tool("@biomejs/biome/bin/biome"), "format", "."] },
    { name: "lint", args: [tool("oxlint/bin/oxlint"), "--type-aware", "--deny-warnings", "."] },
    { name: "types", args: [tool("typescript/bin/tsc"), "-p", ".", "--noEmit"] },
    { name: "types-console", args: [tool("typescript/bin/tsc"), "-p", "apps/console", "--noEmit"] },
    { name: "architecture", args: [join(root, "scripts/checks/architecture.ts")] },
    { name: "console-build", work: async () => (consoleIsStale() ? whileHoldingTheSetupLock(buildConsole) : undefined) },
    { name: "unused", args: [tool("knip/bin/knip.js"), "--no-progress", "--no-config-hints"] },
    {
      name: "tests",
      args: [tool("vitest/vitest.mjs"), "run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
      count: (exitCode) => countVitest(vitestReport, exitCode),
    },
    {
      name: "end-to-end",
      args: [tool("playwright/cli.js"), "test", "--reporter=list,json"],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport, SWITCHBOARD_E2E_DATA: e2eData, SWITCHBOARD_E2E_PORT: e2ePorts.join() },
      count: (exitCode) => countPlaywright(playwrightReport, exitCode),
    },
  ];
}

/** @param {string[]} only names of the checks to run; none: all @returns {Promise<number>} */
export async function test(only) {
  await prepare({
    title: "npm test",
    programs: ["mariadb", "redis", "chromium"],
    withConsole: false,
    starts: ["MariaDB, Redis and Switchboard for the tests, in temporary folders"],
  });
  const e2eData = mkdtempSync(join(temporaryFolder(), "switchboard-e2e-"));
  try {
    return await runChecks(chosen(allChecks(e2eData, [await freePort(), await freePort()]), only));
  } finally {
    rmSync(e2eData, { recursive: true, force: true });
  }
}

/** @param {Check[]} checks @param {string[]} only */
function chosen(checks, only) {
  const unknown = only.filter((name) => checks.every((check) => check.name !== name));
  if (unknown.length > 0)
    throw new PlainError(`There is no check "${unknown[0]}". Known: ${checks.map((check) => check.name).join(", ")}.`);
  return only.length === 0 ? checks : checks.filter((check) => only.includes(check.name));
}

/** @param {Check[]} checks */
async function runChecks(checks) {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const lines = [];
  /** @type {string[]} */
  const allFailures = [];
  for (const check of checks) {
    const startedMs = Date.now();
    const { passed, failed, failures = [] } = await runCheck(check);
    if (isStopping()) return 1;
    total.passed += passed;
    total.failed += failed;
    allFailures.push(...failures.map((failure) => `FAIL  ${failure}`));
    lines.push(
      `${failed === 0 ? "ok  " : "FAIL"}  ${check.name.padEnd(14)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed  ${((Date.now() - startedMs) / 1000).toFixed(1)} s`,
    );
  }
  // Last, where whoever reads only a log's end finds them.
  if (allFailures.length > 0) say(`\n${allFailures.join("\n")}`);
  say(`\n${lines.join("\n")}`);
  say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** @param {Check} check @returns {Promise<Count>} */
async function runCheck(check) {
  say(`\n── ${check.name} ──`);
  return "work" in check ? runWork(check) : runProgram(check);
}

/** @param {WorkCheck} check @returns {Promise<Count>} */
async function runWork({ work }) {
  try {
    await work();
    return { passed: 1, failed: 0 };
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1 };
  }
}

/** @param {ProgramCheck} check @returns {Promise<Count>} */
async function runProgram({ args, env = {}, count }) {
  const exitCode = await runInForeground({ command: nodeBinary(), args, env: { ...testEnvironment(), ...env } });
  if (count !== undefined) return count(exitCode);
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** The tests stand on servers of their own, whatever this shell's environment says. */
function testEnvironment() {
  const kept = Object.entries(toolEnvironment()).filter(([name]) => !productVariables.test(name));
  return { ...Object.fromEntries(kept), TMPDIR: temporaryFolder() };
}

/** In memory where there is room: a database that is made anew for each file of tests waits ten times longer for a disk. */
function temporaryFolder() {
  try {
    const { bavail, bsize } = statfsSync(memoryFolder);
    if (bavail * bsize >= roomyBytes) return memoryFolder;
  } catch {
    // Other systems have none.
  }
  return tmpdir();
}
