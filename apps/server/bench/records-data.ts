/** Millions of call records, loaded once and kept beside the product's own data, so that measuring them again takes seconds. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDatabase } from "@switchboard/control/database";
import { readKeyRing } from "@switchboard/control/key-ring";
import { loadCalls } from "@switchboard/control/load-calls";
import { openLoadConnection } from "@switchboard/control/load-connection";
import { putBackIndexes, removeIndexes } from "@switchboard/control/load-indexes";
import { migrate } from "@switchboard/control/migrate";
import { createPasswords } from "@switchboard/control/passwords";
import { execute, placeholders, type SqlValue } from "@switchboard/control/sql";
import { createTenant, findTenantByDomain } from "@switchboard/control/tenants";
import type { TenantId } from "@switchboard/routing/ids";
import { startMariadb } from "../../../scripts/embedded/mariadb.mjs";
import { dataDir } from "../../../scripts/setup/paths.mjs";
import type { BenchContext } from "./bench-context.ts";
import { newKeyRing } from "./server-pair.ts";

export type RecordsData = { url: string; tenantId: TenantId };

const domain = "bench.example";
const [agents, groups, membersOfEach, rules] = [40, 10, 6, 60];
/** So many are made one by one; more are copies of them, each with an id and a moment of its own. */
const made = 1_000_000;

const folderOf = (calls: number): string => join(dataDir(), "bench", `records-${calls}`);
const doneIn = (folder: string): string => join(folder, "loaded");
const idOf = (kind: string, place: number): string => `${kind}_${String(place).padStart(20, "0")}`;
const many = <Item>(count: number, item: (place: number) => Item): Item[] => Array.from({ length: count }, (_, place) => item(place));

const fillTenant = async (url: string): Promise<TenantId> => {
  const database = createDatabase(url);
  try {
    const known = await findTenantByDomain(database, domain);
    if (known !== null) return known;
    const deps = { database, keyRing: readKeyRing(newKeyRing()), passwords: createPasswords() };
    const { tenantId } = await createTenant(deps, { domain, email: "admin@bench.example", password: `bench ${crypto.randomUUID()}` });
    const at = new Date();
    const insert = (into: string, rows: SqlValue[][]) =>
      execute(database.pool, `INSERT INTO ${into} VALUES ${placeholders(rows.length, rows[0]?.length ?? 0)}`, rows.flat());
    await insert(
      "voice_agents (tenant_id, id, name, provider, service_value, metadata, created_at, updated_at)",
      many(agents, (n) => [tenantId, idOf("agt", n), `Agent ${n}`, n % 2 ? "retell" : "vapi", `+1555010${n}`, "{}", at, at]),
    );
    await insert(
      "agent_groups (tenant_id, id, name, strategy, settings, created_at, updated_at)",
      many(groups, (n) => [tenantId, idOf("grp", n), `Group ${n}`, "round_robin", "{}", at, at]),
    );
    await insert(
      "group_members (tenant_id, group_id, agent_id, position)",
      many(groups * membersOfEach, (n) => [
        tenantId,
        idOf("grp", n % groups),
        idOf("agt", (Math.floor(n / groups) + (n % groups) * 4) % agents),
        n,
      ]),
    );
    await insert(
      "inbound_rules (tenant_id, id, pattern, group_id, evaluation_key, match_key, created_at, updated_at)",
      many(rules, (n) => [
        tenantId,
        idOf("rul", n),
        `+1555002${String(n).padStart(4, "0")}`,
        idOf("grp", n % groups),
        String(n).padStart(8, "0"),
        `+1555002${String(n).padStart(4, "0")}`,
        at,
        at,
      ]),
    );
    await insert("outbound_rules (tenant_id, id, prefix, trunk_config, evaluation_key, match_key, created_at, updated_at)", [
      [tenantId, idOf("rul", rules), "+44", '{"trunks":["main"]}', "1", "+44", at, at],
    ]);
    return tenantId;
  } finally {
    await database.close();
  }
};

const columnsCopied = {
  call_records:
    "direction, from_number, to_number, status, state, reason, degraded, fallback_used, test, rule_id, group_id, agent_id, answered, answered_at, ended_at, ring_seconds, duration_seconds, decision_ms, traits, from_tail, to_tail, fold, updated_at",
  call_attempts: "step, target_id, agent_id, trunk, kind, result, started_at, ended_at, test, provider",
};

