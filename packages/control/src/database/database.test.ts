import { writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { expect, inject, test } from "vitest";
import { createBreaker } from "./breaker.ts";
import { ControlError } from "../control-error.ts";
import { openControl } from "../control-fixture.ts";
import { createDatabase } from "./database.ts";
import { errnoOf, isOutage } from "./database-outage.ts";
import { readDatabaseUrl } from "./database-url.ts";
import { inTransaction, rowsOf } from "./sql.ts";

/** A server that takes connections and never says a word, as a frozen one does. */
async function openFrozenServer() {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `mysql://root@127.0.0.1:${address.port}/any`, [Symbol.asyncDispose]: async () => void server.close() };
}

const secondsOf = async (promise: Promise<unknown>) => {
  const began = performance.now();
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { seconds: (performance.now() - began) / 1000, kind: error instanceof ControlError ? error.kind : error };
};

test("a frozen database holds a caller no longer than 2.5 s, and after a few none at all", async () => {
  await using frozen = await openFrozenServer();
  const database = createDatabase(frozen.url);
  try {
    for (let tries = 0; tries < 3; tries += 1) {
      const { seconds, kind } = await secondsOf(database.breaker.run(() => database.prisma.tenant.count()));
      expect(kind).toBe("unavailable");
      // Ten times what is promised, as below.
      expect(seconds).toBeLessThan(25);
    }
    const { seconds, kind } = await secondsOf(database.ping());
    expect(kind).toBe("unavailable");
    expect(seconds).toBeLessThan(1);
  } finally {
    await database.close();
  }
});

test("a database that refuses connections is unavailable, and no error escapes", async () => {
  const database = createDatabase("mysql://root@127.0.0.1:1/any");
  const { seconds, kind } = await secondsOf(database.ping());
  expect(kind).toBe("unavailable");
  expect(seconds).toBeLessThan(25);
  await database.close();
});

test("a database that comes back is asked again", async () => {
  let up = false;
  let now = 0;
  const breaker = createBreaker({ timeoutMs: 1000, threshold: 2, openMs: 500, isOutage: () => true, now: () => now });
  let calls = 0;
  const work = async () => {
    calls += 1;
    if (!up) throw new Error("down");
    return "up";
  };
  for (let tries = 0; tries < 5; tries += 1) await expect(breaker.run(work)).rejects.toMatchObject({ kind: "unavailable" });
  expect(calls).toBe(2);
  up = true;
  await expect(breaker.run(work)).rejects.toMatchObject({ kind: "unavailable" });
  now = 501;
  expect(await breaker.run(work)).toBe("up");
  expect(await breaker.run(work)).toBe("up");
});

test("an error that is not an outage passes through and opens nothing", async () => {
  await using control = await openControl();
  for (let tries = 0; tries < 5; tries += 1) {
    await expect(control.database.breaker.run(() => rowsOf(control.database.pool, "SELECT nonsense"))).rejects.toThrow(/nonsense/);
  }
  await control.database.ping();
});

test("a socket that fails is a database that is away, a file that can't be written is not", async () => {
  const refused = await new Promise((resolve) => connect(1, "127.0.0.1").once("error", resolve));
  const elsewhere = { host: "127.0.0.1", port: 1, localAddress: "192.0.2.1" };
  const unbound = await new Promise((resolve) => connect(elsewhere).once("error", resolve));
  const missing = await writeFile("/nowhere/at/all", "").catch((error: unknown) => error);
  const full = await writeFile("/dev/full", "words").catch((error: unknown) => error);
  const told = [refused, unbound, missing, full].map((error) => [errnoOf(error), isOutage(error)]);
  expect(told).toEqual([true, true, false, false].map((away) => [expect.any(Number), away]));
});

test("a connection killed under a transaction is an error to its caller and to nobody else", async () => {
  await using control = await openControl();
  const { pool } = control.database;
  const killed = inTransaction(pool, async (connection) => {
    const [row] = await rowsOf<{ id: number }>(connection, "SELECT CONNECTION_ID() AS id");
    await pool.query(`KILL ${row?.id ?? 0}`);
    return await rowsOf(connection, "SELECT 1");
  });
  await expect(killed).rejects.toThrow();
  await control.database.ping();
});

test("what was sent behind a statement that met a deadlock is rolled back with it", async () => {
  await using control = await openControl();
  const { backgroundPool } = control.database;
  await backgroundPool.query("CREATE TABLE tug (id INT PRIMARY KEY, pulls INT NOT NULL)");
  await backgroundPool.query("INSERT INTO tug VALUES (1, 0), (2, 0)");
  const holding = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const pull = (mine: 0 | 1) =>
    inTransaction(backgroundPool, async (connection) => {
      await connection.query("UPDATE tug SET pulls = pulls + 1 WHERE id = ?", [mine + 1]);
      holding[mine].resolve();
      await holding[mine === 0 ? 1 : 0].promise;
      const theirs = connection.query("UPDATE tug SET pulls = pulls + 1 WHERE id = ?", [2 - mine]);
      await Promise.all([theirs, connection.query("INSERT INTO tug VALUES (?, 0)", [mine + 10])]);
    });
  const ended = await Promise.allSettled([pull(0), pull(1)]);
  expect(ended.map((each) => each.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await rowsOf(backgroundPool, "SELECT pulls FROM tug WHERE id < 10")).toEqual([{ pulls: 1 }, { pulls: 1 }]);
  expect(await rowsOf(backgroundPool, "SELECT COUNT(*) AS count FROM tug WHERE id >= 10")).toEqual([{ count: 1 }]);
  expect(await rowsOf(backgroundPool, "SELECT @@autocommit AS on_again")).toEqual([{ on_again: 1 }]);
});

test("times written by the database and by us agree, whatever the server's time zone", async () => {
  await using control = await openControl();
  const [row] = await rowsOf<{ now: Date; zone: string }>(control.database.pool, "SELECT NOW(3) AS now, @@session.time_zone AS zone");
  expect(Math.abs((row?.now.getTime() ?? 0) - Date.now())).toBeLessThan(5000);
});

test("a database URL that can't be used is refused in words", () => {
  for (const url of ["", "postgres://localhost/a", "mysql://localhost", "mysql://localhost/a b", "mysql://localhost/`a`"])
    expect(() => readDatabaseUrl(url)).toThrow(/DATABASE_URL/);
  expect(readDatabaseUrl("mysql://us%40er:p%23ss@[::1]:3307/switchboard?ssl=true")).toMatchObject({
    database: "switchboard",
    server: { host: "::1", port: 3307, user: "us@er", password: "p#ss", ssl: true },
  });
  expect(readDatabaseUrl(`${inject("databaseServerUrl")}/x`).database).toBe("x");
});
