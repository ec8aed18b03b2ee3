/** A server that listens, a platform played for its one tenant, and an admin at the operators' door. */
import { createRedisClient } from "@switchboard/execution/client";
import { windowLimitKey } from "@switchboard/execution/keys";
import { type FakeCloudonix, openFakeCloudonix } from "@switchboard/simulator/cloudonix-api";
import type { CallEvent } from "@switchboard/simulator/call-event";
import type { Target } from "@switchboard/simulator/target";
import { expect, vi } from "vitest";
import { openClientOf } from "./operators.ts";
import { openRest } from "./rest.ts";
import { startTestServer, type TestTenant } from "./test-server.ts";

const configure = async (tenant: TestTenant) => {
  const { agents, groups, inboundRules, outboundRules } = tenant.configuration;
  const agent = async (name: string, serviceValue: string, capacity: number | null = null) =>
    (await agents.create({ name, provider: "vapi", serviceValue, capacity })).item.id;
  const ava = await agent("Ava", "+15550100101");
  const bruno = await agent("Bruno", "+15550100102", 1);
  const group = async (name: string, ids: string[]) =>
    (await groups.create({ name, strategy: "priority", members: ids.map((agentId, index) => ({ agentId, priority: index + 1 })) })).item.id;
  const sales = await group("Sales", [ava]);
  const support = await group("Support", [bruno]);
  await inboundRules.create({ pattern: "*", targetType: "agent_group", targetId: sales });
  await outboundRules.create({ prefix: "US", trunkConfig: { trunks: ["carrier-a", "carrier-b"], callerId: "+12025550100" } });
  return { ava, bruno, sales, support };
};

/** A machine that is busy is no failure of what is tested. */
const patience = { timeout: 60_000, interval: 200 };

/** To be closed by whoever opens it. */
export const openPlayedPlatform = async () => {
  const events: CallEvent[] = [];
  const target: Target = { baseUrl: "", publicUrl: "http://127.0.0.1:0", tenantKey: "", webhookToken: "", domain: "tenant1.example" };
  const fake: FakeCloudonix = await openFakeCloudonix({ target, observe: (event) => events.push(event) });
  const server = await startTestServer(
    async ({ newTenant }) => {
      const tenant = await newTenant({ country: "US", domain: target.domain });
      return { tenant, ...(await configure(tenant)) };
    },
    { environment: { CLOUDONIX_API_URL: fake.url } },
  );
  const { tenant, ...ids } = server.configured;
  Object.assign(target, { baseUrl: await server.app.listen({ host: "127.0.0.1", port: 0 }), ...tenant });
  const { baseUrl } = target;
  await using client = openClientOf(baseUrl)({ current: null });
  const signIn = () => client.api.auth.login.mutate({ email: tenant.email, password: tenant.password });
  const { accessToken } = await vi.waitFor(signIn, patience);
  const admin = openRest(baseUrl, accessToken);
  await admin("PUT", "/tenant", { version: 1, cloudonixKey: fake.domain.key });
  const dialled = (session: string): string[] =>
    events.flatMap((event) => (event.kind === "dialled" && event.session === session ? [event.destination] : []));
  const violations = () => events.flatMap((event) => (event.kind === "violation" ? [event.violation] : []));
  const redis = createRedisClient({ url: server.redis.url, cluster: false, role: "jobs" });
  await vi.waitFor(() => expect(redis.status).toBe("ready"), patience);
  /** The platform's memory and the budget of requests are as before the first. */
  const beginAnew = async () => {
    fake.behave();
    fake.forgetRequests();
    await redis.del(windowLimitKey(`cloudonix:${target.domain}`));
  };
  const close = async () => {
    await fake[Symbol.asyncDispose]();
    redis.disconnect();
    await server.stop();
  };
  return { fake, redis, server, tenant, ids, admin, baseUrl, dialled, violations, beginAnew, close };
};

export type PlayedPlatform = Awaited<ReturnType<typeof openPlayedPlatform>>;
