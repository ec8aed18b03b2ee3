/** The log of the webhook door, read back through the operators' door. */
import { rowsOf } from "@switchboard/control/sql";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openOperators, type Operators } from "./operators.ts";
import { openRest, type Rest } from "./rest.ts";

const kinds = ["cdr", "dial_result", "session_update", "voice"];
const from = "+14155550142";
const calls: string[] = [];

let world: Operators;
let admin: Rest;
let user: Rest;
let stranger: Rest;
beforeAll(async () => {
  world = await openOperators();
  const { own, other } = world.tenants;
  const askAs = async (tenant: typeof own) => {
    await using person = await world.signIn(tenant);
    return openRest(world.base, person.token.current);
  };
  [admin, stranger] = [await askAs(own), await askAs(other)];
  for (let played = 0; played < 3; played += 1) {
    const call = await world.playCall(own, { from });
    await call.end();
    calls.push(call.Session);
  }
  await vi.waitFor(async () => expect(await rowsOf(world.database.pool, "SELECT id FROM webhook_events")).toHaveLength(3 * 5), {
    timeout: 60_000,
    interval: 50,
  });
  await vi.waitFor(async () => expect((await eventsOf(admin)).items.every(({ tookMs }) => tookMs !== null)).toBe(true), {
    timeout: 60_000,
  });
});
afterAll(() => world.stop());

type Event = {
  id: string;
  receivedAt: string;
  kind: string;
  callId: string;
  status: number;
  tookMs: number | null;
  fields: Record<string, unknown>;
  answer: unknown;
};
const eventsOf = async (ask: Rest, query = "") => {
  const { status, body } = await ask("GET", `/webhook-events${query}`);
  return { status, items: body["items"] as Event[], nextCursor: body["nextCursor"] as string | null };
};

test("everything that arrived is there, the latest first, with what was answered", async () => {
  const { status, items } = await eventsOf(admin);
  expect([status, items.length]).toEqual([200, 15]);
  expect(items.map(({ receivedAt }) => receivedAt)).toEqual(
    items
      .map(({ receivedAt }) => receivedAt)
      .toSorted()
      .toReversed(),
  );
  expect([...new Set(items.map(({ kind }) => kind))].toSorted()).toEqual(kinds);
  const voice = items.find(({ kind }) => kind === "voice");
  expect(voice).toMatchObject({ id: expect.stringMatching(/^whk_[0-9a-f]{32}$/), status: 200, fields: { From: from } });
  expect(voice?.answer).toMatchObject({ kind: "agent", reason: "matched", agentId: expect.stringMatching(/^agt_/) });
  expect(items.find(({ kind }) => kind === "cdr")).toMatchObject({ status: 204, answer: null, fields: { disposition: "ANSWERED" } });
});

test("pages follow each other without gap or repeat, also where moments are the same", async () => {
  const seen: string[] = [];
  let cursor = "";
  for (let page = 0; page < 9; page += 1) {
    const { items, nextCursor } = await eventsOf(admin, `?limit=2${cursor}`);
    seen.push(...items.map(({ id }) => id));
    if (nextCursor === null) break;
    cursor = `&cursor=${nextCursor}`;
  }
  expect(seen).toEqual((await eventsOf(admin)).items.map(({ id }) => id));
  expect((await eventsOf(admin, "?cursor=made-up")).status).toBe(422);
});

test("they are found by kind, by call, by session and by time", async () => {
  const all = (await eventsOf(admin)).items;
  for (const kind of kinds) {
    const { items } = await eventsOf(admin, `?kind=${kind}`);
    expect(items).toEqual(all.filter((event) => event.kind === kind));
  }
  const callId = all[0]?.callId ?? "";
  const ofCall = all.filter((event) => event.callId === callId);
  expect(ofCall).toHaveLength(5);
  expect((await eventsOf(admin, `?callId=${callId}`)).items).toEqual(ofCall);
  expect((await eventsOf(admin, `?search=${calls[2]}`)).items).toEqual(ofCall);
  const middle = all[7]?.receivedAt ?? "";
  expect((await eventsOf(admin, `?after=${middle}`)).items).toEqual(all.filter(({ receivedAt }) => receivedAt >= middle));
  expect((await eventsOf(admin, `?before=${middle}`)).items).toEqual(all.filter(({ receivedAt }) => receivedAt < middle));
  expect((await eventsOf(admin, "?kind=fax")).status).toBe(400);
});

test("another tenant sees none of them, by whatever it asks", async () => {
  for (const query of ["", `?search=${calls[0]}`, `?callId=${(await eventsOf(admin)).items[0]?.callId}`]) {
    expect((await eventsOf(stranger, query)).items).toEqual([]);
  }
});

test("numbers are whole for an admin, masked for the role user, and masked in the logs for everybody", async () => {
  const { own } = world.tenants;
  const named = "Alice at home";
  await openDoor(world.app, own).ring({ Session: newSession(), From: named });
  await vi.waitFor(async () => expect((await eventsOf(admin, "?limit=1")).items[0]?.fields["From"]).toBe(named), { timeout: 60_000 });
  await world.setUser(own.email, "role = 'user'");
  await using person = await world.signIn(own);
  user = openRest(world.base, person.token.current);
  const { text, body } = await user("GET", "/webhook-events");
  expect(body["items"]).toHaveLength(16);
  expect(text).not.toMatch(/4155550142|5550100001|Alice/);
  expect(text).toContain("+1415•••0142");
  expect(world.logs.join()).not.toMatch(/4155550142|Alice/);
});
