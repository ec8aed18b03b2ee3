/** The checker: reads both stores after a fault and holds what is remembered against what was answered. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createRecorder } from "@switchboard/control/recorder";
import { rowsOf } from "@switchboard/control/sql";
import { createReadAgentFigures } from "@switchboard/execution/agent-figures";
import { createJournalReader } from "@switchboard/execution/journal";
import { partitions } from "@switchboard/execution/keys";
import { createReadLiveCalls } from "@switchboard/execution/live-calls";
import { agentId, tenantId } from "@switchboard/routing/ids";
import { expect, vi } from "vitest";
import type { FaultWorld } from "./fault-world.ts";
import { dialOf } from "./platform.ts";
import type { PlayedCall } from "./played-calls.ts";

const drainLimitMs = 30_000;

/** Decided locally and not merged yet, by any process of the run. */
const localLines = (world: FaultWorld): string[] =>
  world.servers.flatMap((_, index) => {
    const directory = join(world.dir, `server-${index}/local`);
    return existsSync(directory) ? readdirSync(directory) : [];
  });

/** Waits until no local line is left and the recorder has stored the whole journal. */
export const untilRecorded = async (world: FaultWorld, { frozen = false } = {}) => {
  const recorder = createRecorder(world.database);
  const journal = createJournalReader({ redis: world.look, onPoison: ({ error }) => expect.fail(String(error)) });
  await vi.waitFor(
    async () => {
      // A frozen process keeps its lines: nobody may take them from it.
      if (!frozen) expect(localLines(world)).toEqual([]);
      const [stored, ends] = await Promise.all([recorder.positions(), Promise.all(partitions.map((each) => journal.lastId(each)))]);
      const behind = partitions.filter((each) => ends[each] !== "0-0" && stored.get(each) !== ends[each]);
      expect(behind, "partitions not recorded").toEqual([]);
    },
    { timeout: drainLimitMs, interval: 50 },
  );
};

export const theTenant = async ({ database }: FaultWorld) => {
  const [row] = await rowsOf<{ id: string }>(database.backgroundPool, "SELECT id FROM tenants");
  return tenantId(row?.id ?? "");
};

export type Remembered = {
  /** By session: the final status and who was dialled at each step. */
  calls: Map<string, { id: string; status: string; state: string; degraded: boolean; attempts: Map<number, string> }>;
  deadLetters: number;
};

export const readRemembered = async ({ database }: FaultWorld): Promise<Remembered> => {
  type Row = { id: string; session: string; status: string; state: string; degraded: number };
  const records = await rowsOf<Row>(database.backgroundPool, "SELECT id, session, status, state, degraded FROM call_records");
  const attempts = await rowsOf<{ call_id: string; step: number; dialled: string }>(
    database.backgroundPool,
    "SELECT call_id, step, service_value AS dialled FROM call_attempts a JOIN voice_agents v ON v.tenant_id = a.tenant_id AND v.id = a.agent_id",
  );
  const byCall = Map.groupBy(attempts, ({ call_id: call }) => call);
  const [letters] = await rowsOf<{ count: number }>(database.backgroundPool, "SELECT COUNT(*) AS count FROM dead_letters");
  return {
    calls: new Map(
      records.map(({ id, session, status, state, degraded }) => [
        session,
        {
          id,
          status,
          state,
          degraded: degraded === 1,
          attempts: new Map((byCall.get(id) ?? []).map(({ step, dialled }) => [step, dialled])),
        },
      ]),
    ),
    deadLetters: letters?.count ?? 0,
  };
};

export type Expectations = {
  /** Records of calls that are not among those given. */
  alsoThere?: number;
  /**
   * Of a call that a process decided alone because another one had been killed: its repeats may have been told different agents,
   * one of which is remembered. Else every answer of a step is the same.
   */
  degradedMayDiffer?: boolean;
};

/** Every answered step of every call is one attempt of one record, with the agent that was answered, and ended as it did. */
export const expectRemembered = async (
  world: FaultWorld,
  calls: PlayedCall[],
  { alsoThere = 0, degradedMayDiffer = false }: Expectations = {},
) => {
  const { calls: remembered, deadLetters } = await readRemembered(world);
  const wrong: string[] = [];
  for (const { session, steps, status, lost } of calls) {
    const record = remembered.get(session);
    if (!record) {
      wrong.push(`${session} has no record`);
      continue;
    }
    if (status !== null && !lost && record.status !== status) wrong.push(`${session} is ${record.status} instead of ${status}`);
    for (const { step, answers } of steps) {
      const told = new Set(answers.map((answer) => dialOf(answer).dialled));
      if (told.size > 1 && !(degradedMayDiffer && record.degraded))
        wrong.push(`${session} step ${step} was answered ${[...told].join(" and ")}`);
      const dialled = record.attempts.get(step) ?? null;
      if (!told.has(dialled)) wrong.push(`${session} step ${step} was answered ${[...told].join(" and ")}, remembered ${dialled}`);
    }
    const strays = [...record.attempts.keys()].filter((step) => step > steps.length);
    if (strays.length > 0) wrong.push(`${session} has attempts that nobody was answered: ${strays.join(", ")}`);
  }
  expect(wrong).toEqual([]);
  expect(remembered.size, "a record for each call and no more").toBe(calls.length + alsoThere);
  expect(deadLetters).toBe(0);
};

/** Redis's figures of every agent: calls on the line, and counts beside the attempts that SQL remembers. */
export const readFigures = async (world: FaultWorld) => {
  const tenant = await theTenant(world);
  const agents = await rowsOf<{ id: string; name: string; attempts: number }>(
    world.database.backgroundPool,
    `SELECT v.id, v.name, (SELECT COUNT(*) FROM call_attempts a WHERE a.tenant_id = v.tenant_id AND a.agent_id = v.id) AS attempts FROM voice_agents v`,
  );
  const figures = await createReadAgentFigures(world.look)(
    tenant,
    agents.map(({ id }) => agentId(id)),
  );
  const live = await createReadLiveCalls(world.look)(tenant);
  const counted = agents.map(({ id, name }) => {
    const { callsInWindow = {}, activeCalls = 0 } = figures.get(agentId(id)) ?? {};
    return { name, counted: Math.max(0, ...Object.values(callsInWindow)), active: activeCalls };
  });
  return { agents: agents.map(({ attempts, name }, index) => ({ name, attempts, ...counted[index] })), live: live.calls };
};

/** Counts equal the attempts in SQL, leases equal the calls that are on the line. */
export const expectFigures = async (world: FaultWorld, onTheLine = 0) => {
  const { agents, live } = await readFigures(world);
  expect(agents.map(({ name, counted }) => [name, counted])).toEqual(agents.map(({ name, attempts }) => [name, attempts]));
  expect(
    agents.reduce((sum, { active = 0 }) => sum + active, 0),
    "leases",
  ).toBe(onTheLine);
  expect(live.filter(({ leased }) => leased).length, "live calls with a lease").toBe(onTheLine);
};

/** Nothing that the product itself calls a fault. */
export const expectNoFaults = (world: FaultWorld) => {
  for (const server of world.servers)
    expect(server.log()).not.toMatch(/unhandled_rejection|uncaught|step_failed|request_failed|local_journal_failed/);
};
