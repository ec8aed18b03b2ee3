import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { failureOf, follow, openOperators, openSse, type Operators, type Told } from "./operators.ts";
import { openRest } from "./rest.ts";

let world: Operators;
beforeAll(async () => {
  world = await openOperators();
});
afterAll(() => world.stop());

test("a call is told from its start over its failover to its one end, and is then a record with attempts and timeline", async () => {
  const { own } = world.tenants;
  await using person = await world.signIn(own);
  const snapshot = await person.api.analytics.liveCalls.query();
  expect(snapshot).toMatchObject({ calls: [], delayed: false });
  const told = follow(person.api, snapshot.cursor);
  const call = await world.playCall(own, { firstIsBusy: true });
  await vi.waitFor(async () => {
    const { calls } = await person.api.analytics.liveCalls.query();
    expect(calls).toMatchObject([
      { session: call.Session, state: "connected", status: "in-progress", agentName: "Bruno", groupName: "Sales", attempt: 2 },
    ]);
  }, 60_000);
  await call.end();
  await vi.waitFor(
    () => expect(told.told.map(({ type }) => type).filter((type) => type !== "call.updated")).toEqual(["call.started", "call.ended"]),
    60_000,
  );
  const [first] = told.told;
  await vi.waitFor(async () => {
    const record = await person.api.callRecords.get.query({ id: first?.callId ?? "" });
    expect(record).toMatchObject({ session: call.Session, status: "completed", durationSeconds: 3, reason: "matched" });
    expect(record.attempts?.map(({ agentName, result }) => [agentName, result])).toEqual([
      ["Ava", "busy"],
      ["Bruno", "completed"],
    ]);
    expect(record.timeline?.length).toBeGreaterThan(4);
    expect(JSON.stringify(record)).not.toContain("canary");
  }, 60_000);
  told.stop();
});

test("a socket cut again and again during many calls misses no event and gets none twice", async () => {
  const { own } = world.tenants;
  await using person = await world.signIn(own);
  const { cursor } = await person.api.analytics.liveCalls.query();
  await using steady = await world.signIn(own);
  const [cut, whole] = [follow(person.api, cursor), follow(steady.api, cursor)];
  for (let n = 0; n < 40; n += 1) {
    await (await world.playCall(own)).end();
    if (n % 5 === 0) person.socket.connection?.ws.close();
  }
  const ends = (told: Told[]) => told.filter(({ type }) => type === "call.ended").map(({ callId }) => callId);
  await vi.waitFor(() => expect([ends(cut.told).length, ends(whole.told).length]).toEqual([40, 40]), 10_000);
  expect(new Set(ends(cut.told)).size).toBe(40);
  const ids = cut.told.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const stable = (told: Told[]) => told.filter(({ type }) => type !== "call.updated");
  expect(stable(cut.told)).toEqual(stable(whole.told));
  cut.stop();
  whole.stop();
});

test("another tenant's call is not there: not in events, not in lists, not by its id", async () => {
  const { own, other } = world.tenants;
  await using person = await world.signIn(own);
  await using stranger = await world.signIn(other);
  const told = follow(stranger.api, (await stranger.api.analytics.liveCalls.query()).cursor);
  await vi.waitFor(() => expect(told.isStarted()).toBe(true), 60_000);
  const call = await world.playCall(own);
  const id = await vi.waitFor(async () => {
    const { items } = await person.api.callRecords.list.query({ search: call.Session });
    return items[0]!.id;
  }, 60_000);
  expect(await failureOf(stranger.api.callRecords.get.query({ id }))).toEqual({ code: "NOT_FOUND", message: "There is no such call." });
  expect(await stranger.api.callRecords.list.query({})).toEqual({ items: [], nextCursor: null });
  expect((await stranger.api.analytics.liveCalls.query()).calls).toEqual([]);
  await (await world.playCall(other)).end();
  await vi.waitFor(() => expect(told.told.some(({ type }) => type === "call.ended")).toBe(true), 60_000);
  expect(told.told.some(({ callId }) => callId === id)).toBe(false);
  await call.end();
  told.stop();
});

test("who may only watch sees no whole number: not in events, not in the snapshot, not in records", async () => {
  const { watcher } = world.tenants;
  await world.setUser(watcher.email, "role = 'user'");
  await using person = await world.signIn(watcher);
  const frames: string[] = [];
  const subscription = person.api.live.events.subscribe(undefined, {
    onData: ({ data }) => void frames.push(JSON.stringify(data)),
    onStarted: () => void frames.push("started"),
  });
  await vi.waitFor(() => expect(frames).toContain("started"), 60_000);
  const call = await world.playCall(watcher, { from: "+14155550199" });
  await vi.waitFor(() => expect(frames.some((frame) => frame.includes("call.started"))).toBe(true), 60_000);
  const live = await person.api.analytics.liveCalls.query();
  expect(live.calls[0]?.from).toBe("+1415•••0199");
  await call.end();
  const record = await vi.waitFor(async () => (await person.api.callRecords.list.query({})).items[0]!, 60_000);
  expect(record.from).toBe("+1415•••0199");
  expect(JSON.stringify([frames, live, record])).not.toContain("14155550199");
  subscription.unsubscribe();
});

