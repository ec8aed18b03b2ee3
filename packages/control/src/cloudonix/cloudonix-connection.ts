/** How a tenant's domain was connected at Cloudonix: what was set there, what was there before (sealed), how far it came, and since when it differs. */
import type { TenantId } from "@switchboard/routing/ids";
import { z } from "zod";
import { type Bound, type Change, changeBesidePlan, writeAudit } from "../configuration/change.ts";
import { ControlError } from "../control-error.ts";
import type { Database } from "../database/database.ts";
import { type CloudonixConnection as Row, Prisma } from "../generated/client.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { seal, unseal } from "../secrets/secrets.ts";

export const connectionStates = ["applying", "connected", "undoing", "undone"] as const;
export type ConnectionState = (typeof connectionStates)[number];

const stepShape = z.object({
  step: z.string(),
  state: z.enum(["open", "done", "not_needed", "failed"]),
  /** Why it failed, or what is left to do. */
  words: z.string().nullable(),
});
export type ConnectionStep = z.infer<typeof stepShape>;

const differenceShape = z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() });
/** `before`: as it is there; `after`: as it should be. Masked. */
export type ConnectionDifference = z.infer<typeof differenceShape>;

export type CloudonixConnection = {
  domain: string;
  state: ConnectionState;
  isDefault: boolean;
  /** JSON of what was set and what was there before; null once that is back. Holds secrets. */
  record: string | null;
  steps: ConnectionStep[];
  isBusy: boolean;
  changedAt: Date;
  checkedAt: Date | null;
  checkFailure: string | null;
  drift: ConnectionDifference[] | null;
  driftSince: Date | null;
};

type Progress = { state: ConnectionState; steps: ConnectionStep[] };
export type ConnectionBeginning = Progress & Pick<CloudonixConnection, "domain" | "isDefault" | "record">;
export type ConnectionEnd = Progress & Pick<CloudonixConnection, "record"> & { note: Prisma.InputJsonObject };

export const connectionRecordColumn = "cloudonix_connections.sealed_record";
/** A process that ends meanwhile keeps others away for no longer. */
const busyMs = 60_000;

const placeOf = (tenantId: TenantId) => ({ tenantId, column: connectionRecordColumn, rowId: tenantId });

function connectionOf(row: Row, tenantId: TenantId, keyRing: KeyRing): CloudonixConnection {
  const { domain, isDefault, changedAt, checkedAt, checkFailure, driftSince } = row;
  return {
    ...{ domain, isDefault, changedAt, checkedAt, checkFailure, driftSince },
    state: z.enum(connectionStates).parse(row.state),
    record: row.sealedRecord === null ? null : unseal(keyRing, placeOf(tenantId), row.sealedRecord),
    steps: z.array(stepShape).parse(row.steps),
    isBusy: row.busyUntil !== null && row.busyUntil > new Date(),
    drift: row.drift === null ? null : z.array(differenceShape).parse(row.drift),
  };
}

/** Null: never connected. Throws ControlError `unavailable`. */
export async function readConnection(
  { breaker, prisma }: Database,
  keyRing: KeyRing,
  tenantId: TenantId,
): Promise<CloudonixConnection | null> {
  const row = await breaker.run(() => prisma.cloudonixConnection.findUnique({ where: { id: tenantId } }));
  return row && connectionOf(row, tenantId, keyRing);
}

export type CloudonixConnections = ReturnType<typeof createConnections>;

export function createConnections(bound: Bound) {
  const { database, keyRing, tenantId } = bound;
  return {
    read: () => readConnection(database, keyRing, tenantId),
    /** Keeps others away. Throws ControlError `conflict` while somebody else is at it. */
    begin: (beginning: ConnectionBeginning): Promise<void> => changeBesidePlan(bound, (change) => beginChange(change, beginning)),
    /** Each step as it comes, so that it is known how far a change came that was cut off. */
    note: ({ state, steps }: Progress): Promise<unknown> =>
      database.breaker.run(() =>
        database.prisma.cloudonixConnection.update({ where: { id: tenantId }, data: { state, steps, busyUntil: busyUntil(new Date()) } }),
      ),
    /** Whole or not: `steps` say. `note` goes to the audit log. */
    end: (end: ConnectionEnd): Promise<void> => changeBesidePlan(bound, (change) => endChange(change, end)),
  };
}

const busyUntil = (at: Date): Date => new Date(at.getTime() + busyMs);

const sealedRecord = ({ keyRing, tenantId }: Change, record: string | null): string | null =>
  record === null ? null : seal(keyRing, placeOf(tenantId), record);

async function beginChange(change: Change, { domain, state, isDefault, steps, record }: ConnectionBeginning): Promise<void> {
  const { tx, tenantId, at } = change;
  const row = await tx.cloudonixConnection.findUnique({ where: { id: tenantId }, select: { busyUntil: true } });
  if (row?.busyUntil && row.busyUntil > at)
    throw new ControlError("conflict", "Somebody is changing this domain at Cloudonix right now. Try again in a minute.");
  const data = { domain, state, isDefault, steps, changedAt: at, busyUntil: busyUntil(at), sealedRecord: sealedRecord(change, record) };
  await tx.cloudonixConnection.upsert({ where: { id: tenantId }, create: { ...data, id: tenantId }, update: data });
}

async function endChange(change: Change, { state, steps, record, note }: ConnectionEnd): Promise<void> {
  const { tx, tenantId, at } = change;
  const checked = { checkedAt: at, checkFailure: null, drift: Prisma.DbNull, driftSince: null };
  await tx.cloudonixConnection.update({
    where: { id: tenantId },
    data: { ...checked, state, steps, busyUntil: null, changedAt: at, sealedRecord: sealedRecord(change, record) },
  });
  const action = state === "connected" || state === "applying" ? "cloudonix.applied" : "cloudonix.undone";
  const outcome = steps.map(({ step, state, words }) => ({ step, state, words }));
  await writeAudit(change, {
    action,
    targetType: "cloudonix",
    targetId: tenantId,
    before: null,
    after: { ...note, steps: outcome },
  });
}
