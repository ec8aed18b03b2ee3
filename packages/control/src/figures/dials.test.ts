/** What groups gave to agents is counted as it is recorded, and what is read back of any window is exactly what the records hold. */
import { agentId, type GroupId, groupId } from "@switchboard/routing/ids";
import type { JournalEvent } from "@switchboard/routing/journal-event";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openControl } from "../control-fixture.ts";
import { callOf, entriesOf, type SimulatedCall, stepOf, wholeCall } from "../recorder/journal-fixture.ts";
import { readDials } from "./read-dials.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { rowsOf } from "../database/sql.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

const agent = (name: number) => agentId(`agt_${String(name).padStart(20, "0")}`);
const group = (name: number) => groupId(`grp_${String(name).padStart(20, "0")}`);
const hourMs = 3_600_000;
const noon = Date.UTC(2026, 5, 15, 12);

let partitions = 0;
const openTenant = async () => {
  const { tenantId } = await control.newTenant();
  const recorder = createRecorder(control.database);
  const partition = (partitions += 1);
  let written = 0;
  const record = async (events: JournalEvent[]) => {
    await recorder.apply(entriesOf(events, partition, written + 1), partition, 1);
    written += events.length;
  };
  let calls = 0;
  const newCall = (startedAt: number, more: Partial<SimulatedCall> = {}): SimulatedCall => ({
    ...{ tenantId, agentId: agent(0), groupId: group(0), session: `session-${(calls += 1)}`, startedAt },
    ...more,
  });
  const read = (windows: { targetId: GroupId; windowHours: number }[], nowMs: number) =>
    readDials(control.database, tenantId, { windows, nowMs });
  /** Of one group, by agent. */
  const given = async (windowHours: number, nowMs: number, targetId = group(0)) =>
    Object.fromEntries((await read([{ targetId, windowHours }], nowMs)).get(targetId)?.calls ?? []);
  return { tenantId, record, newCall, read, given };
};

test("of any groups, windows and moments, what is read is what the records hold since the five minutes in which the window began", async () => {
  const { tenantId, record, newCall, read } = await openTenant();
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const calls = Array.from({ length: 1_500 }, () =>
    newCall(noon - random(9 * 24 * hourMs), { agentId: agent(random(4)), groupId: group(random(3)) }),
  );
  for (let from = 0; from < calls.length; from += 100) await record(calls.slice(from, from + 100).flatMap((call) => wholeCall(call)));
  const held = async (targetId: string, since: number) => {
    const rows = await rowsOf<{ agent: string; calls: number }>(
      control.database.pool,
      "SELECT agent_id AS agent, COUNT(*) AS calls FROM call_attempts WHERE tenant_id = ? AND target_id = ? AND started_at >= ? GROUP BY 1",
      [tenantId, targetId, new Date(since)],
    );
    return new Map(rows.map((row) => [row.agent, row.calls]));
  };
  let counted = 0;
  for (let round = 0; round < 150; round += 1) {
    const nowMs = noon - random(2 * 24 * hourMs);
    const some = [0, 1, 2, 9].slice(random(4)).map((name) => ({ targetId: group(name), windowHours: 1 + random(168) }));
    const found = await read(some, nowMs);
    for (const { targetId, windowHours } of some) {
      const { since, calls: given } = found.get(targetId) ?? { since: 0, calls: new Map<string, number>() };
      const began = nowMs - windowHours * hourMs;
      expect(since % 300_000).toBe(0);
      expect([began - since >= 0, began - since < 300_000]).toEqual([true, true]);
      expect(new Map([...given].filter(([, count]) => count > 0))).toEqual(await held(targetId, since));
      counted += [...given.values()].reduce((sum, count) => sum + count, 0);
    }
  }
  expect(counted).toBeGreaterThan(10_000);
});

test("every dial counts once, however often it is told, the failed ones too; a test call never", async () => {
  const { record, newCall, given } = await openTenant();
  const events = [newCall(noon), newCall(noon), newCall(noon, { agentId: agent(1) })].flatMap((call) => wholeCall(call));
  await record([...events, ...wholeCall(newCall(noon, { test: true }))]);
  expect(await given(1, noon)).toEqual({ [agent(0)]: 4, [agent(1)]: 2 });
  await record([...events, ...events.toReversed()]);
  expect(await given(1, noon)).toEqual({ [agent(0)]: 4, [agent(1)]: 2 });
});

test("a claim that was taken back is counted back", async () => {
  const { tenantId, record, newCall, given } = await openTenant();
  const call = newCall(noon);
  await record([stepOf(call)]);
  expect(await given(1, noon)).toEqual({ [agent(0)]: 1 });
  await record([{ type: "superseded", tenantId, callId: callOf(call), at: noon + 2_000, step: 1, agentId: agent(0) }]);
  expect(await given(1, noon)).toEqual({ [agent(0)]: 0 });
});

test("what one tenant gave is in no figure of another's", async () => {
  const [one, two] = [await openTenant(), await openTenant()];
  await one.record(wholeCall(one.newCall(noon)));
  expect(await one.given(1, noon)).toEqual({ [agent(0)]: 2 });
  expect(await two.given(1, noon)).toEqual({});
});
