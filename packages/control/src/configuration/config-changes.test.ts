import { afterAll, beforeAll, expect, test } from "vitest";
import { openControl } from "../control-fixture.ts";
import { ControlError } from "../control-error.ts";
import { loadDirectory, rememberReportBearer } from "../plans/directory.ts";
import { inPrismaTransaction } from "./change.ts";
import { seedDemo } from "./demo.ts";
import { loadPlanSource, loadRule } from "../plans/plan-source.ts";
import { execute, placeholders, rowsOf } from "../database/sql.ts";
import { createTenant } from "./tenants.ts";
import { hashToken } from "../secrets/tokens.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

const kindOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: unknown) => (error instanceof ControlError ? error.kind : error),
  );
const agent = (name: string) => ({ name, provider: "retell", serviceValue: "+15550100101" });

test("the demo tenant is created once, whole, with a rule for each strategy, and what is shown once is written before it exists", async () => {
  await using empty = await openControl();
  const seen: number[] = [];
  const note = async () => void seen.push(await empty.database.prisma.tenant.count());
  const [first, second] = await Promise.all([seedDemo(empty.deps, note), seedDemo(empty.deps, note)]);
  const demo = first ?? second;
  expect([first, second].filter(Boolean)).toHaveLength(1);
  expect(seen).toEqual([0]);
  if (!demo) throw new Error("no demo");
  const source = await loadPlanSource(empty.database, empty.keyRing, demo.tenantId);
  expect(source?.agents.map((each) => each.provider)).toEqual(["retell", "retell", "vapi", "vapi"]);
  expect(source?.groups.map((each) => [each.strategy, each.members.length])).toEqual([
    ["round_robin", 4],
    ["priority", 3],
    ["load_balanced", 4],
  ]);
  expect([...(source?.inboundRules.values() ?? [])].map((rule) => rule.pattern)).toEqual(["+15550100001", "+15550100002", "*"]);
  expect(source?.outboundRules.size).toBe(1);
  expect(await seedDemo(empty.deps, note)).toBeNull();
});

test("a demo whose secrets could not be written down is not created", async () => {
  await using empty = await openControl();
  await expect(seedDemo(empty.deps, () => Promise.reject(new Error("disk full")))).rejects.toThrow("disk full");
  expect(await empty.database.prisma.tenant.count()).toBe(0);
});

/** As long as a machine that is short of everything takes: more than anybody waits. */
const slowly = async (ask: (sql: string) => Promise<unknown>) => {
  for (let part = 0; part < 3; part += 1) await ask("SELECT SLEEP(0.75)");
};

test("a first start on a slow machine has its demo all the same", async () => {
  await using empty = await openControl();
  const { pool } = empty.database;
  expect(await seedDemo(empty.deps, () => slowly((sql) => pool.query(sql)))).toMatchObject({ domain: "demo.example" });
});

test("a change that takes longer than anybody waits for it changes nothing, and says so", async () => {
  const { tenantId } = await control.newTenant();
  const { database } = control;
  const nameOf = () => rowsOf(database.pool, "SELECT name FROM tenants WHERE id = ? FOR UPDATE", [tenantId]);
  const before = await nameOf();
  const late = inPrismaTransaction(database, async (tx) => {
    await tx.tenant.update({ where: { id: tenantId }, data: { name: "Too late" } });
    await slowly((sql) => tx.$queryRawUnsafe(sql));
  });
  expect(await kindOf(late)).toBe("unavailable");
  expect(await nameOf()).toEqual(before);
});

test("a new tenant is in the directory with its key, the hash of its token and its domains", async () => {
  const created = await createTenant(control.deps, {
    domain: "ACME.example.",
    aliases: ["alias.acme.example"],
    email: "Ada@acme.example",
    password: "correct horse battery",
  });
  const entry = (await loadDirectory(control.database)).find(({ id }) => id === created.tenantId);
  expect(entry).toEqual({
    id: created.tenantId,
    keys: [{ value: created.tenantKey, validUntil: null }],
    tokens: [{ hash: hashToken(created.webhookToken), validUntil: null }],
    domains: new Set(["acme.example", "alias.acme.example"]),
    reportsCarryBearer: false,
    planVersion: 1,
  });
  await rememberReportBearer(control.database, created.tenantId);
  expect((await loadDirectory(control.database)).find(({ id }) => id === created.tenantId)?.reportsCarryBearer).toBe(true);
});

