/** Agents in operation, as an operator sees and steers them while calls come in. */
import { once } from "node:events";
import { rowsOf } from "@switchboard/control/sql";
import { createRedisClient } from "@switchboard/execution/client";
import { tenantScriptKeys } from "@switchboard/execution/keys";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { failureOf, follow, openOperators, type Operators } from "./operators.ts";
import { openRest, type Rest } from "./rest.ts";
import { type Configurator, startTestServer } from "./test-server.ts";

const configure = async ({ newTenant }: Configurator) => {
  const tenant = await newTenant();
  const { agents, groups, inboundRules } = tenant.configuration;
  const ids: string[] = [];
  for (const name of ["a", "b", "c"]) ids.push((await agents.create({ name, provider: "vapi", serviceValue: name, capacity: 5 })).item.id);
  const group = await groups.create({
    name: "All",
    strategy: "round_robin",
    settings: { maxAttempts: 1 },
    members: ids.map((agentId) => ({ agentId })),
  });
  await inboundRules.create({ pattern: "*", targetType: "agent_group", targetId: group.item.id });
  const [a = "", b = "", c = ""] = ids;
  return { tenant, other: await newTenant(), a, b, c };
};

let server: Awaited<ReturnType<typeof startTestServer<Awaited<ReturnType<typeof configure>>>>>;
let second: Awaited<ReturnType<typeof server.startAnother>>;
let rest: Rest;
let base: string;
const signIn = async ({ email, password }: { email: string; password: string }) => {
  const { body } = await openRest(base, null)("POST", "/auth/login", { email, password });
  return openRest(base, String(body["accessToken"]));
};
beforeAll(async () => {
  server = await startTestServer(configure);
  second = await server.startAnother();
  base = await server.app.listen({ host: "127.0.0.1", port: 0 });
  rest = await signIn(server.configured.tenant);
});
afterAll(() => server.stop());

const door = (app = server.app) => openDoor(app, server.configured.tenant);
const statusOf = async (id: string) => (await rest("GET", `/voice-agents/${id}/status`)).body;

/** A call from its first request to its CDR; answers whom it met. */
const playCall = async (result: string) => {
  const Session = newSession();
  const { document } = await door().ring({ Session });
  await door().report(document, { Session, DialCallStatus: result });
  await door().cdr({ call_id: Session, disposition: "ANSWERED", duration: 5, billsec: 3, session: { token: Session } });
  return { dialled: document.dialled, Session };
};

test("an agent's status says what it does, did last and how it last failed", async () => {
  const { a } = server.configured;
  expect(await statusOf(a)).toMatchObject({
    enabled: true,
    health: "healthy",
    cause: null,
    since: null,
    activeCalls: 0,
    callsInWindow: 0,
    lastAssignedAt: null,
    lastFailure: null,
  });
  const met = [await playCall("no-answer"), await playCall("busy"), await playCall("completed")];
  const failed = met.find(({ dialled }) => dialled === "a");
  const Session = newSession();
  await door().ring({ Session });
  const status = await vi.waitFor(async () => {
    const found = await statusOf(a);
    expect(found).toMatchObject({ lastFailure: { result: "no-answer" } });
    return found;
  }, 60_000);
  expect(status).toMatchObject({ activeCalls: 1, callsInWindow: 2, windowHours: 24, health: "healthy" });
  expect(Date.parse(String(status["lastAssignedAt"]))).toBeGreaterThan(Date.now() - 60_000);
  const record = await rest("GET", `/call-records/${(status["lastFailure"] as { callId: string }).callId}`);
  expect(record.body).toMatchObject({ session: failed?.Session });
  await door().cdr({ call_id: Session, disposition: "CANCEL", session: { token: Session } });
});