/** Behind all others, in the order of their keys: as fast as rows are written. */
const copyCalls = async (url: string, tenantId: TenantId, { times, say }: { times: number; say: (line: string) => void }) => {
  const connection = await openLoadConnection(url);
  try {
    await removeIndexes(connection);
    await execute(connection, "SET SESSION foreign_key_checks = 0");
    await execute(connection, "SET SESSION unique_checks = 0");
    for (let copy = 1; copy < times; copy += 1) {
      const id = (column: string) => `CONCAT('cal_w', '${copy.toString(36)}', SUBSTRING(${column}, 7))`;
      const [records, attempts] = [columnsCopied.call_records, columnsCopied.call_attempts];
      const moment = (column: string) => `TIMESTAMPADD(MICROSECOND, ${copy * 7_000}, ${column})`;
      for (let letter = 0; letter < 32; letter += 1) {
        const of = "tenant_id = ? AND %s >= ? AND %s < ?";
        const range = [tenantId, `cal_${letter.toString(32)}`, `cal_${letter === 31 ? "w" : (letter + 1).toString(32)}`];
        await execute(
          connection,
          `INSERT INTO call_records (tenant_id, id, session, started_at, ${records})
           SELECT tenant_id, ${id("id")}, CONCAT(session, '-${copy}'), ${moment("started_at")}, ${records} FROM call_records WHERE ${of.replaceAll("%s", "id")} ORDER BY id`,
          range,
        );
        await execute(
          connection,
          `INSERT INTO call_attempts (tenant_id, call_id, call_started_at, ${attempts})
           SELECT tenant_id, ${id("call_id")}, ${moment("call_started_at")}, ${attempts} FROM call_attempts WHERE ${of.replaceAll("%s", "call_id")} ORDER BY call_id, step`,
          range,
        );
      }
      say(`${((copy + 1) * made).toLocaleString("en-US")} calls`);
    }
    await execute(
      connection,
      "UPDATE call_rollups SET calls = calls * ?, answered = answered * ?, timed = timed * ?, seconds = seconds * ?, failed_over = failed_over * ?, fallback = fallback * ?",
      many(6, () => times),
    );
    await putBackIndexes(connection, say);
    await execute(connection, "ANALYZE TABLE call_records, call_attempts").catch(() => 0);
  } finally {
    await connection.end();
  }
};

/** Room to write in while millions of rows come; the server that is measured afterwards has its usual settings. */
const roomy = async (url: string) => {
  const connection = await openLoadConnection(url);
  try {
    for (const setting of [
      "innodb_log_file_size = 2147483648",
      "innodb_buffer_pool_size = 2147483648",
      "innodb_flush_log_at_trx_commit = 2",
    ])
      await execute(connection, `SET GLOBAL ${setting}`);
  } finally {
    await connection.end();
  }
};

const onServer = async <Result>(folder: string, work: (url: string) => Promise<Result>): Promise<Result> => {
  const server = await startMariadb({ dir: join(folder, "mariadb"), database: "switchboard" });
  try {
    await roomy(server.url);
    return await work(server.url);
  } finally {
    await server.stop();
  }
};

/** Up to a million through the product's own loader; more from those. */
const load = async (calls: number, say: (line: string) => void): Promise<void> => {
  const folder = folderOf(calls);
  if (existsSync(doneIn(folder))) return;
  mkdirSync(folder, { recursive: true });
  if (calls <= made) {
    await onServer(folder, async (url) => {
      await migrate(url);
      const tenantId = await fillTenant(url);
      const { signal } = new AbortController();
      await loadCalls(url, { tenantId, count: calls, days: 90, name: "bench", say, signal });
    });
  } else {
    if (calls % made !== 0) throw new Error(`More than ${made.toLocaleString("en-US")} calls come by the million.`);
    await load(made, say);
    say("copying the first million");
    const [whole, half] = [join(folder, "mariadb"), join(folder, "copying")];
    for (const old of [whole, half]) rmSync(old, { recursive: true, force: true });
    cpSync(join(folderOf(made), "mariadb"), half, { recursive: true, filter: (path) => !path.endsWith(".sock") });
    renameSync(half, whole);
    await onServer(folder, async (url) => copyCalls(url, await fillTenant(url), { times: calls / made, say }));
  }
  writeFileSync(doneIn(folder), `${new Date().toISOString()}\n`);
};

export const openRecords = async (context: BenchContext, calls: number): Promise<RecordsData> => {
  await load(calls, context.say);
  const server = await startMariadb({ dir: join(folderOf(calls), "mariadb"), database: "switchboard" });
  context.onEnd(server.stop);
  await migrate(server.url);
  return { url: server.url, tenantId: await fillTenant(server.url) };
};
