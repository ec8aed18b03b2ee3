import { afterAll, beforeAll, expect, test } from "vitest";
import { openControl } from "../control-fixture.ts";
import { compilePlan } from "@switchboard/routing/plan";
import type { PlanSource } from "@switchboard/routing/plan-source";
import { loadPlanSource } from "./plan-source.ts";
import { execute } from "../database/sql.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

/** A tenant with two agents, a group, an inbound and an outbound rule. */
const openTenant = async () => {
  const { tenantId, configuration } = await control.newTenant();
  const agentNamed = async (name: string) => (await configuration.agents.create({ name, provider: "vapi", serviceValue: name })).item.id;
  const [first, second] = [await agentNamed("first"), await agentNamed("second")];
  const group = await configuration.groups.create({ name: "both", strategy: "priority", members: [{ agentId: first }] });
  const inbound = await configuration.inboundRules.create({
    pattern: "+1555*",
    targetType: "voice_agent",
    targetId: first,
    fallback: { type: "voice_agent", targetId: second },
  });
  const outbound = await configuration.outboundRules.create({
    prefix: "+44",
    trunkConfig: { trunks: ["a", "b"], callerId: "+15550100001" },
  });
  const load = async (known?: PlanSource): Promise<PlanSource> => {
    const source = await loadPlanSource(control.database, control.keyRing, tenantId, known && compilePlan(known));
    if (!source) throw new Error("no such tenant");
    return source;
  };
  return { tenantId, second, group: group.item.id, rules: { inbound_rules: inbound.item.id, outbound_rules: outbound.item.id }, load };
};

test("rules that a reload finds unchanged are the objects already known", async () => {
  const { load } = await openTenant();
  const known = await load();
  const again = await load(known);
  expect(again).toEqual(known);
  expect(again.inboundRules[0]).toBe(known.inboundRules[0]);
  expect(again.outboundRules[0]).toBe(known.outboundRules[0]);
});

test("whatever is changed of a rule, a reload brings the rule as it is now", async () => {
  const { tenantId, second, group, rules, load } = await openTenant();
  const changes: [keyof typeof rules, string, (string | number | null)[]][] = [
    ["inbound_rules", "pattern = ?", ["+1556*"]],
    ["inbound_rules", "caller_pattern = ?", ["+1444*"]],
    ["inbound_rules", "agent_id = ?", [second]],
    ["inbound_rules", "agent_id = NULL, group_id = ?", [group]],
    ["inbound_rules", "priority = ?", [7]],
    ["inbound_rules", "enabled = ?", [0]],
    ["inbound_rules", "created_at = ?", ["2026-01-02 03:04:05.678"]],
    ["inbound_rules", "fallback = ?, fallback_agent_id = NULL", ['{"type":"hangup"}']],
    ["inbound_rules", "fallback = ?", [null]],
    ["outbound_rules", "caller_id_prefix = ?", ["+1"]],
    ["outbound_rules", "prefix = ?", ["+45"]],
    ["outbound_rules", "trunk_config = ?", ['{"trunks":["a"]}']],
    ["outbound_rules", "priority = ?", [7]],
    ["outbound_rules", "enabled = ?", [0]],
    ["outbound_rules", "created_at = ?", ["2026-01-02 03:04:05.678"]],
  ];
  for (const [table, set, values] of changes) {
    const known = await load();
    await execute(control.database.pool, `UPDATE ${table} SET ${set} WHERE tenant_id = ? AND id = ?`, [...values, tenantId, rules[table]]);
    const anew = await load();
    expect(anew, set).not.toEqual(known);
    expect(await load(known), set).toEqual(anew);
  }
});