test("asking for a status changes nothing in Redis", async () => {
  const { b, tenant } = server.configured;
  const redis = createRedisClient({ url: server.redis.url, cluster: false, role: "jobs" });
  await once(redis, "ready");
  const kept = async () => {
    const [partition, own] = tenantScriptKeys(tenant.tenantId);
    const hashes = [await redis.hgetallBuffer(`${own}agents`), await redis.hgetallBuffer(`${own}causes`)];
    return { hashes, journal: await redis.xlen(`${partition}journal`), keys: (await redis.keys(`${own}*`)).length };
  };
  expect((await rest("POST", `/voice-agents/${b}/eject`)).status).toBe(200);
  const before = await kept();
  const status = await statusOf(b);
  expect(status).toMatchObject({ health: "ejected", cause: "ejected by an operator" });
  expect(await statusOf(b)).toEqual(status);
  expect(await kept()).toEqual(before);
  redis.disconnect();
  const restored = await rest("POST", `/voice-agents/${b}/restore`);
  expect(restored.body).toMatchObject({ health: "healthy", cause: "restored by an operator", ejectedUntil: null });
});

test("an ejected agent gets no call on any process until it is restored, and the log says who did it", async () => {
  const { a, tenant } = server.configured;
  const ejected = await rest("POST", `/voice-agents/${a}/eject`);
  expect(ejected).toMatchObject({ status: 200, body: { health: "ejected", cause: "ejected by an operator" } });
  const seconds = (Date.parse(String(ejected.body["ejectedUntil"])) - Date.now()) / 1_000;
  expect(seconds).toBeGreaterThan(25);
  expect(seconds).toBeLessThanOrEqual(30);
  for (const app of [server.app, second.app]) {
    for (let n = 0; n < 4; n += 1) expect((await door(app).ring({ Session: newSession() })).document.dialled).not.toBe("a");
  }
  const simulated = await rest("POST", "/routing/simulate", { from: "+1", to: "+15550100001" });
  expect(simulated.body["candidates"]).toContainEqual(
    expect.objectContaining({ agentId: a, available: false, health: "ejected", why: expect.stringMatching(/^ejected for \d+ s more$/) }),
  );
  expect(await rest("POST", `/voice-agents/${a}/restore`)).toMatchObject({ status: 200, body: { health: "healthy" } });
  const dialled = [];
  for (let n = 0; n < 4; n += 1) dialled.push((await door(second.app).ring({ Session: newSession() })).document.dialled);
  expect(dialled).toContain("a");
  const audited = await rowsOf<{ action: string; actor_name: string; before: string; after: string }>(
    server.configurator.database.pool,
    "SELECT action, actor_name, `before`, `after` FROM audit_log WHERE target_id = ? AND action LIKE 'agent.%' ORDER BY at",
    [a],
  );
  expect(audited.slice(-2).map(({ action, actor_name, after }) => [action, actor_name, JSON.parse(after).health])).toEqual([
    ["agent.ejected", tenant.email, "ejected"],
    ["agent.restored", tenant.email, "healthy"],
  ]);
});

test("counters start anew while the calls on the line stay on it", async () => {
  const { c } = server.configured;
  const before = await statusOf(c);
  expect(before["callsInWindow"]).toBeGreaterThan(0);
  expect(before["activeCalls"]).toBeGreaterThan(0);
  const reset = await rest("POST", `/voice-agents/${c}/reset-counters`);
  expect(reset).toMatchObject({ status: 200, body: { callsInWindow: 0, activeCalls: before["activeCalls"] } });
});

