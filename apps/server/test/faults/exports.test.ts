/** Exports while processes are killed and stores go away: finished afterwards, and equal to the filter to the row. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { rowsOf } from "@switchboard/control/sql";
import { tenantId } from "@switchboard/routing/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isRunning } from "../../../../scripts/embedded/child-process.mjs";
import { openExports, writeCalls } from "../export-world.ts";
import { bucket, startObjectStore } from "../object-store.ts";
import { openRest } from "../rest.ts";
import { type FaultWorld, openFaultWorld, tell } from "./fault-world.ts";
import { openPlatform } from "./platform.ts";
import type { ServerProcess } from "./server-process.ts";
import { startThrottle } from "./throttle.ts";

const calls = 20_000;
const unlimited = Number.POSITIVE_INFINITY;

let world: FaultWorld;
let throttle: Awaited<ReturnType<typeof startThrottle>>;
let server: ServerProcess;
let ids: string[];
beforeAll(async () => {
  world = await openFaultWorld({ ownMariadb: false });
  await world.server.stop();
  const url = new URL(world.databaseUrl);
  throttle = await startThrottle(Number(url.port));
  url.port = String(throttle.port);
  server = await world.start({ DATABASE_URL: url.href });
  const [tenant] = await rowsOf<{ id: string }>(world.database.pool, "SELECT id FROM tenants");
  await writeCalls(world.database.backgroundPool, tenantId(tenant?.id ?? ""), calls);
  const all = "SELECT id FROM call_records ORDER BY started_at DESC, id DESC";
  ids = (await rowsOf<{ id: string }>(world.database.backgroundPool, all)).map(({ id }) => id);
  await server.until({ status: "ready" });
});
afterAll(async () => {
  await world.stop();
  await throttle.close();
});

const signIn = async ({ url }: ServerProcess) => {
  const { admin } = JSON.parse(await readFile(join(world.dir, "server-0/first-run.json"), "utf8")) as { admin: Record<string, string> };
  const { body } = await openRest(url, null)("POST", "/auth/login", admin);
  return openExports(url, String(body["accessToken"]));
};

const safeRows = async (id: string): Promise<number> => {
  const [row] = await rowsOf<{ row_count: number }>(world.database.pool, "SELECT row_count FROM exports WHERE id = ?", [id]);
  return row?.row_count ?? 0;
};

/** At a pace at which it takes half a minute: some of it is safe, most is not written yet. */
const underWay = async (id: string) => {
  await expect.poll(() => safeRows(id), { timeout: 60_000 }).toBeGreaterThan(0);
  const rows = await safeRows(id);
  expect(rows).toBeLessThan(calls);
  return rows;
};

const rowsIn = async (file: Response): Promise<string[]> => (await file.text()).trimEnd().split("\n").slice(1);

test("killed in the middle and MySQL gone for a while: finished after the restart, each call once and in its place", async () => {
  const exports = await signIn(server);
  throttle.pace(400_000);
  const id = await exports.order({ format: "csv", columns: ["id"] });
  const whenKilled = await underWay(id);
  const writers = server.children();
  expect(writers).toHaveLength(1);
  await server.replace();
  // What writes ends with the server that started it.
  await expect.poll(() => writers.filter(isRunning), { timeout: 60_000 }).toEqual([]);
  throttle.pace(unlimited);
  await server.until({ status: "ready" });
  throttle.pace(400_000);
  await expect.poll(() => safeRows(id), { timeout: 60_000 }).toBeGreaterThan(whenKilled);
  const whenCut = await safeRows(id);
  throttle.shut();
  await server.until({ mysql: false });
  throttle.pace(unlimited);
  throttle.open();
  expect(await exports.ended(id, 30_000)).toMatchObject({ status: "ready", rows: calls });
  tell(`an export of ${calls} calls, killed at ${whenKilled}, without MySQL at ${whenCut}: whole`);
  expect(await rowsIn(await exports.download(id))).toEqual(ids);
});

test("without Redis no export is taken, in words; one that was under way is finished when it is back", async () => {
  const exports = await signIn(server);
  throttle.pace(400_000);
  const id = await exports.order({ format: "csv", columns: ["id"] });
  await underWay(id);
  await world.redis.kill();
  await server.until({ redis: false });
  const refused = await exports.rest("POST", "/call-records/export", { format: "csv" });
  expect([refused.status, refused.body["message"]]).toEqual([503, expect.stringContaining("Redis is away")]);
  throttle.pace(unlimited);
  await world.redis.restart();
  expect(await exports.ended(id, 40_000)).toMatchObject({ status: "ready", rows: calls });
  expect(await rowsIn(await exports.download(id))).toEqual(ids);
});

test("in an object store it is the same file, gone when it is removed; a store that has gone away fails the export in words, and no call", async () => {
  await server.stop();
  const store = await startObjectStore();
  const place = { EXPORT_STORAGE: `s3://${bucket}/calls`, AWS_ENDPOINT_URL: store.endpoint };
  const other = await world.start({ ...place, AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" });
  await other.until({ status: "ready" });
  const exports = await signIn(other);
  const id = await exports.order({ format: "csv", columns: ["id"] });
  expect(await exports.ended(id, 40_000)).toMatchObject({ status: "ready", rows: calls });
  expect(await rowsIn(await exports.download(id))).toEqual(ids);
  const objects = async () => (await readdir(store.directory, { recursive: true })).filter((file) => file.includes(id));
  expect(await objects()).not.toEqual([]);
  await exports.rest("DELETE", `/exports/${id}`);
  await expect.poll(objects, { timeout: 60_000 }).toEqual([]);

  await store[Symbol.asyncDispose]();
  const next = await exports.order({ format: "json" });
  const platform = openPlatform(other.url, world.tenant);
  expect((await platform.ring("while-it-fails"))?.status).toBe(200);
  const problem = "The object store for exports does not answer.";
  expect(await exports.ended(next, 40_000)).toMatchObject({ status: "failed", problem, expiresAt: null });
  expect((await exports.download(next)).status).toBe(409);
  await platform.close();
});
