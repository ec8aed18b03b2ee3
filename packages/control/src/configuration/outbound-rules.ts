/** Outbound rules: created, changed and removed by operators, listed in the order in which calls try them. */
import { type RuleId, ruleId } from "@switchboard/routing/ids";
import type { RuleEdit } from "@switchboard/routing/journal-event";
import {
  type OutboundRuleChange,
  outboundRuleChange,
  type OutboundRuleInput,
  outboundRuleInput,
} from "@switchboard/routing/input/routing-rule";
import { parsePrefix } from "@switchboard/routing/pattern";
import type { TrunkConfig } from "@switchboard/routing/plan-source";
import type { z } from "zod";
import { type Bound, type Change, changeConfiguration, type Changed, type ChangedRule, readInput, writeAudit } from "./change.ts";
import { ControlError } from "../control-error.ts";
import type { OutboundRule as RuleRow, Prisma } from "../generated/client.ts";
import { givenFields } from "./given-fields.ts";
import { newRuleId } from "../ids.ts";
import { type Page, pageOf } from "../database/keyset.ts";
import { storedTrunkConfigOf } from "../plans/plan-rows.ts";
import { countryOf, outboundPlace, placeOf, readRulePage, refuseUnreadable, type RuleQuery } from "./rule-columns.ts";

export type OutboundRule = {
  id: RuleId;
  callerIdPrefix: string | null;
  prefix: string | null;
  trunkConfig: TrunkConfig;
  priority: number;
  enabled: boolean;
  version: number;
  /** ISO 8601. */
  createdAt: string;
  updatedAt: string;
};

export type OutboundRules = ReturnType<typeof createOutboundRules>;

const news =
  (change: RuleEdit) =>
  ({ id, version }: OutboundRule): ChangedRule => ({ kind: "outbound", id, change, version });

export function createOutboundRules(bound: Bound) {
  const { database, tenantId } = bound;
  const { prisma, breaker } = database;
  return {
    /** In the order in which calls try them. */
    list: (query: RuleQuery): Promise<Page<OutboundRule>> =>
      breaker.run(async () => {
        const table = { name: "outbound_rules" as const, columns: listedColumns, also: { sql: "", values: [] } };
        const rows = await readRulePage<ListedRow>(database, table, { ...query, tenantId });
        return pageOf(rows, query.limit, { keyOf: placeOf, shown: shownListed });
      }),
    /** Throws ControlError `not_found`. */
    get: (id: string): Promise<OutboundRule> => breaker.run(async () => shown(await readRule(prisma, tenantId, id))),
    /** `id`: of one that was deleted and comes back. Throws ControlError `rule_broken` (a prefix that can't be read, or none at all). */
    create: (input: OutboundRuleInput, id?: RuleId): Promise<Changed<OutboundRule>> =>
      changeConfiguration(bound, (change) => insertOutboundRule(change, input, id), news("created")),
    /** Throws what `create` throws, `not_found` and `stale`. */
    update: (id: string, input: OutboundRuleChange): Promise<Changed<OutboundRule>> =>
      changeConfiguration(bound, (change) => updateOutboundRule(change, ruleId(id), input), news("updated")),
    /** Throws ControlError `not_found`. */
    remove: (id: string): Promise<Changed<OutboundRule>> =>
      changeConfiguration(bound, (change) => deleteOutboundRule(change, ruleId(id)), news("deleted")),
  };
}

async function readRule(prisma: Prisma.TransactionClient, tenantId: string, id: string): Promise<RuleRow> {
  const row = await prisma.outboundRule.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (!row) throw new ControlError("not_found", "There is no such rule.");
  return row;
}

