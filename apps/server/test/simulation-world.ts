/** What simulations are asked about: groups of each strategy, fallbacks, one rule each, and an outbound one. */
import { expect } from "vitest";
import { openRest, type Rest } from "./rest.ts";
import { type Configurator, startTestServer } from "./test-server.ts";

const configure = async ({ newTenant }: Configurator) => {
  const tenant = await newTenant({ country: "GB" });
  const { agents, groups, inboundRules, outboundRules } = tenant.configuration;
  const ids: string[] = [];
  for (const [index, capacity] of [null, 2, 1, null, 0].entries()) {
    const credentials = index % 2 === 0 ? { username: "user-canary", password: "password-canary" } : {};
    const agent = await agents.create({
      name: `Agent ${index}`,
      provider: "vapi",
      serviceValue: `+1555010010${index}`,
      capacity,
      ...credentials,
    });
    ids.push(agent.item.id);
  }
  const [a = "", b = "", c = "", d = "", never = ""] = ids;
  const fallback = { type: "number" as const, number: "+442012345678", trunks: ["carrier-a"] };
  const shared = { members: [a, b, c].map((agentId, index) => ({ agentId, weight: index + 1 })) };
  const rotating = await groups.create({ name: "Rotating", strategy: "round_robin", ...shared });
  const loaded = await groups.create({ name: "Loaded", strategy: "load_balanced", ...shared });
  const tiers = await groups.create({
    name: "Tiers",
    strategy: "priority",
    members: [c, b, d].map((agentId, index) => ({ agentId, priority: index + 1 })),
  });
  const full = await groups.create({ name: "Full", strategy: "priority", members: [{ agentId: never }], fallback });
  const chained = await groups.create({
    name: "Chained",
    strategy: "priority",
    members: [{ agentId: never }],
    fallback: { type: "agent_group", targetId: loaded.item.id },
  });
  const toGroup = (pattern: string, { item }: { item: { id: string } }) =>
    inboundRules.create({ pattern, targetType: "agent_group", targetId: item.id });
  for (const [pattern, group] of [
    ["+15550001*", rotating],
    ["+15550002*", loaded],
    ["+15550003*", tiers],
    ["+15550004*", full],
    ["+15550005*", chained],
  ] as const)
    await toGroup(pattern, group);
  const alone = await inboundRules.create({ pattern: "+15550006000", targetType: "voice_agent", targetId: a });
  await inboundRules.create({
    pattern: "+15550007*",
    targetType: "voice_agent",
    targetId: never,
    fallback: { type: "message", text: "Call & be <answered> tomorrow" },
  });
  const outbound = await outboundRules.create({
    prefix: "GB",
    trunkConfig: { trunks: ["carrier-a", "carrier-b"], callerId: "+15550100000" },
  });
  return {
    tenant,
    ids,
    rotating: rotating.item.id,
    loaded: loaded.item.id,
    chained: chained.item.id,
    alone: alone.item.id,
    outbound: outbound.item.id,
  };
};

const signIn = async (base: string, { email, password }: { email: string; password: string }): Promise<Rest> => {
  const { body } = await openRest(base, null)("POST", "/auth/login", { email, password });
  return openRest(base, String(body["accessToken"]));
};

export type Simulated = {
  outcome: string;
  reason: string;
  rule: { id: string; pattern: string } | null;
  passedOver: { ruleId: string; why: string }[];
  agent: { id: string; name: string } | null;
  trunk: string | null;
  cxml: string;
  degraded: boolean;
  candidates: {
    agentId: string;
    available: boolean;
    why?: string;
    activeCalls: number;
    callsInWindow: number;
    capacity: number | null;
    health: string;
  }[];
};

const simulateBy = async (by: Rest, asked: object): Promise<Simulated> => {
  const answer = await by("POST", "/routing/simulate", asked);
  expect(answer).toMatchObject({ status: 200 });
  expect(answer.text).not.toContain("canary");
  return answer.body as Simulated;
};

/** A server with that tenant, and its admin signed in. */
export const openSimulations = async () => {
  const server = await startTestServer(configure);
  const base = await server.app.listen({ host: "127.0.0.1", port: 0 });
  const rest = await signIn(base, server.configured.tenant);
  return { server, base, ...server.configured, rest, simulate: (asked: object) => simulateBy(rest, asked) };
};

export type Simulations = Awaited<ReturnType<typeof openSimulations>>;
