import { agentId, groupId, ruleId, type TenantId } from "@switchboard/routing/ids";
import type { JournalEvent } from "@switchboard/routing/journal-event";
import type { RebuildSnapshot } from "@switchboard/routing/rebuild-snapshot";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAgentOperations } from "../configuration/agent-operations.ts";
import { type CallRecordFilters, createCallRecordReads } from "./call-records.ts";
import { openControl } from "../control-fixture.ts";
import { callOf, cdrOf, entriesOf, type SimulatedCall, stepOf, updateOf, wholeCall } from "../recorder/journal-fixture.ts";
import { callIdOf } from "../ids.ts";
import { loadRebuildSnapshots } from "../recorder/rebuild-snapshot.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { execute } from "../database/sql.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

let partitions = 0;
const record = async (events: JournalEvent[]) =>
  createRecorder(control.database).apply(entriesOf(events, (partitions += 1)), partitions, 1);

const callsOf = (tenantId: TenantId, count: number, startedAt: number): SimulatedCall[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ tenantId, agentId: agentId(`agt_${String(index % 2).padStart(20, "0")}`), groupId: groupId(`grp_${"0".repeat(20)}`) },
    ...{ session: `session-${index}`, startedAt: startedAt + Math.floor(index / 3) * 1000 },
  }));

test("every record is listed once, latest first, whatever the page size, also when many began in one millisecond", async () => {
  const { tenantId } = await control.newTenant();
  const other = await control.newTenant();
  await record(
    [...callsOf(tenantId, 50, Date.UTC(2026, 0, 1)), ...callsOf(other.tenantId, 5, Date.UTC(2026, 0, 1))].map((call) => stepOf(call)),
  );
  const reads = createCallRecordReads(control.database, tenantId);
  const whole = await reads.list({ limit: 200 });
  expect([whole.items.length, whole.nextCursor]).toEqual([50, null]);
  const order = whole.items.map((item) => `${item.startedAt} ${item.id}`);
  expect(order).toEqual(order.toSorted().toReversed());
  for (const limit of [1, 7, 25, 50]) {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await reads.list({ limit, cursor });
      ids.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && ids.length <= 50);
    expect(ids).toEqual(whole.items.map((item) => item.id));
  }
  await expect(reads.list({ limit: 10, cursor: "not one of ours" })).rejects.toMatchObject({ kind: "rule_broken" });
});

test("each filter finds its calls and no others; LIKE's wildcards are plain characters", async () => {
  const { tenantId } = await control.newTenant();
  const began = Date.UTC(2026, 0, 2);
  const [first, second, third] = callsOf(tenantId, 3, began);
  if (!first || !second || !third) throw new Error("no calls");
  const odd = stepOf(third);
  await record([
    ...wholeCall(first),
    stepOf(second),
    { ...odd, facts: { ...odd.facts, from: "50%_off", to: "15550107777", direction: "outbound" } },
  ]);
  const reads = createCallRecordReads(control.database, tenantId);
  const found = async (filters: CallRecordFilters) =>
    (await reads.list({ limit: 10, ...filters })).items.map((item) => item.session).toSorted();
  expect(await found({ from: "+1 555 010-0001" })).toEqual(["session-0", "session-1"]);
  expect(await found({ to: "+15550107777" })).toEqual(["session-2"]);
  expect(await found({ number: "15550109999" })).toEqual(["session-0", "session-1"]);
  expect(await found({ search: "+155501" })).toEqual(["session-0", "session-1", "session-2"]);
  expect(await found({ search: "50%" })).toEqual(["session-2"]);
  expect(await found({ search: "%" })).toEqual([]);
  expect(await found({ search: "session-1" })).toEqual(["session-1"]);
  expect(await found({ status: "completed" })).toEqual(["session-0"]);
  expect(await found({ direction: "outbound" })).toEqual(["session-2"]);
  expect(await found({ agentId: second.agentId })).toEqual(["session-1"]);
  expect(await found({ groupId: first.groupId })).toEqual(["session-0", "session-1", "session-2"]);
  expect(await found({ ruleId: "rul_of_nobody" })).toEqual([]);
  expect(await found({ startedAfter: "2026-01-02T00:00:00Z", startedBefore: "2026-01-02T00:00:00Z" })).toEqual([]);
  expect(await found({ startedAfter: "2026-01-02T01:00:00+01:00", status: "ringing" })).toEqual(["session-1", "session-2"]);
});

