import { createReadAgentFigures } from "@switchboard/execution/agent-figures";
import { createRedisClient } from "@switchboard/execution/client";
import { agentId } from "@switchboard/routing/ids";
import { type Profile, profiles } from "@switchboard/simulator/profiles";
import { runLoad } from "@switchboard/simulator/run-load";
import type { Target } from "@switchboard/simulator/target";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type RunningServer, startServer } from "../../../tests/running-server.ts";

/** The window of the demo tenant's groups. */
const windowHours = 24;

let server: RunningServer;
let target: Target;

beforeAll(async () => {
  server = await startServer(pino({ level: "silent" }));
  target = { baseUrl: server.url, publicUrl: server.url, ...server.demo };
});
afterAll(() => server.stop());

/** Plays a profile to its end. @returns what broke the protocol, in words, beside what was counted */
async function play(profile: Profile, calls: number) {
  const wrong: string[] = [];
  const load = runLoad({
    target,
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
      const records = await server.database.prisma.callRecord.findMany({ where: { session: { in: [...expected.keys()] } } });
      expect(new Map(records.map(({ session, status }) => [session, status]))).toEqual(expected);
    },
    { timeout: 10_000, interval: 100 },
  );
}

async function agentFigures(): Promise<Map<string, { activeCalls: number; callsInWindow: number }>> {
  const agents = await server.database.prisma.voiceAgent.findMany({ where: { tenantId: server.demo.tenantId } });
  const redis = createRedisClient({ url: server.redisUrl, cluster: false, role: "jobs" });
  try {
    const figures = await createReadAgentFigures(redis)(
      server.demo.tenantId,
      agents.map(({ id }) => agentId(id)),
    );
    return new Map(
      agents.map(({ id, provider, serviceValue }) => {
        const figure = figures.get(agentId(id));
        return [
          `${provider}:${serviceValue}`,
          { activeCalls: figure?.activeCalls ?? Number.NaN, callsInWindow: figure?.callsInWindow[windowHours] ?? 0 },
        ];
      }),
    );
  } finally {
    redis.disconnect();
  }
}

const countsOf = async (): Promise<Map<string, number>> =>
  new Map([...(await agentFigures())].map(([name, { callsInWindow }]) => [name, callsInWindow]));

test("in chaos no answer breaks the protocol, and every call is remembered once, as it ended, with nobody left on the line", async () => {
  const before = await countsOf();
  const chaos: Profile = {
    ...profiles.chaos,
    ringMs: [10, 100],
    talkMs: [50, 300],
    ringOutScale: 0.005,
    disorder: { ...profiles.chaos.disorder, lateMs: [100, 1000] },
  };
  const { tally, wrong, unfinished } = await play(chaos, 200);
  expect([wrong, unfinished]).toEqual([[], 0]);
  await recordsSay(new Map(tally.outcomes.map(({ session, expectedStatus }) => [session, expectedStatus])));
  await vi.waitFor(async () => expect([...(await agentFigures()).values()].map(({ activeCalls }) => activeCalls)).toEqual([0, 0, 0, 0]), {
    timeout: 5_000,
  });
  for (const [name, count] of await countsOf()) {
    expect([name, count - (before.get(name) ?? 0)]).toEqual([name, tally.byDestination.get(name)?.assigned ?? 0]);
  }
});

test("agents that never take a call cost their callers no more than another try", async () => {
  const failover: Profile = { ...profiles.failover, ringMs: [10, 50], talkMs: [20, 100], ringOutScale: 0.005 };
  const { tally, wrong, unfinished } = await play(failover, 60);
  expect([wrong, unfinished]).toEqual([[], 0]);
  expect(tally.counts.failovers).toBeGreaterThan(0);
  expect(tally.outcomes.filter(({ disposition }) => disposition !== "ANSWER")).toEqual([]);
});

test("calls that are held together are all live at the same time, and all end", async () => {
  const together: Profile = { ...profiles.thousand, ringMs: [10, 50], talkMs: [0, 200], holdTogetherMs: 100 };
  const { tally, wrong, unfinished } = await play(together, 120);
  expect([wrong, unfinished]).toEqual([[], 0]);
  expect(tally.counts.peakConnected).toBe(120);
  await recordsSay(new Map(tally.outcomes.map(({ session }) => [session, "completed"])));
});
