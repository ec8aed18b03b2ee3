import { inboundOrder, outboundOrder } from "@switchboard/routing/rule-order";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openControl } from "../control-fixture.ts";
import { newRuleId } from "../ids.ts";
import { placeRules } from "./rule-places.ts";
import { execute, placeholders, rowsOf } from "../database/sql.ts";
import { createTenantSettings } from "./tenant-settings.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

const target = { targetType: "voice_agent" } as const;
const everything = { limit: 200 };

const openTenant = async () => {
  const { tenantId, configuration } = await control.newTenant();
  const { item } = await configuration.agents.create({ name: "Target", provider: "vapi", serviceValue: "x" });
  return { tenantId, ...configuration, agentId: item.id };
};

test("rules that were written without their place are given it, each tenant by its own country, and paged before that", async () => {
  const { tenantId, agentId, inboundRules, outboundRules } = await openTenant();
  const created = new Date();
  const patterns = ["*", "+1*", "+14155550100", "020*", "12"];
  const values = patterns.flatMap((pattern, index) => {
    const at = new Date(created.getTime() + index);
    return [tenantId, newRuleId(), pattern, agentId, at, at];
  });
  const columns = "tenant_id, id, pattern, agent_id, created_at, updated_at";
  await execute(control.database.pool, `INSERT INTO inbound_rules (${columns}) VALUES ${placeholders(patterns.length, 6)}`, values);
  const outbound = [tenantId, newRuleId(), "GB", '{"trunks":["a"]}', created, created];
  const outboundColumns = "tenant_id, id, prefix, trunk_config, created_at, updated_at";
  await execute(control.database.pool, `INSERT INTO outbound_rules (${outboundColumns}) VALUES ${placeholders(1, 6)}`, outbound);
  const first = await inboundRules.list({ limit: 3 });
  const second = await inboundRules.list({ limit: 3, cursor: first.nextCursor ?? "" });
  expect([...first.items, ...second.items].map(({ pattern }) => pattern).toSorted()).toEqual(patterns.toSorted());

  await placeRules(control.database);
  const { items } = await inboundRules.list(everything);
  expect(items.map(({ pattern }) => pattern)).toEqual(["+14155550100", "12", "020*", "+1*", "*"]);
  expect((await outboundRules.list({ ...everything, search: "gb" })).items).toHaveLength(1);
});

test("when the tenant's country changes every rule stands as if it had been saved in it, and back again", async () => {
  const { tenantId, agentId, inboundRules, outboundRules } = await openTenant();
  const texts = ["+442*", "020*", "(020) 7946*", "0044207*", "00*", "0*", "+4420*", "12*", "020 7946 0000", "*"];
  for (const pattern of texts.filter((text) => text !== "00*")) {
    await inboundRules.create({ pattern, ...target, targetId: agentId });
    await inboundRules.create({ pattern: "*", callerPattern: pattern, ...target, targetId: agentId });
  }
  for (const prefix of ["020", "+4420", "(020) 7", "GB"]) {
    await outboundRules.create({ prefix, trunkConfig: { trunks: ["a"] } });
    await outboundRules.create({ callerIdPrefix: prefix, trunkConfig: { trunks: ["a"] } });
  }
  const bound = { ...control, tenantId, actor: { id: null, name: "test" }, announce: async () => {} };
  const settings = createTenantSettings(bound);
  const stored = (table: string) =>
    rowsOf<Record<string, never> & { created_at: Date; evaluation_key: string; match_key: string }>(
      control.database.pool,
      `SELECT * FROM ${table} WHERE tenant_id = ? ORDER BY id`,
      [tenantId],
    );
  for (const country of ["GB", "HU", null]) {
    await settings.update({ version: (await settings.get()).version, country });
    // The operator is answered after a second at the latest, done or not.
    await vi.waitFor(async () => {
      const [inbound, outbound] = [await stored("inbound_rules"), await stored("outbound_rules")];
      expect(inbound.map(({ evaluation_key, match_key }) => [evaluation_key, match_key])).toEqual(
        inbound.map(({ pattern = "", caller_pattern: callerPattern = null, priority = 0, created_at }) => {
          const order = inboundOrder({ pattern, callerPattern, priority, createdAt: created_at.getTime() }, country);
          return [order.evaluationKey, order.matchKey];
        }),
      );
      expect(outbound.map(({ evaluation_key, match_key }) => [evaluation_key, match_key])).toEqual(
        outbound.map(({ prefix = null, caller_id_prefix: callerIdPrefix = null, priority = 0, created_at }) => {
          const order = outboundOrder({ prefix, callerIdPrefix, priority, createdAt: created_at.getTime() }, country);
          return [order.evaluationKey, order.matchKey];
        }),
      );
    }, 10_000);
  }
});

test("a country whose rules nobody moved, since the process ended, is followed by the next look", async () => {
  const { tenantId, agentId, inboundRules } = await openTenant();
  for (const pattern of ["+442*", "020*"]) await inboundRules.create({ pattern, ...target, targetId: agentId });
  const order = async () => (await inboundRules.list(everything)).items.map(({ pattern }) => pattern);
  const moveTo = async (country: string | null, signal?: AbortSignal) => {
    await execute(control.database.pool, "UPDATE tenants SET country = ? WHERE id = ?", [country, tenantId]);
    await placeRules(control.database, signal);
  };
  expect(await order()).toEqual(["+442*", "020*"]);
  await moveTo("GB");
  expect(await order()).toEqual(["020*", "+442*"]);
  await moveTo(null, AbortSignal.abort());
  expect(await order()).toEqual(["020*", "+442*"]);
  await moveTo(null);
  expect(await order()).toEqual(["+442*", "020*"]);
  const [row] = await rowsOf<{ country: string | null; rules_country: string | null }>(
    control.database.pool,
    "SELECT country, rules_country FROM tenants WHERE id = ?",
    [tenantId],
  );
  expect(row).toEqual({ country: null, rules_country: null });
});
