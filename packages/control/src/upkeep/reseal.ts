/** Seals everything that is sealed under the key in force, so that older keys can be taken off the ring. */
import { tenantId } from "@switchboard/routing/ids";
import { passwordColumn } from "../configuration/agents.ts";
import { connectionRecordColumn } from "../cloudonix/cloudonix-connection.ts";
import type { Database } from "../database/database.ts";
import { erasureColumn } from "../erasures/erasures.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { isSealedByCurrentKey, seal, type SecretPlace, unseal } from "../secrets/secrets.ts";
import { execute, rowsOf } from "../database/sql.ts";
import { cloudonixKeyColumn } from "../configuration/tenant-settings.ts";

/** Every column that holds sealed text. A tenant's own row names its tenant by its id. */
const sealedColumns = [
  { column: passwordColumn, table: "voice_agents", field: "sealed_password", tenantField: "tenant_id" },
  { column: erasureColumn, table: "erasures", field: "sealed_number", tenantField: "tenant_id" },
  { column: cloudonixKeyColumn, table: "tenants", field: "sealed_cloudonix_key", tenantField: "id" },
  { column: connectionRecordColumn, table: "cloudonix_connections", field: "sealed_record", tenantField: "id" },
] as const;

type SealedColumn = (typeof sealedColumns)[number];
type SealedRow = { tenant: string; id: string; sealed: string };

/** How many texts of each column were sealed anew, and which could not be opened, as `column rowId`. */
export type Resealed = { resealed: Record<string, number>; unreadable: string[] };

const pageRows = 500;

/** Safe beside running servers: a text that somebody replaced meanwhile stays as they left it. */
export async function resealAll(database: Database, keyRing: KeyRing): Promise<Resealed> {
  const done: Resealed = { resealed: {}, unreadable: [] };
  for (const of of sealedColumns) {
    let resealed = 0;
    for (
      let after: SealedRow | undefined, page = await pageOf(database, of, after);
      page.length > 0;
      page = await pageOf(database, of, after)
    ) {
      for (const row of page.filter(({ sealed }) => !isSealedByCurrentKey(keyRing, sealed))) {
        const text = sealedAnew(keyRing, of, row);
        if (text === null) done.unreadable.push(`${of.column} ${row.id}`);
        else resealed += await replace(database, of, { ...row, text });
      }
      after = page.at(-1);
    }
    done.resealed[of.column] = resealed;
  }
  return done;
}

const pageOf = (
  { backgroundPool }: Database,
  { table, field, tenantField }: SealedColumn,
  after: SealedRow | undefined,
): Promise<SealedRow[]> =>
  rowsOf<SealedRow>(
    backgroundPool,
    `SELECT ${tenantField} AS tenant, id, ${field} AS sealed FROM ${table}
     WHERE ${field} IS NOT NULL AND (${tenantField} > ? OR (${tenantField} = ? AND id > ?)) ORDER BY ${tenantField}, id LIMIT ${pageRows}`,
    [after?.tenant ?? "", after?.tenant ?? "", after?.id ?? ""],
  );

function sealedAnew(keyRing: KeyRing, { column }: SealedColumn, { tenant, id, sealed }: SealedRow): string | null {
  const place: SecretPlace = { tenantId: tenantId(tenant), column, rowId: id };
  try {
    return seal(keyRing, place, unseal(keyRing, place, sealed));
  } catch {
    return null;
  }
}

const replace = (
  { backgroundPool }: Database,
  { table, field, tenantField }: SealedColumn,
  { tenant, id, sealed, text }: SealedRow & { text: string },
): Promise<number> =>
  execute(backgroundPool, `UPDATE ${table} SET ${field} = ? WHERE ${tenantField} = ? AND id = ? AND ${field} = ?`, [
    text,
    tenant,
    id,
    sealed,
  ]);
