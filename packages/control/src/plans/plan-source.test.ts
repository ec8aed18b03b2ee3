import { afterAll, beforeAll, expect, test } from "vitest";
import { openControl } from "../control-fixture.ts";
import { compilePlan, compilePlanInSlices, type Plan } from "@switchboard/routing/plan";
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
  /** As a server reads it: what has changed since the plan before is put into it. */
  const load = async (before: Plan | null = null): Promise<Plan> => {
    const source = await loadPlanSource(control.database, control.keyRing, tenantId, before ?? undefined);
    if (!source) throw new Error("no such tenant");
    if (before === null) return compilePlan(source);
    for (const slices = compilePlanInSlices(source, undefined, before); ; ) {
      const slice = slices.next();
      if (slice.done) return slice.value;
    }
  };
  return { tenantId, second, group: group.item.id, rules: { inbound_rules: inbound.item.id, outbound_rules: outbound.item.id }, load };
};

const rulesOf = ({ inbound, outbound }: Plan) => [...inbound.rules.values(), ...outbound.rules.values()];

test("a reload that finds every rule as it was keeps the index that calls use", async () => {
  const { load } = await openTenant();
  const known = await load();
  const again = await load(known);
  expect(again.inbound).toBe(known.inbound);
  expect(again.outbound).toBe(known.outbound);
  expect(rulesOf(again)).toHaveLength(2);
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
    expect(rulesOf(known)).toHaveLength(2);
    await execute(control.database.pool, `UPDATE ${table} SET ${set} WHERE tenant_id = ? AND id = ?`, [...values, tenantId, rules[table]]);
    const anew = await load();
    expect(rulesOf(anew), set).not.toEqual(rulesOf(known));
    expect(rulesOf(await load(known)), set).toEqual(rulesOf(anew));
  }
});
