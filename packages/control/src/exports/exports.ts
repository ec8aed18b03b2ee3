/** Exports as people ask for them: ordered, watched and canceled by one tenant's admins, each written to the audit log. */
import { maskNumber } from "@switchboard/routing/number";
import type { TenantId } from "@switchboard/routing/ids";
import { z } from "zod";
import type { CallRecord, CallRecordFilters } from "../calls/call-records.ts";
import { type Bound, changeBesidePlan, writeAudit } from "../configuration/change.ts";
import { ControlError } from "../control-error.ts";
import type { Export as ExportRow, Prisma } from "../generated/client.ts";
import { newExportId } from "../ids.ts";
import { type Page, pageOf, type PageQuery, readCursor } from "../database/keyset.ts";

export type ExportStatus = "queued" | "running" | "ready" | "failed" | "canceled" | "expired";
export type ExportFormat = "csv" | "json";
export type ExportColumn = keyof CallRecord;

export type ExportOrder = {
  format: ExportFormat;
  columns: ExportColumn[];
  /** An IANA name. */
  timeZone: string;
  /** Before the CSV, so that spreadsheets read it as UTF-8. */
  byteOrderMark: boolean;
  filters: CallRecordFilters;
};

/** As the API shows it: times in ISO 8601. */
export type Export = {
  id: string;
  status: ExportStatus;
  format: ExportFormat;
  columns: string[];
  timeZone: string;
  filters: CallRecordFilters;
  /** Written so far. */
  rows: number;
  bytes: number;
  /** 0 to 1: of the rows that were counted when it began. */
  progress: number;
  /** Why it failed, in words. */
  problem: string | null;
  createdBy: string;
  createdAt: string;
  endedAt: string | null;
  /** Until when it can be downloaded. */
  expiresAt: string | null;
};

export type Exports = ReturnType<typeof createExports>;

/** Of one tenant, waiting or being written. */
const mostUnfinished = 10;
export const unfinished = ["queued", "running"];

export function createExports(bound: Bound) {
  const { database, tenantId } = bound;
  const { prisma, breaker } = database;
  const row = (id: string) => prisma.export.findUnique({ where: { tenantId_id: { tenantId, id } } });
  return {
    /** The latest first. Throws ControlError `rule_broken` for a cursor that is none of ours. */
    list: (query: PageQuery): Promise<Page<Export>> =>
      breaker.run(async () => {
        const rows = await prisma.export.findMany({
          where: { tenantId, ...behind(query.cursor) },
          orderBy: [{ createdAt: "desc" }, { id: "desc" }],
          take: query.limit + 1,
        });
        return pageOf(rows, query.limit, { keyOf: ({ createdAt, id }) => [createdAt.toISOString(), id], shown });
      }),
    /** Throws ControlError `not_found`. */
    get: (id: string): Promise<Export> =>
      breaker.run(async () => {
        const found = await row(id);
        if (!found) throw noExport();
        return shown(found);
      }),
    /** Throws ControlError `conflict` while too many are unfinished. */
    create: (order: ExportOrder): Promise<Export> =>
      changeBesidePlan(bound, async (change) => {
        const waiting = await change.tx.export.count({ where: { tenantId, status: { in: unfinished } } });
        if (waiting >= mostUnfinished)
          throw new ControlError("conflict", `${waiting} exports are being written already. Wait for one, or cancel it.`);
        const id = newExportId();
        const { actor, at } = change;
        const made = await change.tx.export.create({
          data: {
            ...{ tenantId, id, status: "queued", until: at, createdAt: at, updatedAt: at, createdBy: actor.id, createdByName: actor.name },
            ...{ ...order, filters: given(order.filters) },
          },
        });
        await writeAudit(change, { action: "export.created", targetType: "export", targetId: id, before: null, after: noted(order) });
        return shown(made);
      }),
    /** What is unfinished ends as canceled, what is ready can't be downloaded any more; anything else stays. Throws ControlError `not_found`. */
    cancel: (id: string): Promise<Export> =>
      changeBesidePlan(bound, async (change) => {
        const where = { tenantId, id };
        const ends = { endedAt: change.at, updatedAt: change.at };
        const canceled = await change.tx.export.updateMany({
          where: { ...where, status: { in: unfinished } },
          data: { status: "canceled", ...ends },
        });
        const removed =
          canceled.count > 0
            ? canceled
            : await change.tx.export.updateMany({
                where: { ...where, status: "ready" },
                data: { status: "expired", expiresAt: change.at, updatedAt: change.at },
              });
        const found = await change.tx.export.findUnique({ where: { tenantId_id: where } });
        if (!found) throw noExport();
        if (removed.count > 0)
          await writeAudit(change, {
            action: canceled.count > 0 ? "export.canceled" : "export.removed",
            targetType: "export",
            targetId: id,
            before: null,
            after: null,
          });
        return shown(found);
      }),
    /** Who took it along. */
    noteDownload: (id: string): Promise<void> =>
      changeBesidePlan(bound, (change) =>
        writeAudit(change, { action: "export.downloaded", targetType: "export", targetId: id, before: null, after: null }),
      ),
  };
}