test("a number is found in any writing, a call by its id, and calls by a part of the name of an agent that was tried", async () => {
  const { tenantId, configuration } = await control.newTenant();
  const { agents, groups, inboundRules, outboundRules } = configuration;
  await execute(control.database.pool, "UPDATE tenants SET country = 'GB' WHERE id = ?", [tenantId]);
  const agentOf = async (name: string) => (await agents.create({ name, provider: "vapi", serviceValue: "+15550100101" })).item;
  const [ada, ben] = [await agentOf("Ada at the desk"), await agentOf("Ben 100%")];
  const group = (await groups.create({ name: "Desk", strategy: "priority", members: [{ agentId: ada.id }] })).item;
  const target = { targetType: "agent_group", targetId: group.id } as const;
  const inbound = (await inboundRules.create({ pattern: "+4420*", ...target })).item;
  const outbound = (await outboundRules.create({ prefix: "GB", trunkConfig: { trunks: ["main"] } })).item;

  const began = Date.UTC(2026, 0, 3);
  const call = (session: string, by: typeof ada) => ({ tenantId, session, startedAt: began, groupId: group.id, agentId: by.id });
  const withFacts = (step: ReturnType<typeof stepOf>, facts: Partial<typeof step.facts>) => ({
    ...step,
    facts: { ...step.facts, ...facts },
  });
  const failedOver = [stepOf(call("one", ada)), stepOf(call("one", ben), 2)];
  await record([
    ...failedOver.map((step) => withFacts(step, { to: "+442079460018", ruleId: inbound.id })),
    withFacts(stepOf(call("two", ada)), { from: "442079460999", ruleId: outbound.id, direction: "outbound" }),
    withFacts(stepOf({ ...call("three", ben), test: true }), { ruleId: ruleId("rul_gone") }),
  ]);
  const reads = createCallRecordReads(control.database, tenantId);
  const found = async (filters: CallRecordFilters) =>
    (await reads.list({ limit: 10, ...filters })).items.map(({ session }) => session).toSorted();

  for (const search of ["+44 20 7946 0018", "0044 20 7946-0018", "(020) 7946 0018", "44 20 79460018", "020 7946 0018"]) {
    expect([search, await found({ search })]).toEqual([search, ["one"]]);
  }
  for (const search of ["4420", "+4420", "00 44 20", "0207", "44 (20) 7946"]) {
    expect([search, await found({ search })]).toEqual([search, ["one", "two"]]);
  }
  expect(await found({ search: callIdOf(tenantId, "two") })).toEqual(["two"]);
  expect(await found({ search: "ADA AT" })).toEqual(["one", "two"]);
  expect(await found({ search: "n 100%" })).toEqual(["one", "three"]);
  expect(await found({ search: "nobody" })).toEqual([]);
  expect(await found({ test: true })).toEqual(["three"]);
  expect(await found({ test: false, agentId: ben.id })).toEqual(["one"]);
  expect(await found({ reason: "matched" })).toEqual(["one", "three", "two"]);
  expect(await found({ reason: "caller_gone" })).toEqual([]);
  expect(await found({ outcome: "failed_over" })).toEqual(["one"]);
  expect(await found({ outcome: "answered" })).toEqual([]);
  expect(await found({ outcome: "not_answered" })).toEqual(["one", "three", "two"]);
  expect(await found({ outcome: "fallback" })).toEqual([]);

  const { items } = await reads.list({ limit: 10 });
  const namesOf = (session: string) => {
    const item = items.find((each) => each.session === session);
    return [item?.rulePattern, item?.groupName, item?.agentName];
  };
  expect(namesOf("one")).toEqual(["+4420*", "Desk", "Ben 100%"]);
  expect(namesOf("two")).toEqual(["GB", "Desk", "Ada at the desk"]);
  expect(namesOf("three")).toEqual([null, "Desk", "Ben 100%"]);
  expect(await reads.get(callIdOf(tenantId, "one"))).toMatchObject(items.find(({ session }) => session === "one") ?? { session: "one" });
});

