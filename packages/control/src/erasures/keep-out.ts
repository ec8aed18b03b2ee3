/**
 * What the recorder must not bring back: numbers that were erased, in words about calls of before; and calls whose records are kept
 * no longer. Read in the recorder's transaction, behind the lock that an erasure takes once it is written down: none slips through.
 */
import { type TenantId, tenantId } from "@switchboard/routing/ids";
import type { JournalEntry, JournalEvent } from "@switchboard/routing/journal-event";
import { createFindErased, type FindErased, type Guard, maskJson, numbersIn, textsIn, withoutNumbers } from "./erased-numbers.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { execute, type Queryable, rowsOf } from "../database/sql.ts";

/** Answers the entries as they may be stored: the same ones, in the same order and number. */
export type KeepOut = (connection: Queryable, entries: JournalEntry[]) => Promise<JournalEntry[]>;

type Known = { recordsFromMs: number | null; find: FindErased | null };
type Suspect = { index: number; tenantId: TenantId; callId: string | null; guards: Guard[]; saidAtMs: number; isRemoved: boolean };

export const createKeepOut =
  (keyRing: KeyRing): KeepOut =>
  async (connection, entries) => {
    const known = await readKnown(connection, keyRing, entries);
    if (known.size === 0) return entries;
    const suspects = entries.flatMap(({ event }, index) => suspectOf(event, index, known) ?? []);
    if (suspects.length === 0) return entries;
    const starts = await startsOf(connection, suspects);
    const beganMs = beginnings(suspects, starts);
    const kept = [...entries];
    const late = new Map<string, { tenantId: TenantId; events: number; atMs: number }>();
    for (const suspect of suspects) {
      const entry = kept[suspect.index];
      if (entry === undefined) continue;
      const start = starts.get(callKey(suspect));
      const guards = suspect.guards.filter(({ createdAtMs }) => (beganMs.get(callKey(suspect)) ?? 0) < createdAtMs);
      kept[suspect.index] = {
        ...entry,
        event: withoutPast(entry.event, { guards, find: known.get(suspect.tenantId)?.find, start, suspect }),
      };
      for (const { erasureId } of guards) {
        const before = late.get(erasureId);
        late.set(erasureId, {
          tenantId: suspect.tenantId,
          events: (before?.events ?? 0) + 1,
          atMs: Math.max(before?.atMs ?? 0, timeOf(entry)),
        });
      }
    }
    await noteLate(connection, late);
    return kept;
  };

const timeOf = ({ id }: JournalEntry): number => Number(id.split("-")[0]);

type Row = {
  id: string;
  country: string | null;
  records_from: Date | null;
  erasure: string | null;
  digest: string | null;
  created_at: Date | null;
};

async function readKnown(connection: Queryable, keyRing: KeyRing, entries: JournalEntry[]): Promise<Map<string, Known>> {
  const tenants = [...new Set(entries.flatMap(({ event }) => (typeof event?.tenantId === "string" ? [event.tenantId] : [])))];
  if (tenants.length === 0) return new Map();
  const sql = `SELECT t.id, t.country, t.records_from, e.id AS erasure, e.digest, e.created_at FROM tenants t
    LEFT JOIN erasures e ON e.tenant_id = t.id AND e.digest IS NOT NULL AND e.guarded_until > ?
    WHERE t.id IN (${tenants.map(() => "?").join(",")}) AND (t.records_from IS NOT NULL OR e.id IS NOT NULL)`;
  const rows = await rowsOf<Row>(connection, sql, [new Date(), ...tenants]);
  const known = new Map<string, Known>();
  for (const [id, some] of Map.groupBy(rows, (row) => row.id)) {
    const guards = some.flatMap(({ erasure, digest, created_at: at }): Guard[] =>
      erasure === null || digest === null || at === null ? [] : [{ erasureId: erasure, digest, createdAtMs: at.getTime() }],
    );
    const { country = null, records_from: from = null } = some[0] ?? {};
    const find = guards.length === 0 ? null : createFindErased(keyRing, { tenantId: tenantId(id), country, guards });
    known.set(id, { recordsFromMs: from?.getTime() ?? null, find });
  }
  return known;
}

