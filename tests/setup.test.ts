/** The parts of the setup that have no product in them: one installer at a time, honest counts, the right advice for each machine. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countPlaywright, countVitest } from "../scripts/commands/test-reports.mjs";
import { isRunning } from "../scripts/embedded/child-process.mjs";
import { type Machine, remedyFor } from "../scripts/setup/system-packages.mjs";

const scripts = resolve(import.meta.dirname, "../scripts");
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "switchboard-setup-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const machine = (parts: Partial<Machine>): Machine => ({
  platform: "linux",
  isRoot: false,
  hasApt: false,
  dockerAnswers: () => false,
  ...parts,
});

describe("programs that the machine lacks", () => {
  test("nothing is done when nothing is missing", () => {
    expect(remedyFor([], machine({}))).toEqual({ by: "nothing" });
  });

  test("root on Debian or Ubuntu gets them from apt", () => {
    const packages = ["mariadb-server-core", "mariadb-client-core", "redis-server"];
    expect(remedyFor(["mariadb", "redis"], machine({ isRoot: true, hasApt: true, dockerAnswers: () => true }))).toEqual({
      by: "apt",
      packages,
    });
  });

  test("anybody else with a Docker daemon gets containers", () => {
    expect(remedyFor(["mariadb"], machine({ hasApt: true, dockerAnswers: () => true }))).toEqual({ by: "docker" });
  });

  test.each([
    [
      "Debian without root",
      machine({ hasApt: true }),
      "sudo apt-get install -y --no-install-recommends mariadb-server-core mariadb-client-core redis-server",
    ],
    ["a Mac", machine({ platform: "darwin" }), "brew install mariadb && brew install redis"],
    ["another Linux", machine({}), "mariadbd, mariadb-install-db, redis-server"],
  ])("a person on %s gets one message with the command", (_, where, command) => {
    const remedy = remedyFor(["mariadb", "redis"], where);
    expect(remedy).toMatchObject({ by: "person", message: expect.stringContaining(command) });
    expect(remedy).toMatchObject({ message: expect.stringContaining("MariaDB and Redis are not installed") });
  });
});

describe("what the test runners report", () => {
  const report = async (name: string, content: unknown): Promise<string> => {
    const file = join(dir, name);
    await writeFile(file, JSON.stringify(content));
    return file;
  };
  const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  const playwright = { stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0 }, errors: [], suites: [] };

  test("passed tests are counted", async () => {
    expect(countVitest(await report("good.json", vitest), 0)).toMatchObject({ passed: 5, failed: 0 });
    expect(countPlaywright(await report("good-e2e.json", playwright), 0)).toMatchObject({ passed: 2, failed: 0 });
  });

  test("a test left out is a failure", async () => {
    expect(countVitest(await report("skip.json", { ...vitest, numPendingTests: 1 }), 0)).toMatchObject({ passed: 5, failed: 1 });
    const flaky = { ...playwright, stats: { ...playwright.stats, flaky: 1, skipped: 1 } };
    expect(countPlaywright(await report("skip-e2e.json", flaky), 0)).toMatchObject({ passed: 2, failed: 2 });
  });

  test("a file that can't be loaded is a failure", async () => {
    const broken = {
      ...vitest,
      testResults: [{ name: resolve(scripts, "../a.test.ts"), status: "failed", assertionResults: [], message: "no such export" }],
    };
    const failures = ["a.test.ts\n      no such export"];
    expect(countVitest(await report("broken.json", broken), 1)).toEqual({ passed: 5, failed: 1, failures });
  });

  test("each failure is told by name, with the reason in plain letters", async () => {
    const failed = { status: "failed", fullName: "calls ring", failureMessages: ["\u001b[31mexpected 1\u001b[39m\nto be 2"] };
    const vitestReport = { ...vitest, numFailedTests: 1, testResults: [{ name: "x", status: "failed", assertionResults: [failed] }] };
    expect(countVitest(await report("told.json", vitestReport), 1).failures).toEqual(["calls ring\n      expected 1\n      to be 2"]);
    const spec = { title: "signs in", ok: false, tests: [{ results: [{ error: { message: "no button" } }] }] };
    const stats = { ...playwright.stats, unexpected: 1 };
    const e2e = { ...playwright, stats, suites: [{ specs: [], suites: [{ specs: [spec, { ok: true, title: "goes", tests: [] }] }] }] };
    expect(countPlaywright(await report("told-e2e.json", e2e), 1).failures).toEqual(["signs in\n      no button"]);
  });

  test("a runner that ran nothing, wrote nothing, or failed without a word is a failure", async () => {
    expect(countVitest(await report("none.json", { ...vitest, numPassedTests: 0 }), 0)).toMatchObject({ passed: 0, failed: 1 });
    expect(countVitest(join(dir, "absent.json"), 0)).toMatchObject({ passed: 0, failed: 1 });
    expect(countVitest(await report("mute.json", vitest), 1)).toMatchObject({ passed: 5, failed: 1 });
  });
});

describe("a program in the foreground", () => {
  test("is told once to end, however often we are, and our exit code is then 0", async () => {
    const file = join(dir, "signals.txt");
    const program = `
      import { appendFileSync } from "node:fs";
      process.on("SIGTERM", () => { appendFileSync(${JSON.stringify(file)}, "TERM "); setTimeout(() => process.exit(0), 300); });
      setInterval(() => {}, 1000);
      process.stdout.write("up");`;
    const parent = `
      import { listenForTheEnd, runInForeground } from ${JSON.stringify(join(scripts, "setup/foreground.mjs"))};
      listenForTheEnd();
      process.exit(await runInForeground({ command: process.execPath, args: ["--input-type=module", "-e", ${JSON.stringify(program)}] }));`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", parent], { stdio: ["ignore", "pipe", "inherit"], detached: true });
    await once(child.stdout, "data");
    process.kill(-(child.pid ?? Number.NaN), "SIGINT");
    process.kill(child.pid ?? Number.NaN, "SIGTERM");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    expect(await readFile(file, "utf8")).toBe("TERM ");
  });
});

describe("the setup lock", () => {
  const holder = (work: string): string => `
    import { whileHoldingTheSetupLock } from ${JSON.stringify(join(scripts, "setup/setup-lock.mjs"))};
    import { appendFileSync } from "node:fs";
    await whileHoldingTheSetupLock(async () => { ${work} }, process.argv[1]);`;
  const run = (work: string, place: string) =>
    spawn(process.execPath, ["--input-type=module", "-e", holder(work), place], { stdio: ["ignore", "pipe", "inherit"] });

  test("lets one at a time work", async () => {
    const file = join(dir, "order.txt");
    const work = `appendFileSync(${JSON.stringify(file)}, "("); await new Promise((done) => setTimeout(done, 100)); appendFileSync(${JSON.stringify(file)}, ")");`;
    await Promise.all([1, 2, 3, 4].map(() => once(run(work, dir), "exit")));
    expect(await readFile(file, "utf8")).toBe("()()()()");
  });

  test("is taken over from a holder that was killed", async () => {
    const dead = run('process.stdout.write("held"); await new Promise((done) => setTimeout(done, 60_000));', dir);
    await once(dead.stdout, "data");
    dead.kill("SIGKILL");
    await once(dead, "exit");
    expect(isRunning(dead.pid ?? Number.NaN)).toBe(false);
    const file = join(dir, "taken.txt");
    const [code] = await once(run(`appendFileSync(${JSON.stringify(file)}, "worked");`, dir), "exit");
    expect([code, await readFile(file, "utf8")]).toEqual([0, "worked"]);
  });
});
