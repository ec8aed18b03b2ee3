/** Erasures of one tenant: begun by an admin, done by a job, and kept as receipts that hold no number. */
import { maskNumber, numbersMeant } from "@switchboard/routing/number";
import { type ErasureInput, erasureInput } from "@switchboard/routing/input/erasure";
import { z } from "zod";
import { type Bound, type Change, changeBesidePlan, readInput, writeAudit } from "../configuration/change.ts";
import { ControlError } from "../control-error.ts";
import { digestOf } from "./erased-numbers.ts";
import type { Erasure as ErasureRow, Prisma } from "../generated/client.ts";
import { newErasureId } from "../ids.ts";
import { type Page, pageOf, type PageQuery, readCursor } from "../database/keyset.ts";
import { bucketMs } from "../figures/rollup-buckets.ts";
import { seal } from "../secrets/secrets.ts";

export type ErasureStatus = "running" | "waiting" | "done";
export type NamedBy = { kind: "inbound_rule" | "outbound_rule" | "voice_agent" | "agent_group" | "tenant"; id: string };

export type Erasure = {
  id: string;
  /** With its middle hidden. */
  number: string;
  status: ErasureStatus;
  /** What it does or waits for, in words. */
  waitsFor: string | null;
  actorName: string;
  /** ISO 8601. */
  createdAt: string;
  finishedAt: string | null;
  /** How many rows, keys and files, by store. */
  changed: Record<string, number>;
  /** Configuration that still names the number. */
  namedBy: NamedBy[];
  /** Words about its calls that came later, stored without it. */
  lateEvents: number;
};

export const erasureColumn = "erasures.sealed_number";
/** For so long words about calls of before are recognised; nothing of ours or of the platform's is later. */
const guardedMs = 90 * bucketMs.day;

export type Erasures = ReturnType<typeof createErasures>;

export function createErasures(bound: Bound) {
  const { database, tenantId } = bound;
  const { prisma, breaker } = database;
  return {
    /** Throws ControlError `rule_broken` for what is no whole number. */
    create: (input: ErasureInput): Promise<Erasure> => changeBesidePlan(bound, (change) => begin(change, input)),
    /** The latest first. Throws ControlError `rule_broken` for a cursor that is none of ours. */
    list: (query: PageQuery): Promise<Page<Erasure>> =>
      breaker.run(async () => {
        const after = readCursor(z.string().max(24), query.cursor);
        const where = { tenantId, ...(after === null ? {} : { id: { lt: after } }) };
        const rows = await prisma.erasure.findMany({ where, orderBy: { id: "desc" }, take: query.limit + 1 });
        return pageOf(rows, query.limit, { keyOf: ({ id }) => id, shown });
      }),
    /** Throws ControlError `not_found`. */
    get: (id: string): Promise<Erasure> =>
      breaker.run(async () => {
        const row = await prisma.erasure.findUnique({ where: { tenantId_id: { tenantId, id } } });
        if (!row) throw new ControlError("not_found", "There is no such erasure.");
        return shown(row);
      }),
  };
}

async function begin(change: Change, input: ErasureInput): Promise<Erasure> {
  const { tx, tenantId, keyRing, actor, at } = change;
  const { number: typed } = readInput(erasureInput, input);
  const { country } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { country: true } });
  const [number] = numbersMeant(typed, country);
  if (number === undefined) {
    const message = "Write one whole number with its country code, such as +44 20 7946 0000.";
    throw new ControlError("rule_broken", message, { issues: [{ path: ["number"], message }] });
  }
  const id = newErasureId();
  const masked = maskNumber(number);
  const row = await tx.erasure.create({
    data: {
      ...{ tenantId, id, actorId: actor.id, actorName: actor.name, createdAt: at, masked, status: "running" },
      sealedNumber: seal(keyRing, { tenantId, column: erasureColumn, rowId: id }, number),
      digest: digestOf(keyRing, tenantId, number),
      guardedUntil: new Date(at.getTime() + guardedMs),
      ...{ changed: {}, namedBy: [] },
    },
  });
  const after: Prisma.InputJsonObject = { number: masked };
  await writeAudit(change, { action: "number.erased", targetType: "erasure", targetId: id, before: null, after });
  return shown(row);
}

const storedCounts = z.record(z.string(), z.number());
const storedNames = z.array(
  z.object({ kind: z.enum(["inbound_rule", "outbound_rule", "voice_agent", "agent_group", "tenant"]), id: z.string() }),
);
const storedStatus = z.enum(["running", "waiting", "done"]);

const shown = (row: ErasureRow): Erasure => ({
  ...{ id: row.id, number: row.masked, status: storedStatus.parse(row.status), waitsFor: row.waitsFor, actorName: row.actorName },
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  changed: storedCounts.parse(row.changed),
  namedBy: storedNames.parse(row.namedBy),
  lateEvents: row.lateEvents,
});