/** Null for what may be stored as it is, and for what can't be read: the recorder meets it again, and says so. */
function suspectOf(event: JournalEvent, index: number, known: ReadonlyMap<string, Known>): Suspect | null {
  try {
    const of = known.get(event.tenantId);
    if (of === undefined || !("callId" in event)) return null;
    const guards = new Set<Guard>();
    const { find } = of;
    if (find !== null) {
      for (const text of textsIn(event)) for (const number of numbersIn(text)) for (const guard of find(number)) guards.add(guard);
    }
    const times = saidTimes(event);
    const isRemoved =
      event.type === "report" && event.callId !== null && of.recordsFromMs !== null && Math.max(...times) < of.recordsFromMs;
    if (guards.size === 0 && !isRemoved) return null;
    return { index, tenantId: event.tenantId, callId: event.callId, guards: [...guards], saidAtMs: Math.min(...times), isRemoved };
  } catch {
    return null;
  }
}

/** When what an event tells of was, by its own words; when it came, where it says nothing. */
function saidTimes(event: JournalEvent): number[] {
  if (event.type === "step") return [event.webhook.receivedAt];
  if (event.type !== "report") return [event.at];
  const { occurredAt, answeredAt, endedAt } = event.report;
  const said = [occurredAt, answeredAt, endedAt].filter((time) => time !== null && time > 0);
  return said.length === 0 ? [event.webhook?.receivedAt ?? event.at] : said.map(Number);
}

async function startsOf(connection: Queryable, suspects: Suspect[]): Promise<Map<string, number>> {
  const starts = new Map<string, number>();
  for (const [tenant, some] of Map.groupBy(suspects, (each) => each.tenantId)) {
    const ids = [...new Set(some.flatMap(({ callId }) => callId ?? []))];
    if (ids.length === 0) continue;
    const sql = `SELECT id, started_at FROM call_records WHERE tenant_id = ? AND id IN (${ids.map(() => "?").join(",")})`;
    for (const row of await rowsOf<{ id: string; started_at: Date }>(connection, sql, [tenant, ...ids]))
      starts.set(`${tenant} ${row.id}`, row.started_at.getTime());
  }
  return starts;
}

/** A word that names no call stands for itself. */
const callKey = ({ tenantId: tenant, callId, index }: Suspect): string => `${tenant} ${callId ?? index}`;

/** When each call began, as far as it is known: by its record, else by the earliest of what is said of it here. */
function beginnings(suspects: Suspect[], starts: ReadonlyMap<string, number>): Map<string, number> {
  const began = new Map(starts);
  for (const suspect of suspects) {
    const key = callKey(suspect);
    began.set(key, Math.min(began.get(key) ?? suspect.saidAtMs, suspect.saidAtMs));
  }
  return began;
}

type Past = { guards: Guard[]; find: FindErased | null | undefined; start: number | undefined; suspect: Suspect };

/** A report on a call whose record is gone makes no new one: it names nobody, and is kept as a webhook only. */
function withoutPast(event: JournalEvent, { guards, find, start, suspect }: Past): JournalEvent {
  let kept = event;
  if (guards.length > 0 && find) {
    const isErased = (number: string) => find(number).some((guard) => guards.includes(guard));
    kept = JSON.parse(maskJson(JSON.stringify(event), (text) => withoutNumbers(text, isErased)));
  }
  return kept.type === "report" && suspect.isRemoved && start === undefined ? { ...kept, callId: null, sipCallIds: [] } : kept;
}

async function noteLate(
  connection: Queryable,
  late: ReadonlyMap<string, { tenantId: TenantId; events: number; atMs: number }>,
): Promise<void> {
  const sql = `UPDATE erasures SET late_events = late_events + ?, late_at_ms = GREATEST(late_at_ms, ?),
    status = CASE status WHEN 'done' THEN 'waiting' ELSE status END WHERE tenant_id = ? AND id = ?`;
  for (const [id, { tenantId: tenant, events, atMs }] of [...late].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    await execute(connection, sql, [events, atMs, tenant, id]);
}
