/** The tenant's own settings and secrets, through the door, on two processes. */
import { execute, rowsOf } from "@switchboard/control/sql";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openOperators, type Operators } from "./operators.ts";
import { openRest, type Rest } from "./rest.ts";
import type { TestTenant } from "./test-server.ts";

let world: Operators;
let doors: Operators["app"][];
const admin: Record<string, Rest> = {};
let watcher: Rest;
beforeAll(async () => {
  world = await openOperators();
  const another = await world.startAnother();
  doors = [world.app, another.app];
  const { own, other, watcher: watching } = world.tenants;
  for (const [name, tenant] of Object.entries({ own, other })) {
    await using person = await world.signIn(tenant);
    admin[name] = openRest(world.base, person.token.current);
  }
  {
    await using person = await world.signIn(watching);
    await person.api.tenant.update.mutate({ version: 1, fallback: { type: "number", number: "+14155550177" } });
  }
  await world.setUser(watching.email, "role = 'user'");
  await using person = await world.signIn(watching);
  watcher = openRest(world.base, person.token.current);
});
afterAll(() => world.stop());

const own: Rest = (...request) => admin["own"]?.(...request) ?? Promise.reject(new Error("nobody"));
const other: Rest = (...request) => admin["other"]?.(...request) ?? Promise.reject(new Error("nobody"));
const versionOf = async (ask: Rest) => Number((await ask("GET", "/tenant")).body["version"]);
const change = async (fields: object, ask = own) => ask("PUT", "/tenant", { version: await versionOf(ask), ...fields });

/** The status that each process answers a call of this tenant with. */
const ringAll = (tenant: TestTenant, fields = {}) =>
  Promise.all(doors.map(async (app) => (await openDoor(app, tenant).ring({ Session: newSession(), ...fields })).status));

const update = (tenant: TestTenant) =>
  Promise.all(doors.map((app) => openDoor(app, tenant).update({ token: newSession(), status: "ringing" })));

/** Within the promised second. */
const soon = (work: () => Promise<void>) => vi.waitFor(work, { timeout: 10_000, interval: 20 });

test("the settings are shown whole to an admin, with the addresses that Cloudonix calls", async () => {
  const { tenantKey, domain } = world.tenants.own;
  const { status, body } = await own("GET", "/tenant");
  expect(status).toBe(200);
  expect(body).toEqual({
    ...{ name: domain, domain, aliases: [], country: null, tenantKey, fallback: null, maxConcurrentCalls: null },
    ...{ hasCloudonixKey: false, version: 1, payloadDays: 14, recordMonths: 13 },
    webhooks: {
      voiceApplication: expect.stringMatching(new RegExp(`^http://.*/api/webhooks/voice-application/${tenantKey}$`)),
      sessionUpdate: expect.stringContaining(`/api/webhooks/session-update/${tenantKey}`),
      cdr: expect.stringContaining(`/api/webhooks/cdr/${tenantKey}`),
    },
  });
});

test("the role user sees the settings without the key, and changes none", async () => {
  const { status, text, body } = await watcher("GET", "/tenant");
  expect([status, body["domain"]]).toEqual([200, world.tenants.watcher.domain]);
  expect(text).not.toContain(world.tenants.watcher.tenantKey);
  expect(body["fallback"]).toEqual({ type: "number", number: "+1415•••0177" });
  expect(body["webhooks"]).toMatchObject({ cdr: expect.stringMatching(/\/cdr\/•+$/) });
  for (const [method, path, input] of [
    ["PUT", "/tenant", { version: 1, name: "Mine" }],
    ["POST", "/tenant/webhook-token", {}],
    ["POST", "/tenant/webhook-key", {}],
  ] as const) {
    expect((await watcher(method, path, input)).status).toBe(403);
  }
});

test("the fields given are changed, the rest stays; an old version is refused", async () => {
  const before = await versionOf(own);
  const changed = await change({ name: "Acme", country: "GB", maxConcurrentCalls: 7, fallback: { type: "reject", reason: "busy" } });
  expect(changed).toMatchObject({
    status: 200,
    body: { name: "Acme", country: "GB", maxConcurrentCalls: 7, fallback: { type: "reject", reason: "busy" }, version: before + 1 },
  });
  expect(await own("PUT", "/tenant", { version: before, name: "Old" })).toMatchObject({ status: 409, body: { stale: true } });
  expect(await change({ fallback: null, maxConcurrentCalls: null })).toMatchObject({
    status: 200,
    body: { name: "Acme", country: "GB", maxConcurrentCalls: null, fallback: null },
  });
});

test("what can't be is refused with words at the field, and nothing is changed", async () => {
  const version = await versionOf(own);
  const { items } = (await other("GET", "/voice-agents")).body as { items: { id: string }[] };
  for (const [fields, status, path] of [
    [{ domain: "no domain" }, 400, "domain"],
    [{ country: "gb" }, 400, "country"],
    [{ aliases: ["ok.example", "-bad-"] }, 400, "aliases.1"],
    [{ maxConcurrentCalls: -1 }, 400, "maxConcurrentCalls"],
    [{ fallback: { type: "voice_agent", targetId: items[0]?.id } }, 404, "fallback.targetId"],
    [{ tenantKey: "mine" }, 400, ""],
  ] as const) {
    const refused = await own("PUT", "/tenant", { version, name: "Changed", ...fields });
    expect([refused.status, refused.body["issues"]]).toEqual([status, [expect.objectContaining({ path })]]);
  }
  expect((await own("PUT", "/tenant", { name: "Changed" })).status).toBe(400);
  expect((await own("GET", "/tenant")).body).toMatchObject({ version, name: "Acme" });
});

