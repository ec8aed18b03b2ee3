/** What the dashboard says deserves attention, and how full the tenant is: what is there, as soon as it is there, and nothing else. */
import { execute, placeholders, rowsOf } from "@switchboard/control/sql";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openRest, type Rest } from "./rest.ts";
import { openRuleOperators, type RuleOperators } from "./rule-operators.ts";

type Item = {
  kind: string;
  words: string;
  agentId: string | null;
  ruleId: string | null;
  otherRuleId: string | null;
  since: string | null;
};
type Attention = { items: Item[]; hasMore: boolean; quietSince: string | null; delayed: boolean };

let operators: RuleOperators;
let own: Rest;
beforeAll(async () => {
  operators = await openRuleOperators();
  own = operators.own;
});
afterAll(() => operators.stop());

const attention = async (ask = own) => {
  const { status, body } = await ask("GET", "/attention");
  expect(status).toBe(200);
  return body as unknown as Attention;
};
const load = async () => (await own("GET", "/tenant/load")).body;
const changed = async (path: string, fields: object) => {
  const { body } = await own("GET", path);
  expect((await own("PUT", path, { version: body["version"], ...fields })).status).toBe(200);
};
const ring = async (To: string) => {
  const Session = newSession();
  const { document } = await operators.door.ring({ Session, To });
  return {
    dialled: document.dialled,
    hangUp: async (DialCallStatus = "completed") => {
      await operators.door.report(document, { Session, To, DialCallStatus });
      await operators.door.cdr({ call_id: Session, disposition: "ANSWERED", duration: 5, billsec: 3, session: { token: Session } });
    },
  };
};

test("where nothing deserves attention it is said since when, and that moves with every change", async () => {
  const before = Date.now();
  await operators.group("Quiet");
  const first = await attention();
  expect(first).toMatchObject({ items: [], hasMore: false, delayed: false });
  expect(Date.parse(String(first.quietSince))).toBeGreaterThanOrEqual(before);
  const [id = ""] = operators.agents;
  await own("POST", `/voice-agents/${id}/eject`);
  const ejected = await attention();
  expect(ejected).toMatchObject({
    items: [{ kind: "agent_ejected", agentId: id, words: "“one” gets no calls for now: ejected by an operator." }],
    quietSince: null,
  });
  const [item] = ejected.items as (Item & { nextTryAt: string })[];
  expect(Date.parse(String(item?.nextTryAt)) - Date.parse(String(item?.since))).toBe(30_000);
  await own("POST", `/voice-agents/${id}/restore`);
  const again = await attention();
  expect(again.items).toEqual([]);
  expect(Date.parse(String(again.quietSince))).toBeGreaterThan(Date.parse(String(first.quietSince)));
});

test("an agent that failed five times is named with its cause", async () => {
  const [, id = ""] = operators.agents;
  await operators.create({ pattern: "+15550198001", ...operators.toAgent(1) });
  for (let n = 0; n < 5; n += 1) await (await ring("+15550198001")).hangUp("no-answer");
  expect((await attention()).items).toMatchObject([
    { kind: "agent_ejected", agentId: id, words: expect.stringContaining("five failures in a row") },
  ]);
  await own("POST", `/voice-agents/${id}/restore`);
  expect((await attention()).items).toEqual([]);
});

test("agents and a tenant that are nine tenths full are named, until they are not", async () => {
  const [, , id = ""] = operators.agents;
  await changed(`/voice-agents/${id}`, { capacity: 3 });
  await changed("/tenant", { maxConcurrentCalls: 3 });
  await operators.create({ pattern: "+15550198002", ...operators.toAgent(2) });
  const held = [await ring("+15550198002"), await ring("+15550198002")];
  expect(held.map(({ dialled }) => dialled)).toEqual(["three", "three"]);
  expect((await attention()).items).toEqual([]);
  expect(await load()).toEqual({ activeCalls: 2, maxConcurrentCalls: 3, agentCapacity: null, liveCalls: 2 });
  held.push(await ring("+15550198002"));
  expect((await attention()).items).toMatchObject([
    { kind: "tenant_near_capacity", agentId: null, words: expect.stringContaining("3 of 3 calls") },
    { kind: "agent_near_capacity", agentId: id, words: "“three” has 3 of 3 calls." },
  ]);
  for (const call of held) await call.hangUp();
  expect((await attention()).items).toEqual([]);
  await changed("/tenant", { maxConcurrentCalls: null });
  expect(await load()).toEqual({ activeCalls: 0, maxConcurrentCalls: null, agentCapacity: null, liveCalls: 0 });
});

