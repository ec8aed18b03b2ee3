/** Who changed what, when, and how it was before: one tenant's changes of configuration, latest first. */
import { z } from "zod";
import type { Bound } from "./change.ts";
import { ControlError } from "../control-error.ts";
import type { AuditEntry as EntryRow, Prisma } from "../generated/client.ts";
import { type Page, pageOf, type PageQuery, readCursor } from "../database/keyset.ts";
import type { Resources } from "./restorable.ts";
import { isRestorable, type Restored, restoreEntry } from "./restore.ts";

export type AuditEntry = {
  id: string;
  /** ISO 8601. */
  at: string;
  /** Null: the product itself (first start, a command). */
  actorId: string | null;
  actorName: string;
  action: string;
  targetType: string;
  targetId: string;
  /** Without secrets; null: there was nothing, or there is nothing any more. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** Whether what it changed can be put back by itself. */
  restorable: boolean;
};

export type AuditQuery = PageQuery & {
  /** In the actor's name or in the action, or the whole id of the thing. */
  search?: string | undefined;
  targetType?: string | undefined;
  targetId?: string | undefined;
  actorId?: string | undefined;
  action?: string | undefined;
  /** ISO 8601, the moment itself included. */
  after?: string | undefined;
  /** ISO 8601, the moment itself not included. */
  before?: string | undefined;
};

export type AuditLog = ReturnType<typeof createAuditLog>;

export function createAuditLog({ database, tenantId }: Bound, resources: Resources) {
  const { prisma, breaker } = database;
  return {
    /** Throws ControlError `rule_broken` for a cursor that is none of ours. */
    list: (query: AuditQuery): Promise<Page<AuditEntry>> =>
      breaker.run(async () => {
        const where = matching(tenantId, query);
        const rows = await prisma.auditEntry.findMany({ where, orderBy: [{ at: "desc" }, { id: "desc" }], take: query.limit + 1 });
        return pageOf(rows, query.limit, { keyOf: ({ at, id }) => [at.toISOString(), id], shown });
      }),
    /**
     * Puts the thing back to how it was before this entry, as a new change under the actor's name; a deleted one is created again
     * under its old id. Throws ControlError `not_found` (no such entry), `rule_broken` (it holds nothing to restore, or what it refers
     * to is gone), `conflict` (the thing is gone, its name is taken), `stale`.
     */
    restore: async (id: string): Promise<Restored> => {
      const row = await breaker.run(() => prisma.auditEntry.findUnique({ where: { tenantId_id: { tenantId, id } } }));
      if (!row) throw new ControlError("not_found", "There is no such entry.");
      return await restoreEntry(resources, shown(row));
    },
  };
}

const cursorKey = z.tuple([z.iso.datetime(), z.string().max(24)]);

function matching(tenantId: string, query: AuditQuery): Prisma.AuditEntryWhereInput {
  const { search, targetType, targetId, actorId, action, after, before } = query;
  const cursor = readCursor(cursorKey, query.cursor);
  const exact = Object.fromEntries(Object.entries({ targetType, targetId, actorId, action }).filter(([, value]) => value !== undefined));
  const conditions: Prisma.AuditEntryWhereInput[] = [];
  if (search !== undefined && search !== "") {
    conditions.push({ OR: [{ actorName: { contains: search } }, { action: { contains: search } }, { targetId: search }] });
  }
  if (after !== undefined) conditions.push({ at: { gte: new Date(after) } });
  if (before !== undefined) conditions.push({ at: { lt: new Date(before) } });
  if (cursor !== null) {
    const at = new Date(cursor[0]);
    conditions.push({ at: { lte: at }, OR: [{ at: { lt: at } }, { id: { lt: cursor[1] } }] });
  }
  return { tenantId, ...exact, AND: conditions };
}

const storedObject = z.record(z.string(), z.unknown()).nullable();

function shown({ id, at, actorId, actorName, action, targetType, targetId, ...row }: EntryRow): AuditEntry {
  const before = storedObject.parse(row.before);
  const facts = { id, at: at.toISOString(), actorId, actorName, action, targetType, targetId };
  return { ...facts, before, after: storedObject.parse(row.after), restorable: isRestorable({ action, targetType, before }) };
}
