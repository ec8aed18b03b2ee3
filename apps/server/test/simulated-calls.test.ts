/** Whole calls through the real door, played as the platform would: many at once, in order and in disorder. */
import { createReadAgentFigures } from "@switchboard/execution/agent-figures";
import { createRedisClient } from "@switchboard/execution/client";
import { agentId } from "@switchboard/routing/ids";
import { type Profile, profiles } from "@switchboard/simulator/profiles";
import { runLoad } from "@switchboard/simulator/run-load";
import type { Target } from "@switchboard/simulator/target";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Configurator, startTestServer } from "./test-server.ts";

/** The window of the groups, as it is by default. */
const windowHours = 24;

const configureOne = async ({ newTenant }: Configurator) => {
  const tenant = await newTenant({ country: "US" });
  const { agents, groups, inboundRules, outboundRules } = tenant.configuration;
  const made = await Promise.all(
    // The failover profile takes two of these for broken.
    ["retell:+15550100101", "retell:+15550100102", "vapi:+15550100103", "vapi:+15550100104"].map(async (name) => {
      const [provider = "", serviceValue = ""] = name.split(":");
      return { name, id: (await agents.create({ name, provider, serviceValue })).item.id };
    }),
  );
  const members = made.map(({ id }) => ({ agentId: id }));
  for (const [strategy, pattern] of [
    ["round_robin", "+15550100001"],
    ["priority", "+15550100002"],
    ["load_balanced", "*"],
  ] as const) {
    const { item } = await groups.create({ name: strategy, strategy, members });
    await inboundRules.create({ pattern, targetType: "agent_group", targetId: item.id });
  }
  await outboundRules.create({ prefix: "US", trunkConfig: { trunks: ["carrier-a", "carrier-b"] } });
  return { tenant, agents: made };
};

/** A tenant for each test: an agent that one of them leaves ejected is nobody else's. */
const configure = async (configurator: Configurator) => ({
  chaos: await configureOne(configurator),
  failover: await configureOne(configurator),
  together: await configureOne(configurator),
});
type Configured = Awaited<ReturnType<typeof configure>>;

let server: Awaited<ReturnType<typeof startTestServer<Configured>>>;
let targetOf: (whose: keyof Configured) => Target;

beforeAll(async () => {
  server = await startTestServer(configure);
  const baseUrl = await server.app.listen({ host: "127.0.0.1", port: 0 });
  // The URLs that it hands out name the port it was configured with.
  targetOf = (whose) => ({ baseUrl, publicUrl: "http://127.0.0.1:0", ...server.configured[whose].tenant });
});
afterAll(() => server.stop());

/** Plays a profile to its end. @returns what broke the protocol, in words, beside what was counted */
async function play(whose: keyof Configured, profile: Profile, calls: number) {
  const wrong: string[] = [];
  const load = runLoad({
    target: targetOf(whose),
    profile,
    calls,
    ratePerSecond: 60,
    seed: `test-${profile.name}`,
    to: ["+15550100001", "+15550100002", "+15550100003"],
    outboundTo: ["+12025550143"],
    connections: 32,
    maxSeconds: 60,
    observe: (event) => event.kind === "violation" && wrong.push(`${event.violation.code}: ${event.violation.message}`),
  });
  const { unfinished } = await load.finished;
  return { tally: load.tally, wrong, unfinished };
}

/** Sessions and last words of the call records, once they say what they must. */
async function recordsSay(expected: Map<string, string>): Promise<void> {
  await vi.waitFor(
    async () => {
      const records = await server.configurator.database.prisma.callRecord.findMany({ where: { session: { in: [...expected.keys()] } } });
      expect(new Map(records.map(({ session, status }) => [session, status]))).toEqual(expected);
    },
    { timeout: 60_000, interval: 100 },
  );
}

type Figures = { name: string; activeCalls: number; callsInWindow: number };

async function agentFigures(): Promise<Figures[]> {
  const { tenant, agents } = server.configured.chaos;
  const redis = createRedisClient({ url: server.redis.url, cluster: false, role: "jobs" });
  try {
    await vi.waitFor(() => expect(redis.status).toBe("ready"), 60_000);
    const ids = agents.map(({ id }) => agentId(id));
    const figures = await createReadAgentFigures(redis)(tenant.tenantId, ids);
    return agents.map(({ name, id }) => {
      const figure = figures.get(agentId(id));
      return { name, activeCalls: figure?.activeCalls ?? Number.NaN, callsInWindow: figure?.callsInWindow[windowHours] ?? 0 };
    });
  } finally {
    redis.disconnect();
  }
}

test("in chaos no answer breaks the protocol, and every call is remembered once, as it ended, with nobody left on the line", async () => {
  const chaos: Profile = {
    ...profiles.chaos,
    ringMs: [10, 100],
    talkMs: [50, 300],
    ringOutScale: 0.005,
    disorder: { ...profiles.chaos.disorder, lateMs: [100, 1000] },
  };
  const { tally, wrong, unfinished } = await play("chaos", chaos, 200);
  expect([wrong, unfinished]).toEqual([[], 0]);
  await recordsSay(new Map(tally.outcomes.map(({ session, expectedStatus }) => [session, expectedStatus])));
  const expected = (await agentFigures()).map(({ name }) => ({
    name,
    activeCalls: 0,
    callsInWindow: tally.byDestination.get(name)?.assigned ?? 0,
  }));
  await vi.waitFor(async () => expect(await agentFigures()).toEqual(expected), { timeout: 60_000 });
});

test("agents that never take a call cost their callers no more than another try", async () => {
  const failover: Profile = { ...profiles.failover, ringMs: [10, 50], talkMs: [20, 100], ringOutScale: 0.005 };
  const { tally, wrong, unfinished } = await play("failover", failover, 60);
  expect([wrong, unfinished]).toEqual([[], 0]);
  expect(tally.counts.failovers).toBeGreaterThan(0);
  expect(tally.outcomes.filter(({ disposition }) => disposition !== "ANSWER")).toEqual([]);
});

test("calls that are held together are all live at the same time, and all end", async () => {
  const together: Profile = { ...profiles.thousand, ringMs: [10, 50], talkMs: [0, 200], holdTogetherMs: 100 };
  const { tally, wrong, unfinished } = await play("together", together, 120);
  expect([wrong, unfinished]).toEqual([[], 0]);
  expect(tally.counts.peakConnected).toBe(120);
  await recordsSay(new Map(tally.outcomes.map(({ session }) => [session, "completed"])));
});
