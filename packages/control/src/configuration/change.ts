/** One change of a tenant's configuration: made, counted in the plan's version and written to the audit log, all or nothing. */
import type { AgentId, RuleId, TenantId, UserId } from "@switchboard/routing/ids";
import type { RuleEdit } from "@switchboard/routing/journal-event";
import type { RuleChange } from "@switchboard/routing/plan-source";
import type { z } from "zod";
import { ControlError } from "../control-error.ts";
import type { Database } from "../database/database.ts";
import { isDuplicate } from "../database/database-outage.ts";
import { Prisma } from "../generated/client.ts";
import { newAuditId } from "../ids.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { retryTransient } from "../database/retry-transient.ts";

/** Who changes something; `id` null for the product itself (first start, a command). */
export type Actor = { id: UserId | null; name: string };

/** A saved or removed rule: one edit of 50,000 rules then costs every plan in memory one row. */
export type ChangedRule = {
  kind: RuleChange["kind"];
  id: RuleId;
  change: RuleEdit;
  /** The rule's own; of a removed one the last. */
  version: number;
};

/** An agent that was enabled or disabled: people who watch are told. */
export type SwitchedAgent = { kind: "agent"; id: AgentId; enabled: boolean };

/** What has changed in a tenant's configuration, and the plan's version since; `rule` null: anything but one rule. */
export type Announcement = { tenantId: TenantId; version: number; rule: ChangedRule | null; agent: SwitchedAgent | null };

/** What the functions of one tenant work with: they are bound to it, so another's rows can't be named. */
export type Bound = {
  database: Database;
  keyRing: KeyRing;
  tenantId: TenantId;
  actor: Actor;
  /** Told of every change once it is committed, so that plans in memory follow. Must not throw. */
  announce: (change: Announcement) => Promise<void>;
};

/** A transaction in which one tenant's configuration is changed. */
export type Change = Pick<Bound, "keyRing" | "tenantId" | "actor"> & { tx: Prisma.TransactionClient; at: Date; planVersion: bigint };

/** What was done to what; secrets appear only as whether there is one. */
export type AuditNote = {
  action: string;
  targetType: string;
  targetId: string;
  before: Prisma.InputJsonObject | null;
  after: Prisma.InputJsonObject | null;
};

/** What changed, and the plan's version since. */
export type Changed<Item> = { item: Item; planVersion: number };

/**
 * Runs `work` with the tenant's row locked, so that changes of one tenant follow each other; `newsOf` says which rule it was, or
 * which agent was switched, where it was one. Throws ControlError `not_found` for an unknown tenant, `unavailable` when the database is away.
 */
export async function changeConfiguration<Item>(
  bound: Bound,
  work: (change: Change) => Promise<Item>,
  newsOf?: (item: Item) => ChangedRule | SwitchedAgent | null,
): Promise<Changed<Item>> {
  const { database, keyRing, tenantId, actor, announce } = bound;
  const changed = await inPrismaTransaction(database, async (tx) => {
    const at = new Date();
    // The lock comes first: whoever inserts before it would hold a share of the tenant's row and block the next.
    const { count } = await tx.tenant.updateMany({ where: { id: tenantId }, data: { planVersion: { increment: 1 } } });
    if (count !== 1) throw new ControlError("not_found", "There is no such tenant.");
    const { planVersion } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { planVersion: true } });
    const item = await work({ tx, at, keyRing, tenantId, actor, planVersion });
    return { item, planVersion: Number(planVersion) };
  });
  const news = newsOf?.(changed.item) ?? null;
  const about = news?.kind === "agent" ? { rule: null, agent: news } : { rule: news, agent: null };
  await announce({ tenantId, version: changed.planVersion, ...about });
  return changed;
}

/** The same for what no plan holds (people): nothing is compiled anew. */
export async function changeBesidePlan<Item>(bound: Bound, work: (change: Change) => Promise<Item>): Promise<Item> {
  const { database, keyRing, tenantId, actor } = bound;
  return await inPrismaTransaction(database, async (tx) => {
    const at = new Date();
    const [tenant] = await tx.$queryRaw<{ plan_version: bigint }[]>`SELECT plan_version FROM tenants WHERE id = ${tenantId} FOR UPDATE`;
    if (!tenant) throw new ControlError("not_found", "There is no such tenant.");
    return await work({ tx, at, keyRing, tenantId, actor, planVersion: tenant.plan_version });
  });
}

/** A little less than somebody waits for the database (`database.ts`). */
const longestMs = 2000;

/** Throws ControlError `unavailable` when `work` took so long that nobody waits for it any more: then nothing has changed. */
export async function inPrismaTransaction<Result>(
  database: Database,
  work: (tx: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  const until = performance.now() + longestMs;
  return await database.breaker.run(() => retryTransient(() => transactUntil(until, database, work)));
}

/**
 * Takes everything back when it comes too late, between two statements. Prisma's own limit strikes in the middle of one: a row is
 * gone by the time that it is read back. So that limit lies far behind ours.
 */
async function transactUntil<Result>(
  until: number,
  { prisma }: Database,
  work: (tx: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  return await prisma.$transaction(async (tx) => {
    const result = await work(tx);
    if (performance.now() > until) throw new ControlError("unavailable", "The database was too slow: nothing was changed.");
    return result;
  });
}

export async function writeAudit(change: Change, note: AuditNote): Promise<void> {
  const { tx, tenantId, actor, at, planVersion } = change;
  await tx.auditEntry.create({
    data: {
      ...{ tenantId, id: newAuditId(), at, actorId: actor.id, actorName: actor.name, planVersion },
      ...{ action: note.action, targetType: note.targetType, targetId: note.targetId },
      before: note.before ?? Prisma.DbNull,
      after: note.after ?? Prisma.DbNull,
    },
  });
}

/** The parsed input. Throws ControlError `rule_broken` with an issue per field. */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: z.input<Schema>): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({
    path: issue.path.map((part) => (typeof part === "number" ? part : String(part))),
    message: issue.message,
  }));
  throw new ControlError("rule_broken", issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join(" "), { issues });
}

/** Turns a refusal by a unique index into ControlError `conflict` with these words. */
export async function refuseDuplicate<Result>(words: string, statement: Promise<Result>): Promise<Result> {
  try {
    return await statement;
  } catch (error) {
    if (isDuplicate(error)) throw new ControlError("conflict", words, { cause: error });
    throw error;
  }
}
