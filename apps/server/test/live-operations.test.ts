/** Operators act on live calls: through our door, the platform's REST doors and back through the voice door. */
import { callIdOf } from "@switchboard/control/ids";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openPlayedPlatform, type PlayedPlatform } from "./played-platform.ts";

const from = "+442079460018";
const to = "+12025550143";

let world: PlayedPlatform;
beforeAll(async () => {
  world = await openPlayedPlatform();
});
beforeEach(() => world.beginAnew());
afterAll(() => world.close());

type Listed = { items: { id: string }[] };

const lease = async () => {
  const { admin, ids } = world;
  const of = async (id: string) => (await admin("GET", `/voice-agents/${id}/status`)).body["activeCalls"];
  return { ava: await of(ids.ava), bruno: await of(ids.bruno) };
};

/** A call that Ava has, connected and told. */
const connectedCall = async () => {
  const { session, outcome } = world.fake.call({ from, to });
  const id = callIdOf(world.tenant.tenantId, session);
  await vi.waitFor(async () => {
    const { body } = await world.admin("GET", "/analytics/live-calls");
    expect((body["calls"] as { id: string; state: string }[]).find((call) => call.id === id)?.state).toBe("connected");
  }, 60_000);
  return { session, outcome, id };
};

/** As it is to be, with the version that the change must name. */
const policy = async (fields: object) => ({ ...fields, version: (await world.admin("GET", "/outbound-policy")).body["version"] });

const record = (id: string) =>
  vi.waitFor(async () => {
    const { status, body } = await world.admin("GET", `/call-records/${id}`);
    expect(status).toBe(200);
    expect(body["endedAt"]).not.toBeNull();
    return body;
  }, 60_000);

describe("a live call", () => {
  test("is hung up: over at the platform and here, in its timeline and in the audit log; a second time changes nothing", async () => {
    const call = await connectedCall();
    expect((await world.admin("DELETE", `/calls/${call.id}`)).body).toEqual({ id: call.id, outcome: "hung_up" });
    await call.outcome;
    expect(await lease()).toEqual({ ava: 0, bruno: 0 });
    const { timeline, status } = await record(call.id);
    expect(status).toBe("completed");
    expect(timeline).toContainEqual(
      expect.objectContaining({ type: "operated", detail: { action: "hung_up", by: world.tenant.email, to: null } }),
    );
    const { items } = (await world.admin("GET", "/audit-log?action=call.hung_up")).body as Listed;
    expect(items).toMatchObject([{ targetId: call.id, actorName: world.tenant.email }]);
    expect((await world.admin("DELETE", `/calls/${call.id}`)).status).toBe(404);
    expect(world.fake.invalidRequests()).toEqual([]);
  });

  test("is moved to another group: its agent is let go, the claim takes the other, and the next result goes on from there", async () => {
    const call = await connectedCall();
    expect(await lease()).toEqual({ ava: 1, bruno: 0 });
    expect((await world.admin("POST", `/calls/${call.id}/move`, { groupId: world.ids.support })).status).toBe(200);
    await vi.waitFor(() => expect(world.dialled(call.session)).toEqual(["vapi:+15550100101", "vapi:+15550100102"]), 60_000);
    expect(await lease()).toEqual({ ava: 0, bruno: 1 });
    const live = (await world.admin("GET", "/analytics/live-calls")).body["calls"];
    expect(live).toMatchObject([{ id: call.id, state: "connected", agentName: "Bruno", groupName: "Support", attempt: 2 }]);
    await world.admin("DELETE", `/calls/${call.id}`);
    await call.outcome;
    const { attempts, timeline } = await record(call.id);
    expect(attempts).toMatchObject([
      { step: 1, agentId: world.ids.ava, result: "completed" },
      { step: 2, agentId: world.ids.bruno },
    ]);
    expect(timeline).toContainEqual(
      expect.objectContaining({ detail: { action: "moved", by: world.tenant.email, to: { type: "agent_group", id: world.ids.support } } }),
    );
    expect(await lease()).toEqual({ ava: 0, bruno: 0 });
    expect([world.violations(), world.fake.invalidRequests()]).toEqual([[], []]);
  });

  test("is moved to a number by an outbound rule, over the next trunk when the first fails; a denied one is refused in words", async () => {
    const { session, outcome } = world.fake.call({
      ...{ from, to },
      behave: ({ step }) =>
        step === 2 ? { kind: "busy", ringMs: 0 } : { kind: "answers", ringMs: 0, talkMs: 3_600_000, callerHangsUp: false },
    });
    const id = callIdOf(world.tenant.tenantId, session);
    await vi.waitFor(async () => expect(await lease()).toEqual({ ava: 1, bruno: 0 }), 60_000);
    await world.admin("PUT", "/outbound-policy", await policy({ deny: ["+1900"] }));
    await vi.waitFor(async () => {
      const denied = await world.admin("POST", `/calls/${id}/move`, { number: "+1 900 555 0100" });
      expect(denied).toMatchObject({ status: 422, body: { message: expect.stringMatching(/deny list/) } });
    }, 60_000);
    const nowhere = await world.admin("POST", `/calls/${id}/move`, { number: "+442079460000" });
    expect(nowhere).toMatchObject({ status: 422, body: { message: expect.stringMatching(/Nothing was changed/) } });
    expect(world.dialled(session)).toHaveLength(1);
    expect((await world.admin("POST", `/calls/${id}/move`, { number: "+1 (202) 555-0177" })).status).toBe(200);
    await vi.waitFor(
      () =>
        expect(world.dialled(session)).toEqual([
          "vapi:+15550100101",
          "number:+12025550177 via carrier-a",
          "number:+12025550177 via carrier-b",
        ]),
      60_000,
    );
    expect(await lease()).toEqual({ ava: 0, bruno: 0 });
    await world.admin("DELETE", `/calls/${id}`);
    await outcome;
    expect(await record(id)).toMatchObject({ direction: "inbound", from });
  });

  test("stays where it is when nobody there could take it, when the place is none, and when the platform fails", async () => {
    const { fake, admin, ids } = world;
    const call = await connectedCall();
    const other = fake.call({ from: "+442079460019", to });
    const otherId = callIdOf(world.tenant.tenantId, other.session);
    await vi.waitFor(() => expect(world.dialled(other.session)).toHaveLength(1), 60_000);
    const move = (id: string, place: object) => admin("POST", `/calls/${id}/move`, place);
    expect((await move(otherId, { agentId: ids.bruno })).status).toBe(200);
    await vi.waitFor(() => expect(world.dialled(other.session)).toHaveLength(2), 60_000);
    expect(await move(call.id, { groupId: ids.support })).toMatchObject({ status: 422, body: { message: expect.stringMatching(/limit/) } });
    expect(await move(call.id, { agentId: ids.ava })).toMatchObject({ status: 422, body: { message: expect.stringMatching(/tried/) } });
    expect((await move(call.id, { agentId: "agt_00000000000000000000" })).status).toBe(404);
    expect((await move(call.id, { agentId: ids.bruno, groupId: ids.sales })).status).toBe(400);
    fake.misbehave({ kind: "status", status: 500 }, { times: 1 });
    await admin("DELETE", `/calls/${otherId}`);
    expect((await admin("DELETE", `/calls/${otherId}`)).status).toBe(200);
    await other.outcome;
    fake.misbehave({ kind: "refuse" }, { times: 1 });
    expect((await move(call.id, { groupId: ids.support })).status).toBe(503);
    expect(world.dialled(call.session)).toEqual(["vapi:+15550100101"]);
    expect(await lease()).toEqual({ ava: 1, bruno: 0 });
    await admin("DELETE", `/calls/${call.id}`);
    await call.outcome;
  });
});

