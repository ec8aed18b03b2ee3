/** Test calls through the real door: placed by an admin, watched live, recorded as tests, and in no figure. */
import { readKeyRing } from "@switchboard/control/key-ring";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { secretKeysOf } from "../src/secret-keys.ts";
import { createTestTokens } from "../src/webhook/test-token.ts";
import { newSession, openDoor } from "./call.ts";
import { failureOf, follow, openOperators, type Operators } from "./operators.ts";

let operators: Operators;
beforeAll(async () => {
  operators = await openOperators();
});
afterAll(() => operators.stop());

const course = { timeout: 60_000, interval: 50 };

const admin = async (tenant: "own" | "other" | "watcher" = "own") => {
  const { email, password } = operators.tenants[tenant];
  return operators.signIn({ email, password });
};

/** On a busy machine the live figures may not answer at once. */
const standingOf = async ({ api }: { api: Api }) => {
  const { items } = await api.agents.list.query({});
  return vi.waitFor(() => Promise.all(items.map(({ id }) => api.agents.status.query({ id }))), course);
};

type Api = Awaited<ReturnType<typeof admin>>["api"];
const recordOf = (api: Api, id: string) =>
  vi.waitFor(async () => {
    const record = await api.callRecords.get.query({ id });
    expect(record.endedAt).not.toBeNull();
    return record;
  }, course);

/** Calls take their time to ring and to be talked in: side by side, each among the calls of a tenant of its own. */
describe.concurrent("played to their end", () => {
  test("a test call rings, connects and ends before the eyes of who watches, and is recorded as a test", async () => {
    await using client = await admin("watcher");
    const watching = follow(client.api, null);
    await vi.waitFor(() => expect(watching.isStarted()).toBe(true), 60_000);
    const placed = await client.api.testCalls.place.mutate({ to: "+15550100001", from: "+14155550188" });
    const live = await vi.waitFor(async () => {
      const { calls } = await client.api.analytics.liveCalls.query();
      const [call] = calls.filter(({ id }) => id === placed.callId);
      expect(call).toMatchObject({ test: true, from: "+14155550188", to: "+15550100001", session: placed.session });
      return call;
    }, course);
    expect(live?.agentName).toBe("Ava");
    const record = await recordOf(client.api, placed.callId);
    expect(record).toMatchObject({ test: true, status: "completed", reason: "matched", degraded: false });
    expect(record.durationSeconds).toBeGreaterThanOrEqual(3);
    expect(record.attempts).toMatchObject([{ agentName: "Ava", result: "completed" }]);
    const told = () => watching.events.filter(({ data }) => "callId" in data && data.callId === placed.callId);
    // Told once that it has ended, whatever is said of it after.
    await vi.waitFor(() => expect(told().filter(({ type }) => type === "call.ended")).toHaveLength(1), course);
    watching.stop();
    const states = told().flatMap(({ data }) => ("state" in data ? [data.state] : []));
    expect([...new Set(states)]).toEqual(["routing", "ringing", "connected", "completed"]);
    expect(told()[0]).toMatchObject({ type: "call.started", data: { test: true } });
  });

  test("each course ends as it says, and leaves agents as they were", async () => {
    await using client = await admin("other");
    const before = await standingOf(client);
    const play = async (name: "first_busy" | "nobody_answers" | "caller_hangs_up") => {
      const { callId } = await client.api.testCalls.place.mutate({ to: "+15550100001", course: name });
      const { status, reason, attempts = [], test: isTest } = await recordOf(client.api, callId);
      return { status, reason, isTest, results: attempts.map(({ agentName, result }) => `${agentName} ${result}`) };
    };
    const [busy, nobody, gone] = await Promise.all([play("first_busy"), play("nobody_answers"), play("caller_hangs_up")]);
    expect(busy).toEqual({ status: "completed", reason: "matched", isTest: true, results: ["Ava busy", "Bruno completed"] });
    expect(nobody).toEqual({
      status: "no-answer",
      reason: "attempts_exhausted",
      isTest: true,
      results: ["Ava no-answer", "Bruno no-answer"],
    });
    expect(gone).toEqual({ status: "canceled", reason: "caller_gone", isTest: true, results: ["Ava canceled"] });
    expect(await standingOf(client)).toEqual(before);
  });

  test("more than five at once are refused in words, and other tenants may go on", async () => {
    await using client = await admin("own");
    await using other = await admin("other");
    const place = () => client.api.testCalls.place.mutate({ to: "+15550100001" });
    const placed = await Promise.all(Array.from({ length: 5 }, place));
    expect(await failureOf(place())).toMatchObject({ code: "TOO_MANY_REQUESTS", message: expect.stringContaining("At most 5 test calls") });
    const elsewhere = await other.api.testCalls.place.mutate({ to: "+15550100001", course: "caller_hangs_up" });
    await Promise.all(placed.map(({ callId }) => recordOf(client.api, callId)));
    await recordOf(other.api, elsewhere.callId);
    const again = await place();
    await recordOf(client.api, again.callId);
  });
});

