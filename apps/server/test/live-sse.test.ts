/** Live events where a proxy lets no WebSocket through: the same events, the same resumption, over an answer that never ends. */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { follow, openOperators, openSse, type Operators, type Told } from "./operators.ts";

let world: Operators;
beforeAll(async () => {
  world = await openOperators();
});
afterAll(() => world.stop());

const once = (told: Told[]) => told.filter(({ type }) => type !== "call.updated");
const count = (told: Told[], type: string) => told.filter((each) => each.type === type).length;

test("the same events as over a socket, each once and in order, however often the connection breaks", async () => {
  const { own } = world.tenants;
  await using person = await world.signIn(own);
  const { cursor } = await person.api.analytics.liveCalls.query();
  const sse = openSse(world.base, person.token);
  const [streamed, socket] = [follow(sse.api, cursor), follow(person.api, cursor)];
  for (let calls = 0; calls < 30; calls += 1) {
    await (await world.playCall(own)).end();
    if (calls % 15 === 5) world.cutStreams();
    // It comes back by itself, after the three seconds that the protocol's clients wait.
    if (calls % 15 === 14) await vi.waitFor(() => expect(sse.answers.length).toBe(calls < 15 ? 2 : 3), 10_000);
  }
  await vi.waitFor(() => expect([streamed, socket].map(({ told }) => count(told, "call.ended"))).toEqual([30, 30]), 20_000);
  expect(once(streamed.told)).toEqual(once(socket.told));
  const ids = streamed.told.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  streamed.stop();
  socket.stop();
});

test("the answer is stored by nobody and compressed by nobody, and the token stands in no address", async () => {
  await using person = await world.signIn(world.tenants.own);
  const sse = openSse(world.base, person.token);
  const told = follow(sse.api, null);
  await vi.waitFor(() => expect(told.isStarted()).toBe(true), 60_000);
  const [answer] = sse.answers;
  expect(answer?.headers.get("content-type")).toBe("text/event-stream");
  expect(answer?.headers.get("cache-control")).toBe("no-store, no-transform");
  expect(answer?.headers.get("content-encoding")).toBeNull();
  expect(answer?.url).not.toContain(person.token.current ?? "");
  told.stop();
});

test("a token in the address opens nothing", async () => {
  await using person = await world.signIn(world.tenants.own);
  const params = encodeURIComponent(JSON.stringify({ token: person.token.current }));
  const answer = await fetch(`${world.base}/trpc/auth.user?connectionParams=${params}`);
  expect(answer.status).toBe(401);
});

for (const [ending, end, undo] of [
  ["signing out", (person: Awaited<ReturnType<Operators["signIn"]>>) => person.api.auth.logout.mutate(), async () => 0],
  [
    "being disabled",
    () => world.setUser(world.tenants.own.email, "enabled = 0"),
    () => world.setUser(world.tenants.own.email, "enabled = 1"),
  ],
  [
    "being demoted",
    () => world.setUser(world.tenants.own.email, "role = 'user'"),
    () => world.setUser(world.tenants.own.email, "role = 'admin'"),
  ],
] as const) {
  test(`${ending} ends it within a second`, async () => {
    await using person = await world.signIn(world.tenants.own);
    const told = follow(openSse(world.base, person.token).api, null);
    await vi.waitFor(() => expect(told.isStarted()).toBe(true), 60_000);
    await end(person);
    await vi.waitFor(() => expect(told.failure()).toBe("UNAUTHORIZED"), { timeout: 10_000, interval: 10 });
    await undo();
  });
}

test("whoever leaves is forgotten, and a server that stops is not kept from it by those who stay", async () => {
  const other = await openOperators();
  await using person = await other.signIn(other.tenants.own);
  const sse = openSse(other.base, person.token);
  const [leaves, stays] = [follow(sse.api, null), follow(sse.api, null)];
  await vi.waitFor(() => expect([leaves.isStarted(), stays.isStarted()]).toEqual([true, true]), 60_000);
  leaves.stop();
  const since = performance.now();
  await Promise.race([other.stop(), pause(15_000)]);
  expect(performance.now() - since).toBeLessThan(10_000);
  stays.stop();
});