test("calls of a new alias are taken by every process within a second, those of one that was taken away no longer", async () => {
  const { own: tenant } = world.tenants;
  const Domain = "alias.own.example";
  expect(await ringAll(tenant, { Domain })).toEqual([403, 403]);
  expect((await change({ aliases: ["Alias.Own.example.", tenant.domain] })).body).toMatchObject({ aliases: [Domain] });
  await soon(async () => expect(await ringAll(tenant, { Domain })).toEqual([200, 200]));
  await change({ domain: Domain, aliases: [tenant.domain] });
  expect((await own("GET", "/tenant")).body).toMatchObject({ domain: Domain, aliases: [tenant.domain] });
  await change({ domain: tenant.domain, aliases: [] });
  await soon(async () => expect(await ringAll(tenant, { Domain })).toEqual([403, 403]));
});

test("a domain belongs to one tenant: as domain or as alias it is refused to another", async () => {
  const { domain } = world.tenants.other;
  for (const fields of [{ domain }, { aliases: [domain.toUpperCase()] }]) {
    expect(await change(fields)).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
  }
  expect((await own("GET", "/tenant")).body).toMatchObject({ domain: world.tenants.own.domain, aliases: [] });
});

test("the Cloudonix key is sealed, never shown, and can be taken away", async () => {
  const set = await change({ cloudonixKey: "cloudonix-canary" });
  expect([set.status, set.body["hasCloudonixKey"]]).toEqual([200, true]);
  const { pool } = world.database;
  const [row] = await rowsOf<{ sealed: string }>(pool, "SELECT sealed_cloudonix_key AS sealed FROM tenants WHERE id = ?", [
    world.tenants.own.tenantId,
  ]);
  expect(row?.sealed).toMatch(/^v1\./);
  const stored = await rowsOf(pool, "SELECT * FROM audit_log");
  expect([set.text, row?.sealed, JSON.stringify(stored), world.logs.join()].join()).not.toContain("cloudonix-canary");
  expect((await change({ cloudonixKey: null })).body).toMatchObject({ hasCloudonixKey: false });
});

test("a replaced token: old and new work on every process, and after the grace only the new one", async () => {
  const { own: tenant } = world.tenants;
  const { status, text, body } = await own("POST", "/tenant/webhook-token");
  expect([status, Date.parse(String(body["previousValidUntil"])) > Date.now() + 23 * 3_600_000]).toEqual([200, true]);
  const renewed = { ...tenant, webhookToken: String(body["webhookToken"]) };
  expect(renewed.webhookToken).not.toBe(tenant.webhookToken);
  await soon(async () => expect(await ringAll(renewed)).toEqual([200, 200]));
  expect(await ringAll(tenant)).toEqual([200, 200]);

  const { pool } = world.database;
  await execute(pool, "UPDATE webhook_tokens SET valid_until = '2026-01-01' WHERE tenant_id = ? AND valid_until IS NOT NULL", [
    tenant.tenantId,
  ]);
  await change({ name: "Acme again" });
  await soon(async () => expect(await ringAll(tenant)).toEqual([401, 401]));
  expect(await ringAll(renewed)).toEqual([200, 200]);

  await own("POST", "/tenant/webhook-token");
  expect(await rowsOf(pool, "SELECT id FROM webhook_tokens WHERE tenant_id = ?", [tenant.tenantId])).toHaveLength(2);
  expect(text).not.toContain("hash");
  expect(JSON.stringify(await rowsOf(pool, "SELECT * FROM audit_log")) + world.logs.join()).not.toContain(renewed.webhookToken);
});

test("a replaced key in the webhooks' addresses: old and new work on every process, and after the grace only the new one", async () => {
  const { other: tenant } = world.tenants;
  const { status, body } = await other("POST", "/tenant/webhook-key");
  const renewed = { ...tenant, tenantKey: String(body["tenantKey"]) };
  expect(status).toBe(200);
  expect(renewed.tenantKey).toMatch(/^[0-9a-f]{32}$/);
  expect(body["webhooks"]).toMatchObject({ cdr: expect.stringContaining(renewed.tenantKey) });
  await soon(async () => expect(await update(renewed)).toEqual([204, 204]));
  expect(await update(tenant)).toEqual([204, 204]);
  expect((await other("GET", "/tenant")).body).toMatchObject({ tenantKey: renewed.tenantKey });

  const { pool } = world.database;
  await execute(pool, "UPDATE tenants SET previous_key_valid_until = '2026-01-01' WHERE id = ?", [tenant.tenantId]);
  await change({ name: "Other again" }, other);
  await soon(async () => expect(await update(tenant)).toEqual([401, 401]));
  expect(await update(renewed)).toEqual([204, 204]);
  expect(JSON.stringify(await rowsOf(pool, "SELECT * FROM audit_log")) + world.logs.join()).not.toContain(renewed.tenantKey);
});
