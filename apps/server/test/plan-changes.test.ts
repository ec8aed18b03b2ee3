/** A change of configuration reaches every process at once; one whose announcement was lost, soon after. */
import { createRedisClient } from "@switchboard/execution/client";
import { createPlanChannel, type PlanChange } from "@switchboard/execution/plan-channel";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { type Configurator, startTestServer } from "./test-server.ts";

const configure = async ({ newTenant }: Configurator) => {
  const tenant = await newTenant();
  const { agents } = tenant.configuration;
  const [first, second] = [
    await agents.create({ name: "first", provider: "vapi", serviceValue: "first" }),
    await agents.create({ name: "second", provider: "vapi", serviceValue: "second" }),
  ];
  return { tenant, first: first.item, second: second.item };
};

let server: Awaited<ReturnType<typeof startTestServer<Awaited<ReturnType<typeof configure>>>>>;
let doors: ReturnType<typeof openDoor>[];
let publisher: ReturnType<typeof createRedisClient>;
beforeAll(async () => {
  server = await startTestServer(configure);
  const other = await server.startAnother();
  doors = [server.app, other.app].map((app) => openDoor(app, server.configured.tenant));
  publisher = createRedisClient({ url: server.redis.url, cluster: false, role: "jobs" });
  await vi.waitFor(() => expect(publisher.status).toBe("ready"), 60_000);
});
afterAll(async () => {
  publisher.disconnect();
  await server.stop();
});

const announce = (change: PlanChange) => createPlanChannel({ publisher, subscriber: publisher }).publish(change);

/** Whom each process dials for a number, once all agree with what is expected; ten times the promised second is the bound. */
const everywhere = (To: string, expected: string | null) =>
  vi.waitFor(
    async () => {
      const replies = await Promise.all(doors.map((door) => door.ring({ Session: newSession(), To })));
      expect(replies.map(({ document }) => document.dialled)).toEqual(doors.map(() => expected));
    },
    { timeout: 10_000, interval: 20 },
  );

test("a new rule is patched in, an edited agent reloads the tenant, on every process", async () => {
  const { tenant, first, second } = server.configured;
  const { tenantId, configuration } = tenant;
  const rule = await configuration.inboundRules.create({ pattern: "+15550100001", targetType: "voice_agent", targetId: first.id });
  await announce({ tenantId, version: rule.planVersion, rule: { kind: "inbound", id: rule.item.id } });
  await everywhere("+15550100001", "first");

  const edited = await configuration.agents.update(first.id, { serviceValue: "first, moved", version: first.version });
  await announce({ tenantId, version: edited.planVersion, rule: null });
  await everywhere("+15550100001", "first, moved");

  const exact = await configuration.inboundRules.create({ pattern: "+1555*", targetType: "voice_agent", targetId: second.id });
  await announce({ tenantId, version: exact.planVersion, rule: { kind: "inbound", id: exact.item.id } });
  await everywhere("+15550100002", "second");
  await everywhere("+15550100001", "first, moved");
});

test("a disabled agent is dialled no more; a call that repeats keeps its answer until then", async () => {
  const { tenant, second } = server.configured;
  const disabled = await tenant.configuration.agents.update(second.id, { enabled: false, version: second.version });
  await announce({ tenantId: tenant.tenantId, version: disabled.planVersion, rule: null });
  await everywhere("+15550100002", null);
});

test("a change that nobody announced is found by polling, a new tenant too", async () => {
  const { tenant, first } = server.configured;
  await tenant.configuration.inboundRules.create({ pattern: "+15550100003", targetType: "voice_agent", targetId: first.id });
  const newcomer = await server.configurator.newTenant();
  await everywhere("+15550100003", "first, moved");
  await vi.waitFor(
    async () => {
      const reply = await openDoor(server.app, newcomer).ring({ Session: newSession() });
      expect(reply.status).toBe(200);
    },
    { timeout: 60_000, interval: 50 },
  );
});

test("a rule that an operator saves decides the very next call here and within a second elsewhere; so does its change and its end", async () => {
  const { tenant, second } = server.configured;
  const ask = async (method: "POST" | "PUT" | "DELETE", path: string, payload: object, token?: string) => {
    const headers = { "content-type": "application/json", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    const response = await server.app.inject({ method, url: `/api${path}`, headers, ...(method === "DELETE" ? {} : { payload }) });
    expect(response.statusCode).toBeLessThan(300);
    return response.json<{ id: string; version: number; accessToken: string }>();
  };
  const { accessToken } = await ask("POST", "/auth/login", { email: tenant.email, password: tenant.password });
  const enabled = await ask("PUT", `/voice-agents/${second.id}`, { version: second.version + 1, enabled: true }, accessToken);
  expect(enabled.version).toBe(second.version + 2);

  const [here, there] = doors;
  const To = "+15550100009";
  /** Here at once; there as soon as a call says so, from when the operator had the answer. */
  const followed = async (expected: string) => {
    const answeredAt = performance.now();
    expect((await here?.ring({ Session: newSession(), To }))?.document.dialled).toBe(expected);
    const reply = () => there?.ring({ Session: newSession(), To });
    await vi.waitFor(async () => expect((await reply())?.document.dialled).toBe(expected), { timeout: 10_000, interval: 5 });
    return performance.now() - answeredAt;
  };
  const rule = await ask("POST", "/inbound-rules", { pattern: To, targetType: "voice_agent", targetId: second.id }, accessToken);
  const waited = [await followed("second")];
  const target = { targetType: "voice_agent", targetId: server.configured.first.id };
  await ask("PUT", `/inbound-rules/${rule.id}`, { version: rule.version, ...target }, accessToken);
  waited.push(await followed("first, moved"));
  await ask("DELETE", `/inbound-rules/${rule.id}`, {}, accessToken);
  // Left to the prefix.
  waited.push(await followed("second"));
  process.stdout.write(`rules were followed elsewhere after ${waited.map((ms) => Math.round(ms)).join(", ")} ms\n`);
  expect(Math.max(...waited)).toBeLessThan(1_000);
});
