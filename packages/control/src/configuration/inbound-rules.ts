/** Inbound rules: created, changed and removed by operators, listed in the order in which calls try them. */
import { agentId, groupId, type RuleId, ruleId } from "@switchboard/routing/ids";
import {
  type InboundRuleChange,
  inboundRuleChange,
  type InboundRuleInput,
  inboundRuleInput,
} from "@switchboard/routing/input/routing-rule";
import type { RuleEdit } from "@switchboard/routing/journal-event";
import { parsePattern } from "@switchboard/routing/pattern";
import type { Fallback, RuleTarget } from "@switchboard/routing/plan-source";
import type { z } from "zod";
import { type Bound, type Change, changeConfiguration, type Changed, type ChangedRule, readInput, writeAudit } from "./change.ts";
import { ControlError } from "../control-error.ts";
import { checkAgent, checkFallbackTarget, checkGroup, fallbackColumns, storedFallbackOf } from "./fallback-columns.ts";
import { refuseRuleLoop } from "./fallback-loops.ts";
import type { InboundRule as RuleRow, Prisma } from "../generated/client.ts";
import { givenFields } from "./given-fields.ts";
import { newRuleId } from "../ids.ts";
import { type Page, pageOf } from "../database/keyset.ts";
import { countryOf, inboundPlace, placeOf, readRulePage, refuseUnreadable, type RuleQuery } from "./rule-columns.ts";
import type { SearchedTable } from "./rule-search.ts";

export type InboundRule = {
  id: RuleId;
  pattern: string;
  callerPattern: string | null;
  targetType: RuleTarget["type"];
  targetId: RuleTarget["id"];
  priority: number;
  enabled: boolean;
  fallback: Fallback;
  version: number;
  /** ISO 8601. */
  createdAt: string;
  updatedAt: string;
};

export type InboundRuleQuery = RuleQuery & { targetType?: RuleTarget["type"] | undefined; targetId?: string | undefined };

export type InboundRules = ReturnType<typeof createInboundRules>;

const news =
  (change: RuleEdit) =>
  ({ id, version }: InboundRule): ChangedRule => ({ kind: "inbound", id, change, version });

export function createInboundRules(bound: Bound) {
  const { database, tenantId } = bound;
  const { prisma, breaker } = database;
  return {
    /** In the order in which calls try them. */
    list: ({ targetType, targetId, ...query }: InboundRuleQuery): Promise<Page<InboundRule>> =>
      breaker.run(async () => {
        const table = { name: "inbound_rules" as const, columns: listedColumns, also: aimedSql(targetType, targetId) };
        const rows = await readRulePage<ListedRow>(database, table, { ...query, tenantId });
        return pageOf(rows, query.limit, { keyOf: placeOf, shown: shownListed });
      }),
    /** Throws ControlError `not_found`. */
    get: (id: string): Promise<InboundRule> => breaker.run(async () => shown(await readRule(prisma, tenantId, id))),
    /** The names of what these rules point at, by its id. */
    targetNames: (rules: readonly Aimed[]): Promise<Map<string, string>> => breaker.run(() => targetNames(prisma, tenantId, rules)),
    /** `id`: of one that was deleted and comes back. Throws ControlError `rule_broken` (an unreadable pattern, a circle of fallbacks), `not_found` (a target that is not the tenant's). */
    create: (input: InboundRuleInput, id?: RuleId): Promise<Changed<InboundRule>> =>
      changeConfiguration(bound, (change) => insertInboundRule(change, input, id), news("created")),
    /** Throws what `create` throws, and `stale`. */
    update: (id: string, input: InboundRuleChange): Promise<Changed<InboundRule>> =>
      changeConfiguration(bound, (change) => updateInboundRule(change, ruleId(id), input), news("updated")),
    /** Throws ControlError `not_found`. */
    remove: (id: string): Promise<Changed<InboundRule>> =>
      changeConfiguration(bound, (change) => deleteInboundRule(change, ruleId(id)), news("deleted")),
  };
}

type Aimed = Pick<InboundRule, "targetType" | "targetId">;

async function targetNames(prisma: Prisma.TransactionClient, tenantId: string, rules: readonly Aimed[]): Promise<Map<string, string>> {
  const idsOf = (type: RuleTarget["type"]) => [...new Set(rules.flatMap((rule) => (rule.targetType === type ? [rule.targetId] : [])))];
  const [agentIds, groupIds] = [idsOf("voice_agent"), idsOf("agent_group")];
  const named = (ids: string[]) => ({ where: { tenantId, id: { in: ids } }, select: { id: true, name: true } });
  const agents = agentIds.length === 0 ? [] : await prisma.voiceAgent.findMany(named(agentIds));
  const groups = groupIds.length === 0 ? [] : await prisma.agentGroup.findMany(named(groupIds));
  return new Map([...agents, ...groups].map(({ id, name }) => [id, name]));
}

/** What a list asks of the targets. */
function aimedSql(type: RuleTarget["type"] | undefined, id: string | undefined): SearchedTable["also"] {
  const columns = type === undefined ? ["agent_id", "group_id"] : [type === "voice_agent" ? "agent_id" : "group_id"];
  if (id !== undefined) return { sql: `(${columns.map((column) => `${column} = ?`).join(" OR ")})`, values: columns.map(() => id) };
  return { sql: type === undefined ? "" : `${columns[0]} IS NOT NULL`, values: [] };
}