test("the capacity of all agents is the sum of those that are enabled, once each has one", async () => {
  const { body } = await own("GET", "/voice-agents?limit=200");
  const agents = body["items"] as { id: string }[];
  for (const [index, { id }] of agents.entries()) await changed(`/voice-agents/${id}`, { capacity: 10 + index });
  await changed(`/voice-agents/${agents[0]?.id}`, { enabled: false });
  const sum = agents.reduce((total, _, index) => total + 10 + index, 0);
  expect(await load()).toMatchObject({ agentCapacity: sum - 10 });
  await changed(`/voice-agents/${agents[0]?.id}`, { enabled: true });
  for (const { id } of agents) await changed(`/voice-agents/${id}`, { capacity: null });
});

test("rules that can't work are named with the reason, from the change that broke them to the one that mends them", async () => {
  const [id = ""] = operators.agents;
  const wide = await operators.create({ pattern: "+1555019810*", priority: 1 });
  const shadowed = await operators.create({ pattern: "+15550198101", priority: 2 });
  const empty = await operators.group("Nobody here", { members: [] });
  const toEmpty = await operators.create({ pattern: "+15550198200", targetType: "agent_group", targetId: empty });
  const ofKind = async () => new Map((await attention()).items.map((item) => [item.ruleId, item]));
  expect([...(await ofKind()).values()].map(({ kind, otherRuleId }) => [kind, otherRuleId]).toSorted()).toEqual([
    ["rule_empty_group", null],
    ["rule_shadowed", wide.id],
  ]);
  expect((await ofKind()).get(shadowed.id)?.words).toMatch(/^The rule “\+15550198101”: The rule “\+1555019810\*” is tried first/);
  await own("DELETE", `/inbound-rules/${wide.id}`);
  await changed(`/agent-groups/${empty}`, { members: [{ agentId: id }] });
  expect((await attention()).items).toEqual([]);
  await changed(`/voice-agents/${id}`, { enabled: false });
  const items = await ofKind();
  expect(items.get(toEmpty.id)).toMatchObject({ kind: "rule_empty_group" });
  expect(items.get(shadowed.id)).toMatchObject({ kind: "rule_target_disabled", words: expect.stringContaining("“one” is disabled") });
  await changed(`/voice-agents/${id}`, { enabled: true });
  await changed(`/inbound-rules/${toEmpty.id}`, { enabled: false });
  await changed(`/agent-groups/${empty}`, { members: [] });
  // A rule that is disabled itself waits for nobody.
  expect((await attention()).items).toEqual([]);
});

test("no more than fifty things are told, and that there are more", async () => {
  const { database, tenants } = operators.world;
  const empty = await operators.group("Nobody there", { members: [] });
  const ids = Array.from({ length: 60 }, (_, n) => `inb_${String(n).padStart(20, "0")}`);
  await execute(
    database.pool,
    `INSERT INTO inbound_rules (tenant_id, id, pattern, group_id, created_at, updated_at) VALUES ${placeholders(ids.length, 6)}`,
    ids.flatMap((id, n) => [tenants.own.tenantId, id, `+1555018${1000 + n}`, empty, new Date(), new Date()]),
  );
  await operators.group("Brings the plan up to date");
  const { items, hasMore } = await attention();
  expect([items.length, hasMore]).toEqual([50, true]);
  await execute(database.pool, "DELETE FROM inbound_rules WHERE group_id = ?", [empty]);
  await operators.group("Brings it up to date again");
  expect(await attention()).toMatchObject({ items: [], hasMore: false });
});

