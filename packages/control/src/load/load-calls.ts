/**
 * Fills a tenant's call records with made-up calls, to try the product with as many as one likes: records, dials and figures, as if they
 * had been recorded. A timeline have none, since ten million would have a hundred million lines. Broken off, it goes on where it was.
 */
import type { TenantId } from "@switchboard/routing/ids";
import type { Connection } from "mariadb";
import { callIdOf } from "../ids.ts";
import { foldText } from "../recorder/known-calls.ts";
import { execute, rowsOf, type SqlValue } from "../database/sql.ts";
import { attemptKeys, attemptRow, recordKeys, recordRow, type Storable } from "../recorder/write-calls.ts";
import { insertText } from "./insert-text.ts";
import { openLoadConnection } from "./load-connection.ts";
import { createLoadFigures } from "./load-figures.ts";
import { putBackIndexes, removeIndexes } from "./load-indexes.ts";
import { loadOrder, mostCalls, placeIn } from "./load-order.ts";
import { readLoadTenant } from "./load-tenant.ts";
import { madeUpCall, type MadeUp } from "./made-up-call.ts";

export type LoadOptions = {
  tenantId: TenantId;
  count: number;
  /** Over how many days, until now. */
  days: number;
  /** Tells this load from another one of the same size. */
  name: string;
  say: (line: string) => void;
  signal: AbortSignal;
};

/** `loaded`: by this run; less than asked for when a load that was broken off has been finished, or this one was. */
export type Loaded = { loaded: number; there: number };

const callsAtOnce = 1_000;
/** One is written while the next is made. */
const connections = 2;
/** From so many on, indexes are built afterwards. */
const manyCalls = 200_000;
const sayEveryMs = 5_000;
/** All of them are over: none is made up that would still be going on. */
const longestCallMs = 70 * 60_000;

/** Throws, in words, when these calls are there already, when there are too many, or when somebody else would miss the indexes. */
export async function loadCalls(url: string, options: LoadOptions): Promise<Loaded> {
  const { tenantId, count, days, name, say } = options;
  if (count > mostCalls) throw new Error(`At most ${mostCalls.toLocaleString("en-US")} calls at once; another --name adds more.`);
  const opened = await Promise.all(Array.from({ length: connections }, () => openLoadConnection(url)));
  const [first] = opened;
  if (first === undefined) throw new Error("no connection");
  try {
    if (count >= manyCalls) await refuseCompany(first, opened);
    const sessionOf = (index: number): string => `${name}-${count}-${days}-${index}`;
    const tenant = await readLoadTenant(first, tenantId);
    const order = loadOrder(tenantId, count, sessionOf);
    const idAt = (position: number): string => callIdOf(tenantId, sessionOf(placeIn(order, position)));
    const there = await positionReached(first, tenantId, { count, idAt });
    const nowMs = (await writtenAt(first, tenantId, idAt(0))) ?? Date.now();
    const load: MadeUp = { tenant, sessionOf, count, days, endMs: nowMs - longestCallMs };
    if (there === count) {
      await putBackIndexes(first, say);
      throw new Error(`These ${count.toLocaleString("en-US")} calls are there already; another --name makes others.`);
    }
    if (there > 0) say(`going on behind ${there.toLocaleString("en-US")} calls that are there already`);
    if (count >= manyCalls) await removeIndexes(first);
    return await write(opened, { ...options, load, order, nowMs, from: Math.max(0, there - connections * callsAtOnce), there });
  } finally {
    await Promise.all(opened.map((connection) => connection.end()));
  }
}

/** Another program would be slow without indexes, and would keep them from being taken away. */
async function refuseCompany(connection: Connection, own: Connection[]): Promise<void> {
  const sql = "SELECT COUNT(*) AS others FROM information_schema.processlist WHERE db = DATABASE() AND id NOT IN (?, ?)";
  const [row] = await rowsOf<{ others: number }>(
    connection,
    sql,
    own.map(({ threadId }) => threadId),
  );
  if ((row?.others ?? 0) > 0)
    throw new Error(
      `Something else works with this database. From ${manyCalls.toLocaleString("en-US")} calls on, indexes are taken away while calls are loaded: stop it first.`,
    );
}

type Keys = { count: number; idAt: (position: number) => string };

