/** A number that is erased is nowhere any more, in no writing, and does not come back; what the calls add up to stays as it was. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import type { Summary } from "@switchboard/api/schemas/summary";
import type { Erasure } from "@switchboard/control/erasures";
import { execute, rowsOf } from "@switchboard/control/sql";
import { createRedisClient, type RedisClient } from "@switchboard/execution/client";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openDoor } from "./call.ts";
import { openOperators, type Operators } from "./operators.ts";
import { openRest, type Rest } from "./rest.ts";

const number = "+442079460123";
const writings = [number, "442079460123", "00442079460123", "02079460123", "+44 20 7946 0123", "(020) 7946-0123"];
/** The digits that all of them share, with anything that people write in between. */
const digits = [..."2079460123"];
/** Indexes hold numbers from their end. */
const traces = new RegExp(`${digits.join("[^0-9]{0,3}")}|${digits.toReversed().join("")}`);

let world: Operators;
let ask: Rest;
let redis: RedisClient;
/** Still on the line. */
let openCall: Awaited<ReturnType<Operators["playCall"]>>;
let before: Summary;
/** Of its calls. */
let exportId: string;
const soon = { timeout: 60_000, interval: 50 };

const summary = async (): Promise<Summary> => (await ask("GET", "/analytics/summary?interval=hour")).body as Summary;
const erasure = async (id: string): Promise<Erasure> => (await ask("GET", `/erasures/${id}`)).body as Erasure;
const recorded = (calls: number) =>
  vi.waitFor(async () => {
    const sql = "SELECT COUNT(*) AS calls FROM call_records WHERE tenant_id = ? AND ended_at IS NOT NULL";
    expect((await rowsOf<{ calls: number }>(world.database.pool, sql, [world.tenants.own.tenantId]))[0]?.calls).toBe(calls);
  }, soon);

beforeAll(async () => {
  world = await openOperators();
  const { own, other } = world.tenants;
  redis = createRedisClient({ url: world.redis.url, cluster: false, role: "jobs" });
  {
    await using person = await world.signIn(own);
    ask = openRest(world.base, person.token.current);
  }
  const { version } = (await ask("GET", "/tenant")).body as { version: number };
  expect((await ask("PUT", "/tenant", { version, country: "GB" })).status).toBe(200);
  // Written down in the audit log, and named by the configuration no more.
  const rule = { pattern: number, targetType: "voice_agent", targetId: await firstAgent() };
  const { body: made } = await ask("POST", "/inbound-rules", rule);
  expect((await ask("DELETE", `/inbound-rules/${(made as { id: string }).id}`)).status).toBe(200);
  for (const from of writings) await (await world.playCall(own, { from })).end();
  await (await world.playCall(own, { from: "+442079460999" })).end();
  await (await world.playCall(other, { from: number })).end();
  openCall = await world.playCall(own, { from: number });
  // A CDR of nobody knows which call, an event that could not be stored, and a line that Redis refused.
  expect(await openDoor(world.app, own).cdr({ call_id: "sip-of-nobody", from: number, to: "+15550100001", disposition: "ANSWER" })).toBe(
    204,
  );
  await execute(
    world.database.pool,
    "INSERT INTO dead_letters (`partition`, entry_id, tenant_id, event, error, created_at) VALUES (1, '1-1', ?, ?, ?, NOW(3))",
    [own.tenantId, JSON.stringify({ facts: { from: number } }), `Error: no sense in ${number}`],
  );
  mkdirSync(join(world.dataDir, "local"), { recursive: true });
  appendFileSync(join(world.dataDir, "local", "refused.ndjson"), `${JSON.stringify({ facts: { from: number } })}\n`);
  await recorded(writings.length + 1);
  await vi.waitFor(async () => expect(await rowsOf(world.database.pool, "SELECT 1 FROM unmatched_cdrs")).toHaveLength(1), soon);
  const { body: ordered } = await ask("POST", "/call-records/export", { format: "csv", number });
  exportId = String(ordered["exportId"]);
  await vi.waitFor(async () => expect((await ask("GET", `/exports/${exportId}`)).body).toMatchObject({ status: "ready" }), soon);
  before = await summary();
});
afterAll(async () => {
  redis?.disconnect();
  await world?.stop();
});

