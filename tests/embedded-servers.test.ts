/** The private database and Redis: they start, keep their data, end with their parent and never share a directory. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mariadb";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isRunning } from "../scripts/embedded/child-process.mjs";
import { firstBytes } from "../scripts/embedded/first-bytes.mjs";
import { startMariadb } from "../scripts/embedded/mariadb.mjs";
import { startRedis } from "../scripts/embedded/redis.mjs";
import { createTestDatabase } from "./database.ts";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "switchboard-embedded-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function query(port: number, sql: string, database?: string): Promise<unknown> {
  const connection = await createConnection({ host: "127.0.0.1", port, user: "root", ...(database === undefined ? {} : { database }) });
  try {
    return await connection.query(sql);
  } finally {
    await connection.end();
  }
}

describe("embedded servers", () => {
  test("a second start of MariaDB finds what the first one stored", async () => {
    const first = await startMariadb({ dir: join(dir, "kept"), database: "switchboard" });
    await query(first.port, "CREATE TABLE marks (id INT PRIMARY KEY)", "switchboard");
    await query(first.port, "INSERT INTO marks VALUES (7)", "switchboard");
    await first.stop();
    const second = await startMariadb({ dir: join(dir, "kept"), database: "switchboard" });
    expect(await query(second.port, "SELECT id FROM marks", "switchboard")).toMatchObject([{ id: 7 }]);
    await second.stop();
  });

  test("several can be installed at the same time", async () => {
    const servers = await Promise.all([1, 2, 3].map((number) => startMariadb({ dir: join(dir, `at-once-${number}`) })));
    await Promise.all(servers.map((server) => server.stop()));
  });

  test("a second start of Redis finds what the first one stored", async () => {
    const first = await startRedis({ dir: join(dir, "redis") });
    expect(await firstBytes(first.port, "SET mark 7\r\n")).toBe("+OK\r\n");
    await first.stop();
    const second = await startRedis({ dir: join(dir, "redis") });
    expect(await firstBytes(second.port, "GET mark\r\n")).toBe("$1\r\n7\r\n");
    await second.stop();
  });

  test("a path too long for a socket is no obstacle", async () => {
    const server = await startMariadb({ dir: join(dir, "long".repeat(30)) });
    expect(await query(server.port, "SELECT 1 AS one")).toMatchObject([{ one: 1 }]);
    await server.stop();
  });

  test("the servers end when their parent is killed with -9, and the directory can be used again", async () => {
    const place = join(dir, "orphan");
    const script = `
      import { startRedis } from ${JSON.stringify(join(import.meta.dirname, "../scripts/embedded/redis.mjs"))};
      import { startMariadb } from ${JSON.stringify(join(import.meta.dirname, "../scripts/embedded/mariadb.mjs"))};
      const servers = [await startRedis({ dir: process.argv[1] + "/redis" }), await startMariadb({ dir: process.argv[1] + "/mariadb" })];
      console.log(JSON.stringify(servers.map((server) => server.pid)));`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script, place], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(parent.stdout, "data");
    const pids: number[] = JSON.parse(String(line));
    expect(pids.every(isRunning)).toBe(true);
    await expect(startRedis({ dir: join(place, "redis") })).rejects.toThrow(`in use by another running copy (process ${parent.pid})`);
    parent.kill("SIGKILL");
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 20_000 });
    const [redis, mariadb] = await Promise.all([startRedis({ dir: join(place, "redis") }), startMariadb({ dir: join(place, "mariadb") })]);
    await Promise.all([redis.stop(), mariadb.stop()]);
  });

  test("a server that can't start says why", async () => {
    const running = await startRedis({ dir: join(dir, "first") });
    await expect(startRedis({ dir: join(dir, "second"), port: running.port })).rejects.toThrow(/redis ended while starting[^]*in use/);
    await running.stop();
  });

  test("each test file gets a database of its own", async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    expect(one).not.toBe(two);
    expect(one).toMatch(/^mysql:\/\/root@127\.0\.0\.1:\d+\/test_[0-9a-f]{16}$/);
  });
});