describe("a call that we begin", () => {
  test("rings the number by an outbound rule, and whoever answers is connected with the agent; recorded as outbound", async () => {
    const started = await world.admin("POST", "/calls", { to: "+1 (202) 555-0188", groupId: world.ids.sales });
    expect(started.status).toBe(201);
    const { callId, session } = started.body as { callId: string; session: string };
    await vi.waitFor(() => expect(world.dialled(session)).toEqual(["vapi:+15550100101"]), 60_000);
    const [asked] = world.fake.requests().filter(({ operation }) => operation === "startCall");
    expect(JSON.parse(asked?.body ?? "")).toMatchObject({ destination: "+12025550188", "caller-id": "+12025550100", trunk: "carrier-a" });
    expect(await lease()).toEqual({ ava: 1, bruno: 0 });
    await world.admin("DELETE", `/calls/${callId}`);
    expect(await record(callId)).toMatchObject({
      ...{ direction: "outbound", from: "+12025550100", to: "+12025550188", status: "completed" },
      attempts: [{ agentId: world.ids.ava }],
    });
    await vi.waitFor(async () => expect(await lease()).toEqual({ ava: 0, bruno: 0 }), 60_000);
    expect([world.violations(), world.fake.invalidRequests()]).toEqual([[], []]);
  });

  test("is refused before anybody is rung: denied, without a rule, over a cap, with nobody to connect", async () => {
    const start = (number: string, place: object = { agentId: world.ids.ava }) => world.admin("POST", "/calls", { to: number, ...place });
    await world.admin("PUT", "/outbound-policy", await policy({ deny: ["+1900"], maxPerMinute: 1 }));
    await vi.waitFor(
      async () => expect(await start("+19005550100")).toMatchObject({ status: 422, body: { message: expect.stringMatching(/deny list/) } }),
      60_000,
    );
    expect(await start("+442079460000")).toMatchObject({ status: 422, body: { message: expect.stringMatching(/No outbound rule/) } });
    expect(await start("nobody")).toMatchObject({ status: 422, body: { message: expect.stringMatching(/no telephone number/) } });
    expect((await start("+12025550188")).status).toBe(201);
    expect(await start("+12025550188")).toMatchObject({ status: 422, body: { message: expect.stringMatching(/limit of outbound calls/) } });
    expect(world.fake.requests().filter(({ operation }) => operation === "startCall")).toHaveLength(1);
  });
});

test("while the platform hangs, twenty hang-ups each say so, nothing waits for ever, and calls are answered as ever", async () => {
  const calls = Array.from({ length: 20 }, (_none, index) => world.fake.call({ from: `+4420794600${10 + index}`, to }));
  await vi.waitFor(() => expect(calls.map(({ session }) => world.dialled(session).length)).toEqual(calls.map(() => 1)), 60_000);
  world.fake.misbehave({ kind: "hang" });
  const answers = Promise.all(calls.map(({ session }) => world.admin("DELETE", `/calls/${callIdOf(world.tenant.tenantId, session)}`)));
  const slowest = await Promise.all(
    Array.from({ length: 10 }, async (_none, index) => {
      const began = performance.now();
      const { session } = world.fake.call({ from: `+4420794700${10 + index}`, to });
      await vi.waitFor(() => expect(world.dialled(session)).toHaveLength(1), 60_000);
      return performance.now() - began;
    }),
  );
  for (const { status, body } of await answers) {
    expect([429, 503]).toContain(status);
    expect(body["message"]).toMatch(/Cloudonix/);
  }
  expect(Math.max(...slowest)).toBeLessThan(5_000);
  world.fake.behave();
});
