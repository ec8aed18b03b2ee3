/** One fault run's surroundings: stores, the demo tenant, as many server processes as wanted, and a look into both stores. */
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase } from "@switchboard/control/database";
import { createRedisClient } from "@switchboard/execution/client";
import { vi } from "vitest";
import { createTestDatabase } from "../../../../tests/database.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { startStore } from "./stores.ts";

type FirstRun = { tenantKey: string; webhookToken: string; domain: string };

export type FaultWorld = Awaited<ReturnType<typeof openFaultWorld>>;

/** `ownMariadb`: one that may be killed; else a database on the run's own. */
export const openFaultWorld = async ({ ownMariadb }: { ownMariadb: boolean }) => {
  const dir = await mkdtemp(join(tmpdir(), "switchboard-faults-"));
  const [redis, mariadb] = await Promise.all([startStore("redis", dir), ownMariadb ? startStore("mariadb", dir) : null]);
  const databaseUrl = mariadb?.url ?? (await createTestDatabase());
  const database = createDatabase(databaseUrl);
  const look = createRedisClient({ url: redis.url, cluster: false, role: "jobs" });
  const settings = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, SECRET_KEYS: `k1:${randomBytes(32).toString("base64")}` };
  const servers: ServerProcess[] = [];

  const start = async (more: Record<string, string> = {}): Promise<ServerProcess> => {
    const server = await startServerProcess(join(dir, `server-${servers.length}`), { ...settings, ...more });
    servers.push(server);
    return server;
  };
  // The first one creates the demo tenant and says what the platform must know.
  const server = await start({ SEED: "demo" });
  await server.until({ status: "ready" });
  await vi.waitFor(() => look.ping(), { timeout: 60_000 });
  const { tenantKey, webhookToken, domain } = JSON.parse(await readFile(join(dir, "server-0/first-run.json"), "utf8")) as FirstRun;

  const stop = async () => {
    await Promise.all(servers.map((each) => each.stop()));
    look.disconnect();
    await database.close();
    await Promise.all([redis.stop(), mariadb?.stop()]);
    await rm(dir, { recursive: true, force: true });
  };
  return { dir, redis, mariadb, databaseUrl, database, look, server, servers, start, tenant: { tenantKey, webhookToken, domain }, stop };
};

/** For figures and seeds, which a person reads after a failure. */
export const tell = (words: string) => process.stdout.write(`faults: ${words}\n`);
