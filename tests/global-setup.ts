/** Starts one private MariaDB and one private Redis for the whole test run and tells every test file where they are. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startMariadb } from "../scripts/embedded/mariadb.mjs";
import { startRedis } from "../scripts/embedded/redis.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** Shared by all files: use your own tenants, never FLUSHALL (a file that must do that starts its own, see redis-server.ts). */
    redisUrl: string;
    /** Root's, without a database in it; see database.ts. */
    databaseServerUrl: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), "switchboard-test-"));
  const [redis, mariadb] = await Promise.all([startRedis({ dir: join(dir, "redis") }), startMariadb({ dir: join(dir, "mariadb") })]);
  project.provide("redisUrl", redis.url);
  project.provide("databaseServerUrl", mariadb.url);
  return async () => {
    await Promise.all([redis.stop(), mariadb.stop()]);
    await rm(dir, { recursive: true, force: true });
  };
}