test("a rebuild is given every assignment of the last 168 hours, the open calls and those that ended within the hour", async () => {
  const { tenantId, configuration } = await control.newTenant();
  const { item: agent } = await configuration.agents.create({ name: "Counted", provider: "retell", serviceValue: "+15550100101" });
  const now = Date.UTC(2026, 0, 10, 12);
  const call = (session: string, startedAt: number): SimulatedCall => ({
    tenantId,
    agentId: agent.id,
    groupId: groupId(`grp_${"0".repeat(20)}`),
    session,
    startedAt,
  });
  const [tooOld, old, justEnded, open, ringing] = [
    call("too old", now - 169 * 3_600_000),
    call("old", now - 100 * 3_600_000),
    call("just ended", now - 600_000),
    call("open", now - 300_000),
    call("ringing", now - 1000),
  ];
  await record([
    ...[tooOld, old, justEnded].flatMap((each) => [stepOf(each), cdrOf(each)]),
    stepOf(open),
    stepOf(open, 2),
    updateOf(open, "connected", 9000),
    stepOf(ringing),
  ]);
  const snapshots: RebuildSnapshot[] = [];
  for await (const each of loadRebuildSnapshots(control.database, [tenantId], now)) snapshots.push(each);
  const [snapshot] = snapshots;
  if (!snapshot) throw new Error("no snapshot");
  expect(snapshot.assignments.reduce((sum, each) => sum + each.count, 0)).toBe(5);
  expect(snapshot.assignments.map((each) => each.minute)).toContain(Math.floor((old.startedAt + 1000) / 60_000));
  const bySession = Object.fromEntries(snapshot.calls.map((each) => [each.session, each]));
  expect(Object.keys(bySession).toSorted()).toEqual(["just ended", "open", "ringing"]);
  expect(bySession.open).toMatchObject({ callId: callOf(open), state: "connected", answeredAt: open.startedAt + 9000 });
  expect(bySession.open?.steps.map((step) => [step.step, step.ended, step.decidedAt])).toEqual([
    [1, true, open.startedAt + 1000],
    [2, false, open.startedAt + 2000],
  ]);
  expect(bySession["just ended"]?.evidence.rank).toBe(4);
  expect(bySession.ringing?.steps[0]?.decision).toEqual(stepOf(ringing).decision);
});

test("a test call's record says so, and neither it nor its failure counts for the agent that it met", async () => {
  const { tenantId, configuration } = await control.newTenant();
  const { item } = await configuration.agents.create({ name: "Ava", provider: "vapi", serviceValue: "+15550100101" });
  const call = { tenantId, agentId: agentId(item.id), groupId: groupId(`grp_${"0".repeat(20)}`), startedAt: Date.now() - 60_000 };
  const tried: SimulatedCall = { ...call, session: "tried", test: true };
  await record([...wholeCall(tried).toReversed(), stepOf({ ...call, session: "real" })]);

  const { items } = await createCallRecordReads(control.database, tenantId).list({ limit: 10 });
  const flags = (calls: { session: string; test: boolean }[]) =>
    Object.fromEntries(calls.map(({ session, test: flag }) => [session, flag]));
  expect(flags(items)).toEqual({ real: false, tried: true });
  const snapshots: RebuildSnapshot[] = [];
  for await (const snapshot of loadRebuildSnapshots(control.database, [tenantId])) snapshots.push(snapshot);
  expect(flags(snapshots.flatMap(({ calls }) => calls))).toEqual({ real: false, tried: true });
  expect(snapshots.flatMap(({ assignments }) => assignments.map(({ count }) => count))).toEqual([1]);
  const bound = {
    database: control.database,
    keyRing: control.keyRing,
    tenantId,
    actor: { id: null, name: "test" },
    announce: async () => {},
  };
  const operations = createAgentOperations(bound, async () => ({ before: "healthy", after: "healthy" }));
  expect(await operations.lastFailure(agentId(item.id))).toBeNull();
});