const firstAgent = async () => ((await ask("GET", "/voice-agents")).body as { items: { id: string }[] }).items[0]?.id;

/** Everything that the stores hold, as text, but for the other tenants'. */
const dump = async (): Promise<{ place: string; text: string }[]> => {
  const { own } = world.tenants;
  const found: { place: string; text: string }[] = [];
  const { pool } = world.database;
  const tables = await rowsOf<{ name: string }>(
    pool,
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'",
  );
  for (const { name } of tables) {
    for (const row of await rowsOf<Record<string, unknown>>(pool, `SELECT * FROM \`${name}\``)) {
      if (typeof row["tenant_id"] === "string" && row["tenant_id"] !== own.tenantId) continue;
      const plain = Object.fromEntries(
        Object.entries(row).map(([column, value]) => [column, Buffer.isBuffer(value) ? readable(name, value) : value]),
      );
      found.push({ place: name, text: JSON.stringify(plain) });
    }
  }
  for (const key of await redis.keys("*")) {
    if (/:ten_/.test(key) && !key.includes(own.tenantId)) continue;
    const kind = await redis.type(key);
    if (kind === "stream") found.push(...(await redis.xrange(key, "-", "+")).map((entry) => ({ place: key, text: JSON.stringify(entry) })));
    else if (kind === "string") found.push({ place: key, text: (await redis.getBuffer(key))?.toString("latin1") ?? "" });
    else found.push({ place: key, text: (await redis.dumpBuffer(key))?.toString("latin1") ?? "" });
    found.push({ place: key, text: key });
  }
  const files = readdirSync(world.dataDir, { recursive: true, encoding: "utf8" }).filter((file) =>
    statSync(join(world.dataDir, file)).isFile(),
  );
  for (const file of files) found.push({ place: file, text: readFileSync(join(world.dataDir, file), "latin1") });
  return found;
};

const readable = (table: string, value: Buffer): string =>
  table === "journal_archive" ? inflateRawSync(value).toString() : value.toString("hex");

/** Of entries of the journal, only those of this tenant. */
const placesOfNumber = async (): Promise<string[]> => {
  const { other, watcher } = world.tenants;
  const found = (await dump()).filter(
    ({ text }) => traces.test(text) && !text.includes(other.tenantId) && !text.includes(watcher.tenantId),
  );
  return [...new Set(found.map(({ place }) => place.replace(/cal_.*/, "…")))].toSorted();
};

/** What ten minutes would do, when all is recorded: the last entry stays. */
const tenMinutesLater = async () => {
  for (const key of await redis.keys("*:journal")) await redis.xtrim(key, "MAXLEN", 1);
};

const doneBy = async (id: string, isDone: (receipt: Erasure) => boolean) => {
  return vi.waitFor(async () => {
    await tenMinutesLater();
    const receipt = await erasure(id);
    expect(receipt.status === "done" && isDone(receipt), JSON.stringify(receipt)).toBe(true);
    return receipt;
  }, soon);
};

let first: Erasure;