test("a test token opens the door for its own call and tenant, for a minute, and for nothing else", async () => {
  const { own, other } = operators.tenants;
  const tokens = createTestTokens(readKeyRing(secretKeysOf(null, operators.dataDir)).derive("test-call"));
  const Session = newSession();
  const minted = (at: number) => tokens.mint({ tenantId: own.tenantId, session: Session }, at);
  const door = (tenant: typeof own, token: string) => openDoor(operators.app, { ...tenant, webhookToken: token });
  const good = door(own, minted(Date.now()));
  const first = await good.ring({ Session });
  expect(first.status).toBe(200);
  expect(first.document.verb).toBe("Dial");

  expect((await good.ring({ Session: newSession() })).status).toBe(401);
  expect(await good.update({ token: newSession(), status: "ringing" })).toBe(401);
  expect(await good.cdr({ session: { token: newSession() }, disposition: "ANSWER" })).toBe(401);
  expect(await good.cdr({ call_id: "nobody@10.0.0.1", disposition: "ANSWER" })).toBe(401);
  const ofOther = door(other, minted(Date.now()));
  expect((await ofOther.ring({ Session })).status).toBe(401);
  expect(await ofOther.update({ token: Session, status: "ringing" })).toBe(401);
  const late = door(own, minted(Date.now() - 61_000));
  expect((await late.ring({ Session })).status).toBe(401);
  expect((await late.report(first.document, { Session, DialCallStatus: "busy" })).status).toBe(401);
  expect(await late.update({ token: Session, status: "ringing" })).toBe(401);
  const forged = door(own, `${minted(Date.now()).slice(0, -8)}AAAAAAAA`);
  expect((await forged.ring({ Session })).status).toBe(401);

  expect(await good.update({ token: Session, status: "ringing" })).toBe(204);
  const second = await good.report(first.document, { Session, DialCallStatus: "busy" });
  expect(second.document.verb).toBe("Dial");
  // The dial's own signature says that it is a test call's: without the token it is none of a real call's either.
  const third = await door(own, own.webhookToken).report(second.document, { Session, DialCallStatus: "busy" });
  expect(third.document.verb).toBe("Hangup");
  expect(await good.cdr({ session: { token: Session }, disposition: "BUSY" })).toBe(204);
  await using client = await admin();
  const { items } = await vi.waitFor(async () => {
    const page = await client.api.callRecords.list.query({ search: Session });
    expect(page.items[0]?.endedAt ?? null).not.toBeNull();
    return page;
  }, course);
  expect(items).toMatchObject([{ test: true, status: "busy" }]);
  const standing = await standingOf(client);
  expect(standing.map(({ activeCalls, callsInWindow, lastFailure }) => [activeCalls, callsInWindow, lastFailure])).toEqual([
    [0, 0, null],
    [0, 0, null],
  ]);
  // Reports that carry a test token don't oblige the platform to carry one.
  const bare = await operators.app.inject({
    method: "POST",
    url: `/api/webhooks/session-update/${own.tenantKey}`,
    payload: { token: Session, status: "connected" },
  });
  expect(bare.statusCode).toBe(204);
});