test("a disabled agent gets no new call anywhere within a second, and the call that it has goes on to its record", async () => {
  const { a, b, c } = server.configured;
  for (const id of [b, c]) {
    const { body } = await rest("GET", `/voice-agents/${id}`);
    await rest("PUT", `/voice-agents/${id}`, { version: body["version"], enabled: false });
  }
  const Session = newSession();
  const { document } = await door().ring({ Session });
  expect(document.dialled).toBe("a");
  expect(await door().update({ token: Session, status: "connected" })).toBe(204);
  const held = (await statusOf(a))["activeCalls"] as number;
  const { body } = await rest("GET", `/voice-agents/${a}`);
  expect(await rest("PUT", `/voice-agents/${a}`, { version: body["version"], enabled: false })).toMatchObject({ status: 200 });
  await vi.waitFor(
    async () => {
      for (const app of [server.app, second.app]) expect((await door(app).ring({ Session: newSession() })).document.verb).toBe("Hangup");
    },
    { timeout: 10_000, interval: 10 },
  );
  expect(await statusOf(a)).toMatchObject({ enabled: false, activeCalls: held, health: "healthy" });
  expect((await door(second.app).report(document, { Session, DialCallStatus: "completed" })).document.verb).toBe("Hangup");
  expect(
    await door(second.app).cdr({ call_id: Session, disposition: "ANSWERED", duration: 9, billsec: 7, session: { token: Session } }),
  ).toBe(204);
  expect(await statusOf(a)).toMatchObject({ activeCalls: held - 1 });
  await vi.waitFor(async () => {
    const { body: page } = await rest("GET", `/call-records?search=${Session}`);
    expect(page["items"]).toMatchObject([{ status: "completed", durationSeconds: 7, agentId: a, reason: "matched" }]);
  }, 60_000);
});

test("another tenant's agent and an absent one are not there, whatever is asked of them", async () => {
  const { a, other } = server.configured;
  const stranger = await signIn(other);
  for (const [method, path] of [
    ["GET", "status"],
    ["POST", "eject"],
    ["POST", "restore"],
    ["POST", "reset-counters"],
  ] as const) {
    const answers = [await stranger(method, `/voice-agents/${a}/${path}`), await rest(method, `/voice-agents/agt_absent/${path}`)];
    expect(answers.map(({ status, body }) => [status, body["message"]])).toEqual([
      [404, "There is no such agent."],
      [404, "There is no such agent."],
    ]);
  }
});

test("what an operator does to an agent's health is told to who watches, and asks an admin", async () => {
  const world: Operators = await openOperators();
  try {
    const { own } = world.tenants;
    await using admin = await world.signIn(own);
    const told = follow(admin.api, (await admin.api.analytics.liveCalls.query()).cursor);
    await vi.waitFor(() => expect(told.isStarted()).toBe(true), 60_000);
    const { items } = await admin.api.agents.list.query({});
    const id = items[0]!.id;
    await admin.api.agents.eject.mutate({ id });
    await admin.api.agents.restore.mutate({ id });
    await vi.waitFor(() => expect(told.told.map(({ type }) => type)).toEqual(["agent.status_changed", "agent.status_changed"]), 60_000);
    await world.setUser(own.email, "role = 'user'");
    await vi.waitFor(async () => expect((await failureOf(admin.api.agents.eject.mutate({ id }))).code).toBe("FORBIDDEN"), 60_000);
    expect(await admin.api.agents.status.query({ id })).toMatchObject({ id });
    told.stop();
  } finally {
    await world.stop();
  }
});

test("without Redis it is said that the figures do not answer, in time, and nothing is written down", async () => {
  const { a } = server.configured;
  const audited = () => rowsOf(server.configurator.database.pool, "SELECT id FROM audit_log WHERE target_id = ?", [a]);
  const before = await audited();
  await server.redis.stop();
  await vi.waitFor(async () => {
    for (const [method, path] of [
      ["GET", "status"],
      ["POST", "eject"],
    ] as const) {
      const began = Date.now();
      const answer = await rest(method, `/voice-agents/${a}/${path}`);
      expect(answer).toMatchObject({
        status: 503,
        body: { code: "SERVICE_UNAVAILABLE", message: expect.stringContaining("live figures") },
      });
      expect(answer.headers.get("retry-after")).toBe("2");
      expect(Date.now() - began).toBeLessThan(20_000);
    }
  }, 60_000);
  expect(await audited()).toEqual(before);
});