test("a domain, an alias and an e-mail address belong to one tenant; a weak password makes none", async () => {
  const password = "correct horse battery";
  await createTenant(control.deps, { domain: "one.example", aliases: ["uno.example"], email: "one@example.com", password });
  expect(await kindOf(createTenant(control.deps, { domain: "uno.example", email: "two@example.com", password }))).toBe("conflict");
  expect(await kindOf(createTenant(control.deps, { domain: "two.example", email: "ONE@example.com", password }))).toBe("conflict");
  expect(await kindOf(createTenant(control.deps, { domain: "two.example", email: "two@example.com", password: "password1234" }))).toBe(
    "rule_broken",
  );
  expect(await kindOf(createTenant(control.deps, { domain: "not a domain", email: "two@example.com", password }))).toBe("rule_broken");
  expect(await rowsOf(control.database.pool, "SELECT COUNT(*) AS count FROM tenant_domains WHERE domain = 'two.example'")).toEqual([
    { count: 0 },
  ]);
});

test("every change raises the plan's version by one, also when twenty are made at once, and each is audited", async () => {
  const { tenantId, configuration } = await control.newTenant();
  const changes = await Promise.all(Array.from({ length: 20 }, (_, index) => configuration.agents.create(agent(`Agent ${index}`))));
  expect(changes.map((change) => change.planVersion).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 2),
  );
  expect(await control.database.prisma.auditEntry.count({ where: { tenantId, action: "agent.created" } })).toBe(20);
});

test("a password is sealed in the table, open in the plan, and nowhere in the answer or the audit", async () => {
  const { tenantId, configuration } = await control.newTenant();
  const { item } = await configuration.agents.create({ ...agent("Sealed"), username: "user", password: "canary-5f1d" });
  const { item: changed } = await configuration.agents.update(item.id, { version: item.version, enabled: false });
  expect([item.hasPassword, changed.hasPassword, changed.enabled, changed.version]).toEqual([true, true, false, 2]);
  const source = await loadPlanSource(control.database, control.keyRing, tenantId);
  expect(source?.agents).toMatchObject([{ id: item.id, username: "user", password: "canary-5f1d", enabled: false }]);
  const stored = await rowsOf(control.database.pool, "SELECT * FROM voice_agents WHERE tenant_id = ?", [tenantId]);
  const audit = await control.database.prisma.auditEntry.findMany({ where: { tenantId } });
  expect(JSON.stringify([item, changed, stored, audit], (_, value) => (typeof value === "bigint" ? Number(value) : value))).not.toContain(
    "canary",
  );
  expect(audit.find((entry) => entry.action === "agent.updated")).toMatchObject({
    before: { enabled: true },
    after: { enabled: false, hasPassword: true },
  });
});

test("a sealed password copied into another tenant's row does not open there", async () => {
  const [mine, theirs] = [await control.newTenant(), await control.newTenant()];
  const { item } = await mine.configuration.agents.create({ ...agent("Mine"), password: "secret" });
  const { item: thief } = await theirs.configuration.agents.create({ ...agent("Thief"), password: "other" });
  await execute(
    control.database.pool,
    "UPDATE voice_agents t JOIN voice_agents m ON m.tenant_id = ? AND m.id = ? SET t.sealed_password = m.sealed_password WHERE t.tenant_id = ? AND t.id = ?",
    [mine.tenantId, item.id, theirs.tenantId, thief.id],
  );
  await expect(loadPlanSource(control.database, control.keyRing, theirs.tenantId)).rejects.toThrow();
});

test("an edit made from an old version is refused and changes nothing", async () => {
  const { configuration } = await control.newTenant();
  const { item } = await configuration.agents.create(agent("Edited"));
  await configuration.agents.update(item.id, { version: 1, capacity: 3 });
  expect(await kindOf(configuration.agents.update(item.id, { version: 1, capacity: 9 }))).toBe("stale");
});

test("a name is taken once per tenant, whatever its case, and free in another", async () => {
  const [mine, theirs] = [await control.newTenant(), await control.newTenant()];
  await mine.configuration.agents.create(agent("Ada"));
  expect(await kindOf(mine.configuration.agents.create(agent("ADA")))).toBe("conflict");
  expect(await kindOf(theirs.configuration.agents.create(agent("Ada")))).toBe("done");
});

test("nothing of another tenant can be named: not as member, target, fallback, nor to be changed", async () => {
  const [mine, theirs] = [await control.newTenant(), await control.newTenant()];
  const { item: foreign } = await theirs.configuration.agents.create(agent("Foreign"));
  const tries = [
    mine.configuration.groups.create({ name: "G", strategy: "round_robin", members: [{ agentId: foreign.id }] }),
    mine.configuration.groups.create({ name: "G", strategy: "round_robin", fallback: { type: "voice_agent", targetId: foreign.id } }),
    mine.configuration.inboundRules.create({ pattern: "*", targetType: "voice_agent", targetId: foreign.id }),
    mine.configuration.agents.update(foreign.id, { version: 1, enabled: false }),
  ];
  expect(await Promise.all(tries.map(kindOf))).toEqual(["not_found", "not_found", "not_found", "not_found"]);
  const smuggled = "INSERT INTO group_members (tenant_id, group_id, agent_id, position) VALUES (?, ?, ?, 1)";
  const { item: group } = await mine.configuration.groups.create({ name: "G", strategy: "round_robin" });
  await expect(execute(control.database.pool, smuggled, [mine.tenantId, group.id, foreign.id])).rejects.toThrow(/foreign key/);
});

