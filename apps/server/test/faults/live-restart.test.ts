/** A console whose server is killed, or told to stop, is back by itself, and has missed nothing. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { compareJournalIds } from "../../src/realtime/journal-id.ts";
import { follow, openClientOf } from "../operators.ts";
import { type FaultWorld, openFaultWorld } from "./fault-world.ts";
import { openPlatform, type Platform } from "./platform.ts";
import { startCalls } from "./played-calls.ts";

let world: FaultWorld;
let platform: Platform;
beforeAll(async () => {
  world = await openFaultWorld({ ownMariadb: false });
  platform = openPlatform(world.server.url, world.tenant);
});
afterAll(async () => {
  await platform.close();
  await world.stop();
});

const signIn = async () => {
  const { admin } = JSON.parse(await readFile(join(world.dir, "server-0/first-run.json"), "utf8")) as {
    admin: { email: string; password: string };
  };
  const token: { current: string | null } = { current: null };
  const client = openClientOf(world.server.url)(token);
  token.current = (await client.api.auth.login.mutate(admin)).accessToken;
  return client;
};

const lasting = (events: readonly LiveEvent[]) => events.filter(({ type }) => type !== "call.updated");
const ended = (events: readonly LiveEvent[]) => events.filter(({ type }) => type === "call.ended").length;

test("Server restarted: the client is back by itself, same", async () => {
  await using person = await signIn();
  const { cursor } = await person.api.analytics.liveCalls.query();
  const told = follow(person.api, cursor);
  const calls = 240;
  const { finished, history } = startCalls({ platforms: [platform], seed: "restart", calls, ratePerSecond: 30, repeats: 0 });
  await vi.waitFor(() => expect(ended(told.events)).toBeGreaterThan(20), { timeout: 60_000 });
  await world.server.replace();
  await world.server.until({ status: "ready" });
  await finished;
  expect(history.wrong).toEqual([]);
  await vi.waitFor(() => expect(ended(told.events)).toBe(calls), { timeout: 60_000, interval: 100 });

  // The one that watched all along and one that has asked only now were told the same.
  const whole = follow(person.api, cursor);
  await vi.waitFor(() => expect(ended(whole.events)).toBe(calls), { timeout: 60_000, interval: 100 });
  expect(lasting(told.events)).toEqual(lasting(whole.events));
  const ids = told.events.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(ids.toSorted(compareJournalIds));
  expect(told.failure()).toBeUndefined();
  told.stop();
  whole.stop();
});
