/** An export of a million calls, beside the same rows streamed to nowhere; and one whose process is killed in the middle of it. */
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { recordSelect } from "@switchboard/control/call-records";
import { createDatabase, type Database } from "@switchboard/control/database";
import { z } from "zod";
import { readKeyRing } from "@switchboard/control/key-ring";
import { createPasswords } from "@switchboard/control/passwords";
import { createUsers } from "@switchboard/control/users";
import type { BenchContext, Benchmark } from "./bench-context.ts";

import { figuresOf } from "./figure.ts";
import { openRecords, type RecordsData } from "./records-data.ts";
import { newKeyRing, type Running, startProduct } from "./server-pair.ts";

const calls = 1_000_000;
const longestMs = 180_000;
const megabyte = 1024 * 1024;
const order = "ORDER BY r.started_at DESC, r.id DESC";

type ExportingTenant = Pick<RecordsData, "tenantId"> & { email: string; password: string };

const withAdmin = async (database: Database, keyRingText: string, { tenantId }: RecordsData): Promise<ExportingTenant> => {
  const [email, password] = [`${crypto.randomUUID()}@bench.example`, `bench ${crypto.randomUUID()}`];
  const deps = { database, keyRing: readKeyRing(keyRingText), passwords: createPasswords() };
  const bound = { ...deps, tenantId, actor: { id: null, name: "bench" }, announce: async () => {}, sessionsEnded: async () => {} };
  await createUsers(bound).create({ email, password, name: null, role: "admin" });
  return { tenantId, email, password };
};

/** Rows as the driver gives them, one after the other. */
async function* streamed<Row>({ backgroundPool }: Database, sql: string, values: string[]): AsyncGenerator<Row> {
  const connection = await backgroundPool.getConnection();
  try {
    for await (const row of connection.queryStream(sql, values)) yield row;
  } finally {
    await connection.release();
  }
}

const streamedPerSecond = async (database: Database, { tenantId }: ExportingTenant): Promise<number> => {
  const began = performance.now();
  let rows = 0;
  for await (const row of streamed(database, `${recordSelect} WHERE r.tenant_id = ? ${order}`, [tenantId])) rows += row === null ? 0 : 1;
  return (rows * 1_000) / (performance.now() - began);
};

const saidSchema = z.object({ status: z.string(), rows: z.number(), problem: z.string().nullable() });
type Said = z.infer<typeof saidSchema>;

const openApi = async ({ port }: Pick<Running, "port">, { email, password }: ExportingTenant) => {
  const base = `http://127.0.0.1:${port}/api`;
  const ask = async (method: string, path: string, token: string, body?: object): Promise<Response> =>
    fetch(base + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const text = async (name: string, answer: Response) => String(Reflect.get(Object(await answer.json()), name));
  const token = await text("accessToken", await ask("POST", "/auth/login", "", { email, password }));
  return {
    order: async () => text("exportId", await ask("POST", "/call-records/export", token, { format: "csv" })),
    say: async (id: string): Promise<Said> => saidSchema.parse(await (await ask("GET", `/exports/${id}`, token)).json()),
    file: (id: string) => ask("GET", `/exports/${id}/download`, token),
  };
};
type Api = Awaited<ReturnType<typeof openApi>>;

const until = async (api: Api, id: string, isEnough: (said: Said) => boolean): Promise<Said> => {
  const deadline = performance.now() + longestMs;
  for (;;) {
    const said = await api.say(id);
    if (isEnough(said)) return said;
    if (said.status === "failed" || performance.now() > deadline) throw new Error(`the export is ${said.status}: ${said.problem}`);
    await pause(50);
  }
};
const isReady = ({ status }: Said): boolean => status === "ready";

/** The most that the process has ever held. */
const peakMegabytes = (pid: number): number => {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return (Number(kilobytes) * 1_024) / megabyte;
};

/** Looks at the processes that this one has started until it is told to end; answers the most that one of them has held, megabytes. */
const watchChildren = (pid: number) => {
  let peak = 0;
  const timer = setInterval(() => {
    for (const child of readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" "))
      if (child !== "" && existsSync(`/proc/${child}/status`)) peak = Math.max(peak, peakMegabytes(Number(child)));
  }, 100);
  return (): number => {
    clearInterval(timer);
    return peak;
  };
};

/** Rows of the file that are not the call that the list has in that place, and calls that the file lacks. */
const wrongRows = async (database: Database, { tenantId }: ExportingTenant, file: Response): Promise<number> => {
  if (file.body === null) return calls;
  const lines = createInterface({ input: Readable.fromWeb(file.body) })[Symbol.asyncIterator]();
  await lines.next();
  let wrong = 0;
  for await (const { id } of streamed<{ id: string }>(database, `SELECT r.id FROM call_records r WHERE r.tenant_id = ? ${order}`, [
    tenantId,
  ])) {
    const line = await lines.next();
    if (line.done === true || line.value.split(",", 1)[0] !== id) wrong += 1;
  }
  for (let line = await lines.next(); line.done !== true; line = await lines.next()) wrong += 1;
  return wrong;
};

const killInTheMiddle = async (context: BenchContext, tenant: ExportingTenant, running: Running, again: () => Promise<Running>) => {
  const before = await openApi(running, tenant);
  const id = await before.order();
  const { rows } = await until(before, id, (said) => said.rows > calls / 3);
  process.kill(running.pid, "SIGKILL");
  const after = await openApi(await again(), tenant);
  const began = performance.now();
  await until(after, id, isReady);
  context.say(
    `killed at ${rows.toLocaleString("en-US")} rows; whole ${((performance.now() - began) / 1_000).toFixed(1)} s after the restart`,
  );
  return after.file(id);
};

export const exports: Benchmark = {
  describes: "exports of a million calls: rate, memory, and a kill in the middle",
  run: async (context) => {
    const { figures, add } = figuresOf("exports");
    const [records, keyRing] = [await openRecords(context, calls), newKeyRing()];
    const database = createDatabase(records.url);
    context.onEnd(database.close);
    const tenant = await withAdmin(database, keyRing, records);
    const running = await startProduct(context, records, { keyRing });
    const api = await openApi(running, tenant);

    const streamedRate = await streamedPerSecond(database, tenant);
    const before = peakMegabytes(running.pid);
    context.say(`streamed: ${Math.round(streamedRate).toLocaleString("en-US")} rows/s`);
    const began = performance.now();
    const peakOfChildren = watchChildren(running.pid);
    const id = await api.order();
    await until(api, id, isReady);
    add("rows exported, from the order to the whole file", (calls * 1_000) / (performance.now() - began), "rows/s", {
      baseline: { what: "the list's SELECT over the same calls, streamed to nowhere", value: streamedRate },
      target: { of: "ratio", is: "at least", limit: 0.5 },
    });
    add("memory of the process that exported, at its most", peakOfChildren(), "MB", {
      target: { of: "value", is: "below", limit: 300 },
    });
    add("memory of the server meanwhile, at its most", peakMegabytes(running.pid), "MB", {
      baseline: { what: "the same before it", value: before },
    });
    const again = () => startProduct(context, records, { keyRing, redis: running.redis });
    const file = await killInTheMiddle(context, tenant, running, again);
    add("rows missing, double or out of place after a kill -9 in the middle", await wrongRows(database, tenant, file), "", {
      target: { of: "value", is: "at most", limit: 0 },
    });
    return figures;
  },
};