test("what breaks a rule of the domain is refused in words", async () => {
  const { configuration } = await control.newTenant();
  const { item } = await configuration.agents.create(agent("Member"));
  const target = { targetType: "voice_agent", targetId: item.id } as const;
  const tries = [
    configuration.inboundRules.create({ pattern: "+1*5", ...target }),
    configuration.inboundRules.create({ pattern: "+1234567890123456", ...target }),
    configuration.outboundRules.create({ prefix: "ZZ", trunkConfig: { trunks: ["a"] } }),
    configuration.agents.create({ ...agent("Bad\u0000name") }),
    configuration.groups.create({ name: "G", strategy: "round_robin", settings: { windowHours: 200 } }),
    configuration.groups.create({ name: "G", strategy: "round_robin", members: Array.from({ length: 201 }, () => ({ agentId: item.id })) }),
  ];
  expect(await Promise.all(tries.map(kindOf))).toEqual(tries.map(() => "rule_broken"));
  expect(
    await kindOf(
      configuration.groups.create({ name: "G", strategy: "round_robin", members: [{ agentId: item.id }, { agentId: item.id }] }),
    ),
  ).toBe("conflict");
  for (const windowHours of [1, 2, 3])
    await configuration.groups.create({ name: `W${windowHours}`, strategy: "load_balanced", settings: { windowHours } });
  expect(await kindOf(configuration.groups.create({ name: "W4", strategy: "load_balanced", settings: { windowHours: 4 } }))).toBe(
    "rule_broken",
  );
});

test("a saved rule is read back alone as it is in the whole plan; one that is gone is null", async () => {
  const { tenantId, configuration } = await control.newTenant();
  const { item } = await configuration.agents.create(agent("Target"));
  const { item: rule } = await configuration.inboundRules.create({
    pattern: "+1555*",
    callerPattern: "+44*",
    targetType: "voice_agent",
    targetId: item.id,
    fallback: { type: "hangup" },
  });
  const { item: outbound } = await configuration.outboundRules.create({ prefix: "+44", trunkConfig: { trunks: ["carrier"] } });
  const source = await loadPlanSource(control.database, control.keyRing, tenantId);
  expect(await loadRule(control.database, tenantId, { kind: "inbound", id: rule.id })).toEqual({
    kind: "inbound",
    id: rule.id,
    rule: [...(source?.inboundRules.values() ?? [])][0],
  });
  expect(await loadRule(control.database, tenantId, { kind: "outbound", id: outbound.id })).toEqual({
    kind: "outbound",
    id: outbound.id,
    rule: [...(source?.outboundRules.values() ?? [])][0],
  });
  const other = await control.newTenant();
  expect(await loadRule(control.database, other.tenantId, { kind: "inbound", id: rule.id })).toEqual({
    kind: "inbound",
    id: rule.id,
    rule: null,
  });
});

test("50,000 rules are read whole, in order, while the event loop keeps turning", async () => {
  const { tenantId, configuration } = await control.newTenant();
  const { item } = await configuration.agents.create(agent("Busy"));
  const created = new Date();
  for (let start = 0; start < 50_000; start += 5000) {
    const numbers = Array.from({ length: 5000 }, (_, index) => String(start + index).padStart(9, "0"));
    const values = numbers.flatMap((number) => [tenantId, `rul_${number.padStart(20, "0")}`, `+1${number}`, item.id, created, created]);
    await execute(
      control.database.backgroundPool,
      `INSERT INTO inbound_rules (tenant_id, id, pattern, agent_id, created_at, updated_at) VALUES ${placeholders(5000, 6)}`,
      values,
    );
  }
  const stalls: number[] = [];
  let last = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    stalls.push(now - last);
    last = now;
  }, 1);
  const source = await loadPlanSource(control.database, control.keyRing, tenantId);
  clearInterval(watch);
  expect(source?.inboundRules.size).toBe(50_000);
  expect([...(source?.inboundRules.values() ?? [])].at(-1)?.pattern).toBe("+1000049999");
  const typical = stalls.toSorted((a, b) => a - b)[Math.floor(stalls.length * 0.95)] ?? 0;
  process.stdout.write(`50,000 rules: event loop turns p95 ${typical.toFixed(1)} ms, longest ${Math.max(...stalls).toFixed(1)} ms\n`);
  expect(stalls.length).toBeGreaterThan(50);
});
