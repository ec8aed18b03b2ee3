/** Somebody who doesn't read costs the server little, and has the right picture once he does. */
import type { Socket } from "node:net";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { follow, openOperators, type Operators } from "./operators.ts";

let world: Operators;
beforeAll(async () => {
  world = await openOperators();
});
afterAll(() => world.stop());

const lasting = (events: readonly LiveEvent[]) => events.filter(({ type }) => type !== "call.updated");
const ended = (events: readonly LiveEvent[]) => events.filter(({ type }) => type === "call.ended").length;

test("a socket that is not read while 5,000 events come is dropped, holds little memory, and comes back to the right picture", async () => {
  const { own } = world.tenants;
  await using slow = await world.signIn(own);
  await using steady = await world.signIn(own);
  const sockets: Socket[] = [];
  world.app.server.on("upgrade", (_request, socket: Socket) => sockets.push(socket));
  const { cursor } = await slow.api.analytics.liveCalls.query();
  const [told, whole] = [follow(slow.api, cursor), follow(steady.api, cursor)];
  // More than the machine itself keeps for a connection.
  const more = Array.from({ length: 9 }, () => follow(slow.api, cursor));
  await vi.waitFor(() => expect([told.isStarted(), whole.isStarted()]).toEqual([true, true]), 60_000);
  const socket = slow.socket.connection?.ws as unknown as WebSocket;
  const atServer = () => sockets.filter(({ destroyed }) => !destroyed).map(({ writableLength }) => writableLength);
  socket.pause();
  let most = 0;
  const from = "+1415555".padEnd(250, "0");
  const calls = 1_300;
  for (let done = 0; done < calls; done += 20) {
    await Promise.all(Array.from({ length: 20 }, async () => (await world.playCall(own, { from })).end()));
    most = Math.max(most, ...atServer());
  }
  await vi.waitFor(() => expect(atServer()).toHaveLength(1), { timeout: 60_000 });
  expect(most).toBeGreaterThan(64 * 1024);
  expect(most).toBeLessThan(512 * 1024);

  socket.resume();
  await vi.waitFor(() => expect([ended(told.events), ended(whole.events)]).toEqual([calls, calls]), { timeout: 60_000 });
  expect(whole.events.length).toBeGreaterThan(3_000);
  for (const one of [told, ...more]) {
    await vi.waitFor(() => expect(ended(one.events)).toBe(calls), { timeout: 60_000 });
    expect(lasting(one.events)).toEqual(lasting(whole.events));
    one.stop();
  }
  whole.stop();
});