async function readRule(prisma: Prisma.TransactionClient, tenantId: string, id: string): Promise<RuleRow> {
  const row = await prisma.inboundRule.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (!row) throw new ControlError("not_found", "There is no such rule.");
  return row;
}

type Fields = z.output<typeof inboundRuleInput>;

/** What is stored of a rule, once everything it says has been checked as it will be used. */
async function checkedColumns(change: Change, fields: Fields, createdAt: Date) {
  const { tx, tenantId } = change;
  const { targetType, targetId, fallback, ...rest } = fields;
  const country = await countryOf(tx, tenantId);
  refuseUnreadable("pattern", parsePattern(rest.pattern, country));
  if (rest.callerPattern !== null) refuseUnreadable("callerPattern", parsePattern(rest.callerPattern, country));
  const target =
    targetType === "voice_agent" ? { agentId: agentId(targetId), groupId: null } : { agentId: null, groupId: groupId(targetId) };
  await (targetType === "voice_agent" ? checkAgent : checkGroup)(tx, { tenantId, id: targetId, path: ["targetId"] });
  await checkFallbackTarget(tx, tenantId, fallback);
  await refuseRuleLoop(change, target.groupId ?? target.agentId, fallback);
  return { ...rest, ...target, ...fallbackColumns(fallback), ...inboundPlace({ ...rest, createdAt }, country) };
}

export async function insertInboundRule(change: Change, input: InboundRuleInput, id = newRuleId()): Promise<InboundRule> {
  const { tx, tenantId, at } = change;
  const columns = await checkedColumns(change, readInput(inboundRuleInput, input), at);
  const rule = shown(await tx.inboundRule.create({ data: { ...columns, tenantId, id, createdAt: at, updatedAt: at } }));
  await audit(change, "inbound_rule.created", { before: null, after: rule });
  return rule;
}

async function updateInboundRule(change: Change, id: RuleId, input: InboundRuleChange): Promise<InboundRule> {
  const { tx, tenantId, at } = change;
  const { version, ...given } = readInput(inboundRuleChange, input);
  const row = await readRule(tx, tenantId, id);
  if (row.version !== version) throw new ControlError("stale", "Somebody changed this rule in the meantime.");
  refuseHalfTarget(given);
  const before = shown(row);
  const { pattern, callerPattern, targetType, targetId, priority, enabled, fallback } = before;
  const kept = { pattern, callerPattern, targetType, targetId, priority, enabled, fallback };
  const columns = await checkedColumns(change, readInput(inboundRuleInput, { ...kept, ...givenFields(given) }), row.createdAt);
  const data = { ...columns, version: version + 1, updatedAt: at };
  const after = shown(await tx.inboundRule.update({ where: { tenantId_id: { tenantId, id } }, data }));
  await audit(change, "inbound_rule.updated", { before, after });
  return after;
}

function refuseHalfTarget({ targetType, targetId }: { targetType?: string | undefined; targetId?: string | undefined }): void {
  if ((targetType === undefined) === (targetId === undefined)) return;
  const missing = targetType === undefined ? "targetType" : "targetId";
  const message = "A target is given by targetType and targetId together.";
  throw new ControlError("rule_broken", message, { issues: [{ path: [missing], message }] });
}

async function deleteInboundRule(change: Change, id: RuleId): Promise<InboundRule> {
  const { tx, tenantId } = change;
  const rule = shown(await readRule(tx, tenantId, id));
  await tx.inboundRule.delete({ where: { tenantId_id: { tenantId, id } } });
  await audit(change, "inbound_rule.deleted", { before: rule, after: null });
  return rule;
}

type ShownRow = Omit<RuleRow, "tenantId" | "fallbackAgentId" | "fallbackGroupId" | "evaluationKey" | "matchKey">;

const listedColumns = `id, pattern, caller_pattern AS callerPattern, agent_id AS agentId, group_id AS groupId, priority, enabled, fallback,
  version, created_at AS createdAt, updated_at AS updatedAt, evaluation_key AS evaluationKey`;
type ListedRow = Omit<ShownRow, "enabled" | "fallback"> & { enabled: 0 | 1; fallback: string | null; evaluationKey: string };

const shownListed = ({ enabled, fallback, ...row }: ListedRow): InboundRule =>
  shown({ ...row, enabled: enabled === 1, fallback: fallback === null ? null : JSON.parse(fallback) });

function shown(row: ShownRow): InboundRule {
  const { pattern, callerPattern, priority, enabled, version } = row;
  // A CHECK keeps exactly one of the two.
  const target: RuleTarget =
    row.agentId === null ? { type: "agent_group", id: groupId(row.groupId ?? "") } : { type: "voice_agent", id: agentId(row.agentId) };
  return {
    ...{ id: ruleId(row.id), pattern, callerPattern, targetType: target.type, targetId: target.id, priority, enabled },
    fallback: storedFallbackOf(row.fallback),
    version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

type States = { before: InboundRule | null; after: InboundRule | null };

const audit = (change: Change, action: string, { before, after }: States): Promise<void> =>
  writeAudit(change, {
    ...{ action, targetType: "inbound_rule", targetId: (after ?? before)?.id ?? "" },
    before: before === null ? null : audited(before),
    after: after === null ? null : audited(after),
  });

function audited({ createdAt: _, updatedAt: __, fallback, ...rest }: InboundRule): Prisma.InputJsonObject {
  return { ...rest, fallback: fallback === null ? null : { ...fallback } };
}