test("a rule about one number tells that number to nobody who may only watch: in no snapshot, no event and no record", async () => {
  const { watcher } = world.tenants;
  const to = "+15550100077";
  await world.setUser(watcher.email, "role = 'admin'");
  await using admin = await world.signIn(watcher);
  const { items } = await admin.api.agents.list.query({ limit: 1 });
  await admin.api.inboundRules.create.mutate({ pattern: to, targetType: "voice_agent", targetId: items[0]!.id });
  await world.setUser(watcher.email, "role = 'user'");
  await using person = await world.signIn(watcher);
  const { cursor } = await person.api.analytics.liveCalls.query();
  const all = [follow(person.api, cursor), follow(openSse(world.base, person.token).api, cursor)];
  const door = openDoor(world.app, watcher);
  const Session = newSession();
  // Told of before it is decided, so that its rule comes as a change.
  await door.update({ token: Session, status: "processing", callerId: "+14155550100", destination: to });
  const { document } = await door.ring({ Session, To: to });
  const rest = openRest(world.base, person.token.current);
  const snapshot = await vi.waitFor(async () => {
    const { body } = await rest("GET", "/analytics/live-calls");
    expect(body["calls"]).toMatchObject([{ to: "+1555•••0077", rulePattern: "+1555•••0077" }]);
    return body;
  }, 60_000);
  const live = await person.api.analytics.liveCalls.query();
  await door.report(document, { Session, To: to, DialCallStatus: "completed" });
  for (const { told } of all) await vi.waitFor(() => expect(told.some(({ type }) => type === "call.ended")).toBe(true), 60_000);
  const record = await vi.waitFor(async () => (await person.api.callRecords.list.query({ search: Session })).items[0]!, 60_000);
  for (const { events, stop } of all) {
    expect(JSON.stringify(events)).toContain('"rulePattern":"+1555•••0077"');
    stop();
  }
  expect([live.calls[0]?.rulePattern, record.rulePattern]).toEqual(["+1555•••0077", "+1555•••0077"]);
  expect(JSON.stringify([snapshot, live, all.map(({ events }) => events), record])).not.toContain(to.slice(1));
});

test("a demoted admin's socket is sent away within a second, and no whole number is told to it any more", async () => {
  const { other } = world.tenants;
  await using person = await world.signIn(other);
  const told = follow(person.api, (await person.api.analytics.liveCalls.query()).cursor);
  await (await world.playCall(other, { from: "+14155550177" })).end();
  await vi.waitFor(() => expect(JSON.stringify(told.events)).toContain("+14155550177"), 60_000);
  await world.setUser(other.email, "role = 'user'");
  // Somebody else's question of the same session notices first.
  await vi.waitFor(async () => expect((await person.api.auth.user.query())?.role).toBe("user"), { timeout: 20_000, interval: 20 });
  await vi.waitFor(() => expect(told.failure()).toBe("UNAUTHORIZED"), { timeout: 10_000, interval: 10 });
  const known = told.events.length;
  await (await world.playCall(other, { from: "+14155550188" })).end();

  await using again = await world.signIn(other);
  const masked = follow(again.api, told.events.at(-1)?.id ?? "");
  await vi.waitFor(() => expect(masked.told.some(({ type }) => type === "call.ended")).toBe(true), 60_000);
  expect(JSON.stringify(masked.events)).toContain("+1415•••0188");
  expect(JSON.stringify([masked.events, told.events.slice(known)])).not.toContain("+14155550188");
  masked.stop();
  await world.setUser(other.email, "role = 'admin'");
});

for (const [ending, end] of [
  ["signing out", (person: Awaited<ReturnType<Operators["signIn"]>>) => person.api.auth.logout.mutate()],
  ["being disabled", () => world.setUser(world.tenants.own.email, "enabled = 0")],
] as const) {
  test(`${ending} ends the socket and the token within a second`, async () => {
    await using person = await world.signIn(world.tenants.own);
    await using witness = await world.signIn(world.tenants.own);
    witness.token.current = person.token.current;
    const told = follow(person.api, null);
    await vi.waitFor(() => expect(told.isStarted()).toBe(true), 60_000);
    await end(person);
    const since = performance.now();
    await vi.waitFor(() => expect(told.failure()).toBe("UNAUTHORIZED"), { timeout: 10_000, interval: 10 });
    await vi.waitFor(async () => expect((await failureOf(witness.api.auth.user.query())).code).toBe("UNAUTHORIZED"), {
      timeout: 10_000,
      interval: 10,
    });
    // Ten times what is promised.
    expect(performance.now() - since).toBeLessThan(10_000);
    await world.setUser(world.tenants.own.email, "enabled = 1");
  });
}