test("nothing of another tenant's is told, and the role user sees no whole number", async () => {
  const { world, signedIn } = operators;
  const { watcher } = world.tenants;
  const admin = await signedIn(watcher);
  const { body } = await admin("POST", "/agent-groups", { name: "Empty", strategy: "priority" });
  await admin("POST", "/inbound-rules", { pattern: "+14155552671", targetType: "agent_group", targetId: body["id"] });
  expect((await attention(admin)).items[0]?.words).toContain("+14155552671");
  expect((await attention()).items).toEqual([]);
  await world.setUser(watcher.email, "role = 'user'");
  const masked = await attention(await signedIn(watcher));
  expect(masked.items[0]?.words).toContain("+1415•••2671");
  expect(JSON.stringify(masked)).not.toContain("4155552671");
});

test("a rule that has stood for a week without a call is named, one that had a call or is young is not", async () => {
  const { world, signedIn } = operators;
  const { other } = world.tenants;
  const theirs = await signedIn(other);
  const targetId = await operators.someAgent(theirs);
  const ids: string[] = [];
  for (const pattern of ["+15550197001", "+15550197002", "+15550197003", "+15550197004"]) {
    const { body } = await theirs("POST", "/inbound-rules", {
      pattern,
      targetType: "voice_agent",
      targetId,
      enabled: pattern !== "+15550197003",
    });
    ids.push(String(body["id"]));
  }
  const [never = "", hit = "", disabled = ""] = ids;
  const eightDaysAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
  await execute(world.database.pool, "UPDATE inbound_rules SET created_at = ? WHERE id IN (?, ?, ?)", [eightDaysAgo, never, hit, disabled]);
  await openDoor(world.app, other).ring({ Session: newSession(), To: "+15550197002" });
  await vi.waitFor(
    async () => expect(await rowsOf(world.database.pool, "SELECT rule_id FROM rule_hits WHERE rule_id = ?", [hit])).toHaveLength(1),
    60_000,
  );
  const { items } = await attention(theirs);
  expect(items).toMatchObject([
    {
      kind: "rule_never_hit",
      ruleId: never,
      since: eightDaysAgo.toISOString(),
      words: "No call has ever matched the rule “+15550197001”.",
    },
  ]);
});

test("webhooks that were refused are named by reason, with how often, to whom they were meant for alone", async () => {
  const { world } = operators;
  const { webhookToken, tenantKey } = world.tenants.own;
  const door = openDoor(world.app, world.tenants.own);
  for (const authorization of ["Bearer wrong", "Bearer wrong too"])
    await door.post(`/api/webhooks/voice-application/${tenantKey}`, {}, { authorization });
  await door.post(
    `/api/webhooks/cdr/${tenantKey}`,
    { domain: "foreign.example", call_id: "x" },
    { authorization: `Bearer ${webhookToken}` },
  );
  const items = await vi.waitFor(
    async () => {
      const found = (await attention()).items;
      expect(found.map(({ kind }) => kind)).toEqual(["webhooks_refused", "webhooks_refused"]);
      return found;
    },
    { timeout: 60_000 },
  );
  expect(items.map(({ words }) => words)).toEqual([
    expect.stringMatching(/^2 webhooks were refused in the last hour: /),
    expect.stringMatching(/^A webhook was refused in the last hour: /),
  ]);
  expect(Date.now() - Date.parse(String(items[0]?.since))).toBeLessThan(60_000);
  const other = await operators.signedIn(world.tenants.other);
  expect((await attention(other)).items.map(({ kind }) => kind)).not.toContain("webhooks_refused");
  await execute(world.database.pool, "DELETE FROM webhook_refusals");
  expect((await attention()).items).toEqual([]);
});

test("without Redis what the plan shows is told all the same, and that the rest is missing", async () => {
  const { world } = operators;
  await using person = await world.signIn(world.tenants.own);
  const rest = openRest(world.base, person.token.current);
  const toEmpty = await operators.create({
    pattern: "+15550198300",
    targetType: "agent_group",
    targetId: await operators.group("None", { members: [] }),
  });
  await world.redis.stop();
  await vi.waitFor(async () => {
    expect(await attention(rest)).toMatchObject({ items: [{ ruleId: toEmpty.id }], delayed: true, quietSince: null });
  }, 60_000);
  expect(await rest("GET", "/tenant/load")).toMatchObject({ status: 503, body: { message: expect.stringContaining("live figures") } });
});