test("a dump of every store holds the number in many places before, and in none after, in no writing; the figures stay", async () => {
  const places = await placesOfNumber();
  for (const table of [
    "call_records",
    "webhook_events",
    "unmatched_cdrs",
    "dead_letters",
    "audit_log",
    "journal_archive",
    "local/refused.ndjson",
    "exports",
  ])
    expect(places).toContain(table);
  const { status, body } = await ask("POST", "/erasures", { number: "020 7946 0123" });
  expect(status).toBe(201);
  first = body as Erasure;
  expect(first).toMatchObject({
    number: "+4420•••0123",
    status: "running",
    changed: {},
    finishedAt: null,
    actorName: world.tenants.own.email,
  });
  await vi.waitFor(
    async () => expect(await erasure(first.id)).toMatchObject({ status: "waiting", waitsFor: expect.stringContaining("ten minutes") }),
    soon,
  );

  expect((await ask("GET", `/exports/${exportId}`)).body).toMatchObject({ status: "canceled" });
  const receipt = await doneBy(first.id, () => true);
  expect(await placesOfNumber()).toEqual([]);
  expect(await summary()).toEqual({ ...before, to: expect.any(String) });
  expect(receipt.changed).toMatchObject({ callRecords: writings.length + 1, unmatchedCdrs: 1, deadLetters: 1, localFiles: 1, exports: 1 });
  expect(receipt.changed["auditLog"]).toBeGreaterThanOrEqual(2);
  expect(receipt.changed["callStates"]).toBeGreaterThan(0);
  const numbers = await rowsOf<{ from_number: string; calls: number }>(
    world.database.pool,
    "SELECT from_number, COUNT(*) AS calls FROM call_records WHERE tenant_id = ? GROUP BY 1 ORDER BY 1",
    [world.tenants.own.tenantId],
  );
  expect(numbers).toEqual([
    { from_number: "+442079460999", calls: 1 },
    { from_number: "erased", calls: writings.length + 1 },
  ]);
  const others = "SELECT from_number FROM call_records WHERE tenant_id = ?";
  expect(await rowsOf(world.database.pool, others, [world.tenants.other.tenantId])).toEqual([{ from_number: number }]);
  expect(world.logs.filter((line) => traces.test(line))).toEqual([]);
});

test("words about its calls that come afterwards bring it back nowhere, and the receipt counts them", async () => {
  await openCall.end();
  await openDoor(world.app, world.tenants.own).cdr({
    call_id: openCall.Session,
    from: writings[3],
    disposition: "ANSWERED",
    billsec: 3,
    session: { token: openCall.Session },
  });
  await recorded(writings.length + 2);
  await vi.waitFor(async () => expect((await erasure(first.id)).lateEvents).toBeGreaterThanOrEqual(2), soon);
  expect((await erasure(first.id)).status).toBe("waiting");
  await doneBy(first.id, ({ lateEvents }) => lateEvents >= 2);
  expect(await placesOfNumber()).toEqual([]);
  expect((await summary()).totals.calls).toBe(before.totals.calls);
});

test("erased once more there is nothing to change, and the receipt says so; who calls again is a caller as any other", async () => {
  const { body } = await ask("POST", "/erasures", { number });
  const again = await doneBy((body as Erasure).id, () => true);
  expect([again.changed, again.lateEvents]).toEqual([{}, 0]);
  const listed = (await ask("GET", "/erasures")).body as { items: Erasure[] };
  expect(listed.items.map(({ id }) => id)).toEqual([again.id, first.id]);
  const call = await world.playCall(world.tenants.own, { from: number });
  await call.end();
  await recorded(writings.length + 3);
  const sql = "SELECT from_number FROM call_records WHERE tenant_id = ? AND session = ?";
  expect(await rowsOf(world.database.pool, sql, [world.tenants.own.tenantId, call.Session])).toEqual([{ from_number: number }]);
});

test("what the configuration says is left to people, and the receipt names it; what is no number is refused in words", async () => {
  const { body: made } = await ask("POST", "/inbound-rules", {
    pattern: "+15550100123",
    targetType: "voice_agent",
    targetId: await firstAgent(),
  });
  const { body } = await ask("POST", "/erasures", { number: "+1 555 010 0123" });
  const receipt = await doneBy((body as Erasure).id, () => true);
  expect(receipt.namedBy).toEqual([{ kind: "inbound_rule", id: (made as { id: string }).id }]);
  for (const bad of ["", "anonymous", "123", "+44*", "+1234567890123456", "sip:ada@example.com"]) {
    const refused = await ask("POST", "/erasures", { number: bad });
    expect([400, 422]).toContain(refused.status);
    expect(JSON.stringify(refused.body)).toMatch(/number/i);
  }
});
