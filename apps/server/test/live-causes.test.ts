/** Every kind of live event, from every cause: what the platform says, what runs out, what operators do. */
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { createRedisClient } from "@switchboard/execution/client";
import { partitionOf } from "@switchboard/execution/keys";
import { createJobLock } from "@switchboard/execution/lock";
import { createSweep } from "@switchboard/execution/sweep";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { follow, openOperators, type Operators } from "./operators.ts";

let world: Operators;
beforeAll(async () => {
  world = await openOperators();
});
afterAll(() => world.stop());

type DataOf<Type extends LiveEvent["type"]> = Extract<LiveEvent, { type: Type }>["data"];
const of = <Type extends LiveEvent["type"]>(events: readonly LiveEvent[], type: Type) =>
  events.filter((event) => event.type === type).map(({ data }) => data as DataOf<Type>);

test("a rule that an operator creates, changes and removes is told each time, with its version, and can be resumed after", async () => {
  const { own, other } = world.tenants;
  await using person = await world.signIn(own);
  await using stranger = await world.signIn(other);
  const { cursor } = await person.api.analytics.liveCalls.query();
  const told = follow(person.api, cursor);
  const elsewhere = follow(stranger.api, cursor);
  await vi.waitFor(() => expect(elsewhere.isStarted()).toBe(true), 60_000);

  const { items: agents } = await person.api.agents.list.query({});
  const rule = await person.api.inboundRules.create.mutate({
    pattern: "+15550100777",
    targetType: "voice_agent",
    targetId: agents[0]?.id ?? "",
  });
  const changed = await person.api.inboundRules.update.mutate({ id: rule.id, version: rule.version, priority: 7 });
  await person.api.inboundRules.delete.mutate({ id: rule.id });
  const outbound = await person.api.outboundRules.create.mutate({ prefix: "+44", trunkConfig: { trunks: ["carrier"] } });
  const expected = [
    { ruleId: rule.id, kind: "inbound", change: "created", version: rule.version },
    { ruleId: rule.id, kind: "inbound", change: "updated", version: changed.version },
    { ruleId: rule.id, kind: "inbound", change: "deleted", version: changed.version },
    { ruleId: outbound.id, kind: "outbound", change: "created", version: outbound.version },
  ];
  await vi.waitFor(() => expect(of(told.events, "routing_rule.updated")).toEqual(expected), 60_000);

  const later = follow(person.api, told.events[0]?.id ?? "");
  await vi.waitFor(() => expect(of(later.events, "routing_rule.updated")).toEqual(expected.slice(1)), 60_000);
  await (await world.playCall(other)).end();
  await vi.waitFor(() => expect(of(elsewhere.events, "call.ended")).toHaveLength(1), 60_000);
  expect(of(elsewhere.events, "routing_rule.updated")).toEqual([]);
  for (const { stop } of [told, elsewhere, later]) stop();
});

test("an agent that an operator disables and enables is told with its cause; any other change of it is none", async () => {
  const { own } = world.tenants;
  await using person = await world.signIn(own);
  const told = follow(person.api, (await person.api.analytics.liveCalls.query()).cursor);
  const { items } = await person.api.agents.list.query({ search: "Bruno" });
  const [agent] = items;
  if (!agent) throw new Error("no agent");
  const off = await person.api.agents.update.mutate({ id: agent.id, version: agent.version, enabled: false });
  const renamed = await person.api.agents.update.mutate({ id: agent.id, version: off.version, serviceValue: "+15550100199" });
  await person.api.agents.update.mutate({ id: agent.id, version: renamed.version, enabled: true });
  await vi.waitFor(
    () =>
      expect(of(told.events, "agent.status_changed")).toEqual([
        { agentId: agent.id, from: "enabled", to: "disabled", cause: "disabled by an operator" },
        { agentId: agent.id, from: "disabled", to: "enabled", cause: "enabled by an operator" },
      ]),
    60_000,
  );
  told.stop();
});

test("an agent whose dials fail is told as ejected, with why", async () => {
  const { other } = world.tenants;
  await using person = await world.signIn(other);
  const told = follow(person.api, (await person.api.analytics.liveCalls.query()).cursor);
  const door = openDoor(world.app, other);
  for (let call = 0; call < 5; call += 1) {
    const Session = newSession();
    const { document } = await door.ring({ Session });
    await door.report(document, { Session, DialCallStatus: "failed" });
  }
  const { items } = await person.api.agents.list.query({ search: "Ava" });
  await vi.waitFor(
    () =>
      expect(of(told.events, "agent.status_changed")).toEqual([
        { agentId: items[0]?.id, from: "healthy", to: "ejected", cause: "five failures in a row" },
      ]),
    60_000,
  );
  told.stop();
});

test("a call of which nothing more is heard is told as ended once its time has run out", async () => {
  const { watcher } = world.tenants;
  await using person = await world.signIn(watcher);
  const told = follow(person.api, (await person.api.analytics.liveCalls.query()).cursor);
  const [silent, talked] = [newSession(), newSession()];
  const door = openDoor(world.app, watcher);
  await door.ring({ Session: silent });
  await door.ring({ Session: talked });
  await door.update({ token: talked, status: "connected" });
  await vi.waitFor(() => expect(of(told.events, "call.started")).toHaveLength(2), 60_000);

  const redis = createRedisClient({ url: world.redis.url, cluster: false, role: "jobs" });
  await vi.waitFor(() => expect(redis.status).toBe("ready"), 60_000);
  const sweep = createSweep(redis, () => Date.now() + 5 * 3_600_000);
  await vi.waitFor(async () => {
    // The product's own sweep holds the lock now and then.
    const outcome = await createJobLock(redis).withLock("sweep", 5_000, (fence) => sweep(partitionOf(watcher.tenantId), fence));
    expect(outcome).toMatchObject({ kind: "done", value: { kind: "done", removed: 2 } });
  }, 60_000);
  redis.disconnect();
  const ids = new Map(of(told.events, "call.started").map(({ session, callId }) => [session, callId]));
  await vi.waitFor(
    () =>
      expect(new Map(of(told.events, "call.ended").map(({ callId, state, status }) => [callId, [state, status]]))).toEqual(
        new Map([
          [ids.get(silent), ["timeout", "no-answer"]],
          [ids.get(talked), ["timeout", "completed"]],
        ]),
      ),
    60_000,
  );
  told.stop();
});
