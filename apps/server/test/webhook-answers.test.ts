/** The webhook log says how fast we answered, and what we refused: however much of that comes, it stays few rows. */
import { rowsOf } from "@switchboard/control/sql";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openOperators, type Operators } from "./operators.ts";
import { openRest, type Rest } from "./rest.ts";

let world: Operators;
let admin: Rest;
let stranger: Rest;
beforeAll(async () => {
  world = await openOperators();
  const askAs = async (tenant: Operators["tenants"]["own"]) => {
    await using person = await world.signIn(tenant);
    return openRest(world.base, person.token.current);
  };
  [admin, stranger] = [await askAs(world.tenants.own), await askAs(world.tenants.other)];
});
afterAll(() => world.stop());

type Event = {
  id: string;
  kind: string;
  status: number;
  outcome: string;
  refused: boolean;
  times: number;
  tookMs: number | null;
  fields: object;
  callId: string | null;
};
const eventsOf = async (ask: Rest, query = "") => (await ask("GET", `/webhook-events${query}`)).body["items"] as Event[];
const patience = { timeout: 60_000, interval: 50 };
const headers = { "content-type": "application/json" };

test("each webhook that was taken says what we answered and in how many milliseconds", async () => {
  const { own } = world.tenants;
  const door = openDoor(world.app, own);
  const Session = newSession();
  const { document } = await door.ring({ Session });
  await door.update({ token: Session, status: "ringing" });
  await door.report(document, { Session, DialCallStatus: "completed" });
  await door.cdr({ session: { token: Session }, disposition: "ANSWER", billsec: 3 });
  const items = await vi.waitFor(async () => {
    const found = await eventsOf(admin, `?search=${Session}`);
    expect(found.map(({ tookMs }) => tookMs !== null)).toEqual([true, true, true, true]);
    return found;
  }, patience);
  expect(items.every(({ tookMs }) => (tookMs ?? 0) > 0 && (tookMs ?? 0) < 10_000)).toBe(true);
  expect(items.map(({ kind, status, outcome, refused, times }) => [kind, status, outcome, refused, times])).toEqual([
    ["cdr", 204, "Taken", false, 1],
    ["dial_result", 200, "Hung up", false, 1],
    ["session_update", 204, "Taken", false, 1],
    ["voice", 200, "Dialled an agent", false, 1],
  ]);
});

test("what is refused is there by kind and status, with how often, for whom it named alone; a flood of it is still one row a minute", async () => {
  const { own } = world.tenants;
  const post = (url: string, payload: string, more: Record<string, string> = {}) =>
    world.app.inject({ method: "POST", url, headers: { ...headers, ...more }, payload });
  const good = { authorization: `Bearer ${own.webhookToken}` };
  const wrong = { authorization: "Bearer not-the-token" };
  const voice = `/api/webhooks/voice-application/${own.tenantKey}`;
  const body = JSON.stringify({ Session: newSession(), From: "+14155550177", To: "+15550100001" });
  await Promise.all(Array.from({ length: 300 }, () => post(voice, body, wrong)));
  // No key in the path: the domain that its head names says whose it would be.
  await post("/api/webhooks/voice-application", body, { ...wrong, "x-cx-domain": `${own.domain.toUpperCase()}.` });
  await post(voice, JSON.stringify({ From: "+14155550177" }), good);
  await post(voice, JSON.stringify({ Session: newSession(), To: "+15550100001", Domain: "foreign.example" }), good);
  await post(`/api/webhooks/cdr/${own.tenantKey}`, "[", good);
  await post(`/api/webhooks/session-update/${own.tenantKey}`, "<x/>", { ...good, "content-type": "text/xml" });
  await post(`/api/webhooks/cdr/made-up-key`, "{}");

  const refused = await vi.waitFor(async () => {
    const found = await eventsOf(admin, "?refused=true");
    expect(found.reduce((sum, { times }) => sum + times, 0)).toBe(305);
    return found;
  }, patience);
  // A minute may have ended in between.
  expect(refused.length).toBeLessThanOrEqual(10);
  const told = new Map<string, number>();
  for (const { kind, status, outcome, times } of refused) {
    const name = `${kind} ${status} ${outcome}`;
    told.set(name, (told.get(name) ?? 0) + times);
  }
  expect(Object.fromEntries(told)).toEqual({
    "voice 401 Refused: the credentials are missing or wrong": 301,
    "voice 400 Refused: it could not be read as a call's": 1,
    "voice 403 Refused: the domain is not one of this tenant's": 1,
    "cdr 400 Refused: it could not be read as a call's": 1,
    "session_update 415 Refused: its content type is not taken": 1,
  });
  expect(
    refused.every(
      ({ id, callId, fields, tookMs }) => id.startsWith("whr_") && callId === null && tookMs !== null && Object.keys(fields).length === 0,
    ),
  ).toBe(true);

  expect(await eventsOf(stranger, "?refused=true")).toEqual([]);
  expect((await eventsOf(admin, "?refused=false")).every((event) => !event.refused)).toBe(true);
  expect((await eventsOf(admin, "?refused=true&kind=cdr")).map(({ status, times }) => [status, times])).toEqual([[400, 1]]);
  expect(JSON.stringify(refused)).not.toMatch(/4155550177|not-the-token/);
  const rows = await rowsOf<{ n: number }>(world.database.pool, "SELECT COUNT(*) AS n FROM webhook_refusals");
  expect(rows).toEqual([{ n: refused.length }]);
});

test("pages of both kinds follow each other without gap or repeat, the latest first", async () => {
  const whole = (await admin("GET", "/webhook-events?limit=200")).body["items"] as Event[];
  expect(new Set(whole.map(({ refused }) => refused)).size).toBe(2);
  const seen: string[] = [];
  let cursor = "";
  for (let page = 0; page <= whole.length; page += 1) {
    const { body } = await admin("GET", `/webhook-events?limit=2${cursor}`);
    seen.push(...(body["items"] as Event[]).map(({ id }) => id));
    const next = body["nextCursor"] as string | null;
    if (next === null) break;
    cursor = `&cursor=${next}`;
  }
  expect(seen).toEqual(whole.map(({ id }) => id));
});
