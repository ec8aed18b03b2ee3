/** What was typed into the one search of call records: a number's beginning or last digits in any writing, a call, a session, or a part of an agent's name. */
import type { TenantId } from "@switchboard/routing/ids";
import { nationalPrefix, stripSeparators } from "@switchboard/routing/number";
import { callIdOf } from "../ids.ts";
import { tailOf } from "./number-tail.ts";
import { type Queryable, rowsOf } from "../database/sql.ts";

export type CallSearch = {
  /** Of either number, as records may keep it. */
  beginnings: string[];
  /** Last digits of either number, the last one first. */
  endings: string[];
  callIds: string[];
  agentIds: string[];
};

/** A name that more agents bear is no search: each is looked up by itself. */
const mostAgents = 50;

/** `…4567`, `...4567` or `*4567`: the last digits and nothing else. */
const onlyLast = /^(?:…|\.{2,}|\*)(.+)$/;
/** Fewer stand at the end of very many numbers. */
const fewestLast = 3;

/** Null: nothing is searched for. */
export async function readSearch(pool: Queryable, tenantId: TenantId, text: string | undefined): Promise<CallSearch | null> {
  if (text === undefined || text === "") return null;
  const callIds = [...new Set([text, callIdOf(tenantId, text)])];
  const last = stripSeparators(onlyLast.exec(text)?.[1] ?? "").replace("+", "");
  if (/^\d+$/.test(last)) return { beginnings: [], endings: [tailOf(last)], callIds: [], agentIds: [] };
  const bare = stripSeparators(text);
  if (/^\+?\d+$/.test(bare)) {
    const country = bare.startsWith("0") ? await countryOf(pool, tenantId) : null;
    const endings = /^[1-9]/.test(bare) && bare.length >= fewestLast ? [tailOf(bare)] : [];
    return { beginnings: numberBeginnings(bare, country), endings, callIds, agentIds: [] };
  }
  return { beginnings: [text], endings: [], callIds, agentIds: await agentsNamed(pool, tenantId, text) };
}

/** A number is kept as it was sent, with or without its plus; a national one may be meant as one of the tenant's country. */
function numberBeginnings(bare: string, country: string | null): string[] {
  const digits = bare.replace("+", "");
  const national = nationalPrefix(digits, country);
  const written = bare.startsWith("0") && national !== null ? [national, national.replace("+", "")] : [];
  return [...new Set([digits, `+${digits}`, ...written])];
}

async function countryOf(pool: Queryable, tenantId: TenantId): Promise<string | null> {
  const [row] = await rowsOf<{ country: string | null }>(pool, "SELECT country FROM tenants WHERE id = ?", [tenantId]);
  return row?.country ?? null;
}

async function agentsNamed(pool: Queryable, tenantId: TenantId, text: string): Promise<string[]> {
  const like = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const sql = `SELECT id FROM voice_agents WHERE tenant_id = ? AND name LIKE ? ORDER BY name LIMIT ${mostAgents}`;
  return (await rowsOf<{ id: string }>(pool, sql, [tenantId, like])).map(({ id }) => id);
}
