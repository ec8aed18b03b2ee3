import { mkdtemp, readdir, readFile, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type Database } from "@switchboard/control/database";
import { isOutage } from "@switchboard/control/database-outage";
import { migrate } from "@switchboard/control/migrate";
import { newExportId } from "@switchboard/control/ids";
import { createPasswords } from "@switchboard/control/passwords";
import { readKeyRing } from "@switchboard/control/key-ring";
import { execute, rowsOf } from "@switchboard/control/sql";
import { createTenant } from "@switchboard/control/tenants";
import type { TenantId } from "@switchboard/routing/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../../../tests/database.ts";
import { writeCalls } from "../../test/export-world.ts";
import { createDiskStorage } from "./disk-storage.ts";
import type { ExportStorage } from "./export-storage.ts";
import { writeExport } from "./write-export.ts";

const calls = 2_500;
let database: Database;
let tenantId: TenantId;
let directory: string;
beforeAll(async () => {
  const url = await createTestDatabase();
  await migrate(url);
  database = createDatabase(url);
  const deps = { database, keyRing: readKeyRing(`k1:${Buffer.alloc(32).toString("base64")}`), passwords: createPasswords() };
  ({ tenantId } = await createTenant(deps, { domain: "exports.example", email: "a@exports.example", password: "correct horse battery" }));
  await writeCalls(database.backgroundPool, tenantId, calls);
  directory = await mkdtemp(join(tmpdir(), "switchboard-exports-"));
});
afterAll(async () => {
  await database.close();
  await rm(directory, { recursive: true, force: true });
});

const newExport = async (): Promise<{ tenantId: TenantId; id: string }> => {
  const name = { tenantId, id: newExportId() };
  const sql = `INSERT INTO exports (tenant_id, id, status, format, columns, time_zone, filters, until, created_by_name, created_at, updated_at)
    VALUES (?, ?, 'queued', 'json', '["id"]', 'UTC', '{}', ?, 'test', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`;
  await execute(database.pool, sql, [tenantId, name.id, new Date()]);
  return name;
};
const rowOf = async (id: string) => (await rowsOf<Record<string, unknown>>(database.pool, "SELECT * FROM exports WHERE id = ?", [id]))[0];
const filesOf = async (id: string) => (await readdir(directory)).filter((file) => file.startsWith(id));
const wantedIds = async () =>
  await rowsOf<{ id: string }>(database.pool, "SELECT id FROM call_records WHERE tenant_id = ? ORDER BY started_at DESC, id DESC", [
    tenantId,
  ]);

const depsWith = (storage: ExportStorage) => ({ target: database.backgroundPool, storage, now: () => Date.now(), isOutage });

/** Secures after every page, and waits there once until it is let on. */
const pausedAfter = (pages: number, gate: Promise<void>, reached: () => void): ExportStorage => {
  const disk = createDiskStorage(directory, { secureEveryBytes: 1, secureEveryMs: 0 });
  return {
    ...disk,
    open: async (file, begun) => {
      const writer = await disk.open(file, begun);
      let page = 0;
      return {
        ...writer,
        secure: async () => {
          const safe = await writer.secure();
          page += 1;
          if (page === pages) {
            reached();
            await gate;
          }
          return safe;
        },
      };
    },
  };
};

test("a holder that was paused past its lock changes nothing: the file is that of the one who took over, from the last safe point on", async () => {
  const name = await newExport();
  const never = new AbortController().signal;
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const late = writeExport(depsWith(pausedAfter(2, gate.promise, reached.resolve)), name, 1, never);
  await reached.promise;
  expect(await rowOf(name.id)).toMatchObject({ status: "running", row_count: 1_000 });

  expect(await writeExport(depsWith(createDiskStorage(directory)), name, 2, never)).toEqual({ kind: "ready", rows: calls });
  const after = await rowOf(name.id);
  gate.resolve();
  expect(await late).toEqual({ kind: "not_ours" });
  expect(await rowOf(name.id)).toEqual(after);
  expect(await filesOf(name.id)).toEqual([`${name.id}.2.json`]);
  const file = join(directory, `${name.id}.2.json`);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(await wantedIds());
  expect([(await stat(file)).mode & 0o777, (await stat(file)).size]).toEqual([
    0o600,
    after?.["bytes"] === undefined ? 0 : Number(after["bytes"]),
  ]);
  expect(await writeExport(depsWith(createDiskStorage(directory)), name, 3, never)).toEqual({ kind: "not_ours" });
});

test("canceled in the middle, it ends with the page it is at and leaves no file", async () => {
  const name = await newExport();
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const writing = writeExport(depsWith(pausedAfter(1, gate.promise, reached.resolve)), name, 1, new AbortController().signal);
  await reached.promise;
  await execute(database.pool, "UPDATE exports SET status = 'canceled' WHERE id = ?", [name.id]);
  gate.resolve();
  expect(await writing).toEqual({ kind: "not_ours" });
  expect(await rowOf(name.id)).toMatchObject({ status: "canceled" });
  expect(await filesOf(name.id)).toEqual([]);
});

test("told to stop, it leaves what is safe, and whoever comes next goes on behind it", async () => {
  const name = await newExport();
  const stopping = new AbortController();
  const storage = pausedAfter(1, Promise.resolve(), () => stopping.abort());
  expect(await writeExport(depsWith(storage), name, 1, stopping.signal)).toMatchObject({ kind: "interrupted" });
  expect(await rowOf(name.id)).toMatchObject({ status: "running", row_count: 1_000 });
  expect(await writeExport(depsWith(createDiskStorage(directory)), name, 2, new AbortController().signal)).toEqual({
    kind: "ready",
    rows: calls,
  });
  expect(JSON.parse(await readFile(join(directory, `${name.id}.2.json`), "utf8"))).toEqual(await wantedIds());
});

test("what was safe and is gone is written anew", async () => {
  const name = await newExport();
  const stopping = new AbortController();
  await writeExport(depsWith(pausedAfter(1, Promise.resolve(), () => stopping.abort())), name, 1, stopping.signal);
  await rm(join(directory, `${name.id}.1.partial`));
  expect(await writeExport(depsWith(createDiskStorage(directory)), name, 2, new AbortController().signal)).toEqual({
    kind: "ready",
    rows: calls,
  });
  expect(JSON.parse(await readFile(join(directory, `${name.id}.2.json`), "utf8"))).toEqual(await wantedIds());
});

test("on a full disk it fails in words, with nothing shown as whole", async () => {
  const name = await newExport();
  await symlink("/dev/full", join(directory, `${name.id}.1.partial`));
  const problem = "The disk that exports are written to is full.";
  const end = await writeExport(depsWith(createDiskStorage(directory)), name, 1, new AbortController().signal);
  expect(end).toMatchObject({ kind: "failed", problem });
  expect(await rowOf(name.id)).toMatchObject({ status: "failed", problem, expires_at: null });
});