/** Calls are written in the order of their keys, so that what is there lies before what is not. */
async function positionReached(connection: Connection, tenantId: TenantId, { count, idAt }: Keys): Promise<number> {
  let [least, most] = [0, count];
  while (least < most) {
    const middle = (least + most) >> 1;
    const [row] = await rowsOf(connection, "SELECT 1 FROM call_records WHERE tenant_id = ? AND id = ?", [tenantId, idAt(middle)]);
    if (row === undefined) most = middle;
    else least = middle + 1;
  }
  return least;
}

/** When this load began: the calls of one that goes on must be those that it began with. */
async function writtenAt(connection: Connection, tenantId: TenantId, firstId: string): Promise<number | null> {
  const sql = "SELECT updated_at FROM call_records WHERE tenant_id = ? AND id = ?";
  const [row] = await rowsOf<{ updated_at: Date }>(connection, sql, [tenantId, firstId]);
  return row?.updated_at.getTime() ?? null;
}

type Writing = LoadOptions & { nowMs: number; load: MadeUp; order: Float64Array; from: number; there: number };

async function write(opened: Connection[], { tenantId, count, nowMs, load, order, from, there, say, signal }: Writing): Promise<Loaded> {
  const began = performance.now();
  let saidAt = began;
  const figures = createLoadFigures(tenantId, load.tenant.providers, nowMs);
  const callAt = (position: number): Storable => storable(load, placeIn(order, position));
  // Figures are added at the end, so that they have to know also of the calls that are there.
  for (let position = 0; position < from; position += 1) addTo(figures, callAt(position));
  const busy: Promise<void>[] = opened.map(() => Promise.resolve());
  let done = from;
  for (let turn = 0; done < count && !signal.aborted; turn += 1) {
    const calls = Array.from({ length: Math.min(callsAtOnce, count - done) }, (_, place) => callAt(done + place));
    for (const call of calls) addTo(figures, call);
    const [connection, slot] = [opened[turn % opened.length], turn % opened.length];
    await busy[slot];
    if (connection !== undefined) busy[slot] = writeSome(connection, calls, nowMs);
    busy[slot]?.catch(() => {});
    done += calls.length;
    if (performance.now() - saidAt > sayEveryMs) {
      saidAt = performance.now();
      const rate = ((done - from) * 1_000) / (saidAt - began);
      say(
        `${done.toLocaleString("en-US")} of ${count.toLocaleString("en-US")} calls, ${Math.round(rate).toLocaleString("en-US")} a second`,
      );
    }
  }
  await Promise.all(busy);
  const [first] = opened;
  if (first === undefined || done < count) return { loaded: Math.max(0, done - there), there };
  await putBackIndexes(first, say);
  say("adding up the figures");
  await first.beginTransaction();
  await figures.write(first);
  await first.commit();
  return { loaded: count - there, there };
}

const addTo = (figures: ReturnType<typeof createLoadFigures>, { now }: Storable): void => figures.add(now, new Date(now.startedAt ?? 0));

function storable(load: MadeUp, index: number): Storable {
  const { tenantId, providers } = load.tenant;
  const now = madeUpCall(load, index);
  const used = Object.fromEntries(now.attempts.flatMap(({ agentId }) => (agentId === null ? [] : [[agentId, providers[agentId] ?? ""]])));
  const fold = foldText({ facts: now.facts, memory: now.memory, providers: used });
  const callId = callIdOf(tenantId, load.sessionOf(index));
  return { tenantId, callId, now, fold, storedStart: null, seenAt: 0, providers: used };
}

/** What is there already stays: a load that goes on begins a little before its end. */
async function writeSome(connection: Connection, calls: Storable[], nowMs: number): Promise<void> {
  await Promise.all(
    ["SET SESSION foreign_key_checks = 0", "SET SESSION unique_checks = 0", "START TRANSACTION"].map((sql) => execute(connection, sql)),
  );
  const records: SqlValue[][] = calls.map((call) => recordRow(call, new Date(nowMs)));
  const attempts: SqlValue[][] = calls.flatMap((call) => call.now.attempts.map((attempt) => attemptRow(call, attempt)));
  await Promise.all([
    insertText(connection, "call_records", recordKeys, records),
    insertText(connection, "call_attempts", attemptKeys, attempts),
  ]);
  await connection.commit();
}