async function checkedColumns({ tx, tenantId }: Change, fields: z.output<typeof outboundRuleInput>, createdAt: Date) {
  const country = await countryOf(tx, tenantId);
  const [prefix, callerIdPrefix] = [
    fields.prefix === "" ? null : fields.prefix,
    fields.callerIdPrefix === "" ? null : fields.callerIdPrefix,
  ];
  const [destination, caller] = [parsePrefix(prefix, country), parsePrefix(callerIdPrefix, country)];
  refuseUnreadable("prefix", destination);
  refuseUnreadable("callerIdPrefix", caller);
  const isBoundless = destination.ok && caller.ok && destination.prefix.kind === "any" && caller.prefix.kind === "any";
  if (isBoundless) {
    const message = "Name a destination or a caller: a rule for every call would open every destination to everybody.";
    throw new ControlError("rule_broken", message, { issues: [{ path: ["prefix"], message }] });
  }
  const rule = { ...fields, prefix, callerIdPrefix };
  return { ...rule, ...outboundPlace({ ...rule, createdAt }, country) };
}

export async function insertOutboundRule(change: Change, input: OutboundRuleInput, id = newRuleId()): Promise<OutboundRule> {
  const { tx, tenantId, at } = change;
  const columns = await checkedColumns(change, readInput(outboundRuleInput, input), at);
  const rule = shown(await tx.outboundRule.create({ data: { ...columns, tenantId, id, createdAt: at, updatedAt: at } }));
  await audit(change, "outbound_rule.created", { before: null, after: rule });
  return rule;
}

async function updateOutboundRule(change: Change, id: RuleId, input: OutboundRuleChange): Promise<OutboundRule> {
  const { tx, tenantId, at } = change;
  const { version, ...given } = readInput(outboundRuleChange, input);
  const row = await readRule(tx, tenantId, id);
  if (row.version !== version) throw new ControlError("stale", "Somebody changed this rule in the meantime.");
  const before = shown(row);
  const { callerIdPrefix, prefix, trunkConfig, priority, enabled } = before;
  const merged = { callerIdPrefix, prefix, trunkConfig, priority, enabled, ...givenFields(given) };
  const columns = await checkedColumns(change, readInput(outboundRuleInput, merged), row.createdAt);
  const data = { ...columns, version: version + 1, updatedAt: at };
  const after = shown(await tx.outboundRule.update({ where: { tenantId_id: { tenantId, id } }, data }));
  await audit(change, "outbound_rule.updated", { before, after });
  return after;
}

async function deleteOutboundRule(change: Change, id: RuleId): Promise<OutboundRule> {
  const { tx, tenantId } = change;
  const rule = shown(await readRule(tx, tenantId, id));
  await tx.outboundRule.delete({ where: { tenantId_id: { tenantId, id } } });
  await audit(change, "outbound_rule.deleted", { before: rule, after: null });
  return rule;
}

type ShownRow = Omit<RuleRow, "tenantId" | "evaluationKey" | "matchKey">;

const listedColumns = `id, caller_id_prefix AS callerIdPrefix, prefix, trunk_config AS trunkConfig, priority, enabled, version,
  created_at AS createdAt, updated_at AS updatedAt, evaluation_key AS evaluationKey`;
type ListedRow = Omit<ShownRow, "enabled" | "trunkConfig"> & { enabled: 0 | 1; trunkConfig: string; evaluationKey: string };

const shownListed = ({ enabled, trunkConfig, ...row }: ListedRow): OutboundRule =>
  shown({ ...row, enabled: enabled === 1, trunkConfig: JSON.parse(trunkConfig) });

function shown(row: ShownRow): OutboundRule {
  const { callerIdPrefix, prefix, priority, enabled, version } = row;
  return {
    ...{ id: ruleId(row.id), callerIdPrefix, prefix, priority, enabled, version },
    trunkConfig: storedTrunkConfigOf(row.trunkConfig),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

type States = { before: OutboundRule | null; after: OutboundRule | null };

const audit = (change: Change, action: string, { before, after }: States): Promise<void> =>
  writeAudit(change, {
    ...{ action, targetType: "outbound_rule", targetId: (after ?? before)?.id ?? "" },
    before: before === null ? null : audited(before),
    after: after === null ? null : audited(after),
  });

function audited({ createdAt: _, updatedAt: __, trunkConfig, ...rest }: OutboundRule): Prisma.InputJsonObject {
  return { ...rest, trunkConfig: { ...trunkConfig } };
}