const noExport = () => new ControlError("not_found", "There is no such export.");

const cursorKey = z.tuple([z.iso.datetime(), z.string().max(24)]);

function behind(cursor: string | undefined): Prisma.ExportWhereInput {
  const key = readCursor(cursorKey, cursor);
  if (key === null) return {};
  const at = new Date(key[0]);
  return { createdAt: { lte: at }, OR: [{ createdAt: { lt: at } }, { id: { lt: key[1] } }] };
}

/** Half a character can't be stored, and finds nothing in whatever form. */
const stored = (value: string | boolean) => (typeof value === "string" ? value.toWellFormed() : value);

/** Without those that were not set, which JSON doesn't know. */
const given = (filters: CallRecordFilters): Prisma.InputJsonObject =>
  Object.fromEntries(Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [[name, stored(value)]])));

/** The log outlives the erasure of a number: none stands in it. */
const numbers = ["from", "to", "number", "search"];

const noted = ({ filters, ...order }: ExportOrder): Prisma.InputJsonObject => ({
  ...order,
  filters: Object.fromEntries(
    Object.entries(given(filters)).map(([name, value]) => [
      name,
      numbers.includes(name) && typeof value === "string" ? maskNumber(value) : value,
    ]),
  ),
});

const storedColumns = z.array(z.string());
const statusOf = z.enum(["queued", "running", "ready", "failed", "canceled", "expired"]);
const formatOf = z.enum(["csv", "json"]);
export const storedFilters = z.custom<CallRecordFilters>((value) => typeof value === "object" && value !== null);

/** Never whole before it is. */
const mostProgress = 0.99;

function progressOf({ status, rowCount, estimatedRows }: ExportRow): number {
  if (status === "ready" || status === "expired") return 1;
  if (estimatedRows === null || estimatedRows === 0) return 0;
  return Math.min(mostProgress, rowCount / estimatedRows);
}

/** Past its time it can't be downloaded, whether or not somebody has tidied up. */
const statusNow = ({ status, expiresAt }: ExportRow): ExportStatus =>
  status === "ready" && expiresAt !== null && expiresAt.getTime() <= Date.now() ? "expired" : statusOf.parse(status);

export function shown(row: ExportRow): Export {
  return {
    ...{ id: row.id, status: statusNow(row), format: formatOf.parse(row.format), columns: storedColumns.parse(row.columns) },
    ...{ timeZone: row.timeZone, filters: storedFilters.parse(row.filters), rows: row.rowCount, bytes: Number(row.bytes) },
    ...{ progress: progressOf(row), problem: row.problem, createdBy: row.createdByName },
    ...{
      createdAt: row.createdAt.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
      expiresAt: row.expiresAt?.toISOString() ?? null,
    },
  };
}

/** One tenant's export by its id. */
export type ExportName = { tenantId: TenantId; id: string };
