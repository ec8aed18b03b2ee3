/** The largest parts of a summary by agent, group, rule and provider, with their names as they are today. */
import type { TenantId } from "@switchboard/routing/ids";
import { findProvider } from "@switchboard/routing/provider-catalogue";
import { rowsIn } from "./segment-sql.ts";
import { type Queryable, rowsOf } from "../database/sql.ts";
import type { Segment } from "./summary-range.ts";

export type Slice = { id: string; name: string; calls: number; answered: number; averageDurationSeconds: number };

/** The largest first, at most a hundred of each. By agent and provider, `calls` are dials. */
export type Slices = { byAgent: Slice[]; byGroup: Slice[]; byRule: Slice[]; byProvider: Slice[] };

const mostSlices = 100;

type SliceRow = { id: string; name: string | null; total: number; taken: number; timings: number; lasted: number };

/** Where the name of a slice `s` comes from; each join takes the tenant. */
type Naming = { dimension: string; name: string; joins: string[]; unnamed: (id: string) => string };

const deleted = () => "(deleted)";

const agents: Naming = {
  dimension: "agent",
  name: "v.name",
  joins: ["LEFT JOIN voice_agents v ON v.tenant_id = ? AND v.id = s.id"],
  unnamed: deleted,
};
const groups: Naming = {
  dimension: "group",
  name: "g.name",
  joins: ["LEFT JOIN agent_groups g ON g.tenant_id = ? AND g.id = s.id"],
  unnamed: deleted,
};
const rules: Naming = {
  dimension: "rule",
  name: "COALESCE(i.pattern, CASE WHEN o.id IS NULL THEN NULL ELSE COALESCE(o.prefix, '*') END)",
  joins: ["LEFT JOIN inbound_rules i ON i.tenant_id = ? AND i.id = s.id", "LEFT JOIN outbound_rules o ON o.tenant_id = ? AND o.id = s.id"],
  unnamed: deleted,
};
const providers: Naming = { dimension: "provider", name: "NULL", joins: [], unnamed: (key) => findProvider(key)?.label ?? key };

export async function readSlices(connection: Queryable, tenantId: TenantId, segments: Segment[]): Promise<Slices> {
  const read = (naming: Naming) => readDimension(connection, { tenantId, segments, naming });
  const [byAgent, byGroup, byRule, byProvider] = await Promise.all([read(agents), read(groups), read(rules), read(providers)]);
  return { byAgent, byGroup, byRule, byProvider };
}

type Part = { tenantId: TenantId; segments: Segment[]; naming: Naming };

async function readDimension(connection: Queryable, { tenantId, segments, naming }: Part): Promise<Slice[]> {
  const { sql, values } = rowsIn(segments, {
    table: "call_rollups",
    columns: "id, calls, answered, timed, seconds",
    where: "tenant_id = ? AND dimension = ?",
    values: [tenantId, naming.dimension],
  });
  const sum = (column: string, name: string) => `CAST(SUM(${column}) AS SIGNED) AS ${name}`;
  const sums = [sum("calls", "total"), sum("answered", "taken"), sum("timed", "timings"), sum("seconds", "lasted")];
  const largest = `SELECT id, ${sums.join(", ")} FROM ${sql}
    GROUP BY id HAVING total > 0 ORDER BY total DESC, id LIMIT ${mostSlices}`;
  const text = `SELECT s.*, ${naming.name} AS name FROM (${largest}) s ${naming.joins.join(" ")} ORDER BY s.total DESC, s.id`;
  const rows = await rowsOf<SliceRow>(connection, text, [...values, ...naming.joins.map(() => tenantId)]);
  return rows.map(({ id, name, total, taken, timings, lasted }) => ({
    ...{ id, name: name ?? naming.unnamed(id), calls: total, answered: taken },
    averageDurationSeconds: timings === 0 ? 0 : lasted / timings,
  }));
}
