/** `npm start` from the outside: what it leaves behind, what it refuses, who can live beside it. */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { isRunning } from "../scripts/embedded/child-process.mjs";
import { answers, npm, type Product, startProduct } from "./product.ts";

const goneMs = 30_000;
let dir: string;
let running: Product[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "switchboard-start-"));
});
afterEach(async () => {
  for (const product of running.filter(({ npm }) => npm.exitCode === null && npm.signalCode === null)) {
    product.npm.kill("SIGTERM");
    await product.ended();
  }
  running = [];
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function started(name: string): Promise<Product> {
  const product = await startProduct(join(dir, name));
  running.push(product);
  return product;
}

async function everythingIsGone(product: Product, pids: number[]): Promise<void> {
  await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: goneMs });
  await vi.waitFor(async () => expect(await answers(`${product.url}/healthz`)).toBe(false), { timeout: goneMs });
}

async function everyPid(product: Product): Promise<number[]> {
  const { mariadb, redis } = await product.servers();
  return [await product.runner(), mariadb, redis];
}

describe("npm start", () => {
  test("SIGTERM to npm alone ends everything with exit code 0, and a second start finds all as it was", async () => {
    const first = await started("again");
    await first.ready();
    const pids = await everyPid(first);
    const { admin } = JSON.parse(await readFile(join(first.dataDir, "first-run.json"), "utf8"));
    first.npm.kill("SIGTERM");
    expect((await first.ended()).code).toBe(0);
    await everythingIsGone(first, pids);
    const again = await started("again");
    await again.ready();
    const headers = { "content-type": "application/json" };
    const signedIn = await fetch(`${again.url}/api/auth/login`, { method: "POST", headers, body: JSON.stringify(admin) });
    expect(signedIn.status).toBe(200);
  });

  test("SIGINT to the whole group, as Ctrl-C sends it, ends everything with exit code 0", async () => {
    const product = await started("group");
    await product.ready();
    const pids = await everyPid(product);
    process.kill(-(product.npm.pid ?? Number.NaN), "SIGINT");
    expect((await product.ended()).code).toBe(0);
    await everythingIsGone(product, pids);
  });

  test.each(["runner", "npm"] as const)(
    "kill -9 of the %s takes the server and the databases along, and a new start works",
    async (victim) => {
      const product = await started(`killed-${victim}`);
      await product.ready();
      const pids = await everyPid(product);
      process.kill(victim === "npm" ? (product.npm.pid ?? Number.NaN) : await product.runner(), "SIGKILL");
      await everythingIsGone(product, pids);
      const next = await started(`killed-${victim}`);
      await next.ready();
    },
  );

  test("a wrong environment is refused with every problem at once, and nothing is started", async () => {
    const dataDir = join(dir, "refused");
    const wrong = { DATA_DIR: dataDir, PORT: "many", DATABASE_URL: "http://nowhere", LOG_LEVEL: "loud", SEED: "everything" };
    const { code, stdout, stderr } = await npm(["start"], wrong).ended();
    expect(code).toBe(1);
    for (const name of ["PORT", "DATABASE_URL", "LOG_LEVEL", "SEED"])
      expect(`${stdout}${stderr}`).toMatch(new RegExp(`^\\W*${name}\\b.*must`, "m"));
    expect(`${stdout}${stderr}`).not.toMatch(/^\s+at /m);
    expect(existsSync(join(dataDir, "redis"))).toBe(false);
  });

  test("two copies with folders and ports of their own live side by side, and a folder belongs to one copy", async () => {
    const [one, two] = await Promise.all([started("one"), started("two")]);
    await Promise.all([one.ready(), two.ready()]);
    const intruder = await startProduct(one.dataDir);
    const { code, stdout, stderr } = await intruder.ended();
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).toContain("is in use by another running copy");
    expect(await answers(`${one.url}/readyz`)).toBe(true);
    expect(await answers(`${two.url}/readyz`)).toBe(true);
  });

  test("it says first what it will start and where, and tells the secrets to their owner alone", async () => {
    const product = await started("told");
    await product.ready();
    const file = join(product.dataDir, "first-run.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { webhookToken, admin, url } = JSON.parse(await readFile(file, "utf8"));
    expect(url).toBe(product.url);
    product.npm.kill("SIGTERM");
    const { stdout, stderr } = await product.ended();
    expect(stdout).toMatch(/^Switchboard: npm start\n( {2}will .*\n)* {2}will start {4}MariaDB and Redis, private to this copy/);
    expect(`${stdout}${stderr}`).not.toContain(webhookToken);
    expect(`${stdout}${stderr}`).not.toContain(admin.password);
  });

  test("a database that dies is started again where it was", async () => {
    const product = await started("revived");
    await product.ready();
    const { redis } = await product.servers();
    process.kill(redis, "SIGKILL");
    await vi.waitFor(async () => expect((await product.servers()).redis).not.toBe(redis), { timeout: goneMs });
    await vi.waitFor(async () => expect(await (await fetch(`${product.url}/readyz`)).json()).toMatchObject({ status: "ready" }), {
      timeout: goneMs,
    });
  });
});

describe("npm run admin", () => {
  const createTenant = (domain: string): string[] => [
    "run",
    "admin",
    "--",
    "create-tenant",
    "--domain",
    domain,
    "--email",
    `admin@${domain}`,
    "--password",
    "correct horse battery",
  ];

  test("works on a running copy and prints nothing but the answer on standard output", async () => {
    const product = await started("administered");
    await product.ready();
    const { code, stdout } = await npm(createTenant("one.example"), { DATA_DIR: product.dataDir }).ended();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ domain: "one.example", tenantKey: expect.any(String), webhookToken: expect.any(String) });
  });

  test("starts the copy's database for the moment when it isn't running", async () => {
    const dataDir = join(dir, "at-rest");
    const { code, stdout, stderr } = await npm(createTenant("two.example"), { DATA_DIR: dataDir }).ended();
    expect([code, stderr]).toEqual([0, expect.stringContaining("MariaDB for this command")]);
    expect(JSON.parse(stdout)).toMatchObject({ domain: "two.example" });
    const { pid } = JSON.parse(await readFile(join(dataDir, "mariadb/mariadbd.owner.json"), "utf8").catch(() => '{"pid":0}'));
    expect(pid).toBe(0);
  });
});
