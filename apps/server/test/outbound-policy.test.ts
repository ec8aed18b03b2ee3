/** The outbound policy: where nobody may dial out, how many calls may, and what holds while Redis is away. */
import { rowsOf } from "@switchboard/control/sql";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openRest, type Rest } from "./rest.ts";
import { type Configurator, startTestServer } from "./test-server.ts";

const configure = async ({ newTenant }: Configurator) => {
  const tenant = await newTenant({ country: "GB" });
  const { agents, inboundRules, outboundRules } = tenant.configuration;
  const agent = await agents.create({ name: "Ava", provider: "vapi", serviceValue: "ava" });
  await inboundRules.create({ pattern: "*", targetType: "voice_agent", targetId: agent.item.id });
  const trunkConfig = { trunks: ["carrier-a", "carrier-b"] };
  await outboundRules.create({ prefix: "GB", trunkConfig });
  await outboundRules.create({ prefix: "FR", trunkConfig });
  return { tenant };
};

let server: Awaited<ReturnType<typeof startTestServer<Awaited<ReturnType<typeof configure>>>>>;
let second: Awaited<ReturnType<typeof server.startAnother>>;
let rest: Rest;
beforeAll(async () => {
  server = await startTestServer(configure);
  second = await server.startAnother();
  const base = await server.app.listen({ host: "127.0.0.1", port: 0 });
  const { email, password } = server.configured.tenant;
  const { body } = await openRest(base, null)("POST", "/auth/login", { email, password });
  rest = openRest(base, String(body["accessToken"]));
});
afterAll(() => server.stop());

const doors = () => [server.app, second.app].map((app) => openDoor(app, server.configured.tenant));
const dialOut = (door: ReturnType<typeof openDoor>, To: string, Session = newSession()) =>
  door.ring({ Session, To, From: "+14155550100", Direction: "subscriber" });
const simulate = async (to: string) => (await rest("POST", "/routing/simulate", { from: "+14155550100", to, direction: "outbound" })).body;

const policy = async () => (await rest("GET", "/outbound-policy")).body;
const change = async (fields: object) => rest("PUT", "/outbound-policy", { version: (await policy())["version"], ...fields });
/** Until each process follows; they are told at once. */
const everywhere = (To: string, verb: string) =>
  vi.waitFor(async () => {
    for (const door of doors()) expect((await dialOut(door, To)).document.verb).toBe(verb);
  }, 60_000);

test("it begins without limits, takes the fields given, and refuses what is stale, unreadable or unknown", async () => {
  expect(await policy()).toEqual({ deny: [], maxConcurrent: null, maxPerMinute: null, version: 1 });
  expect(await rest("PUT", "/outbound-policy", { version: 1, deny: ["+882", "+882"], maxConcurrent: 10 })).toMatchObject({
    status: 200,
    body: { deny: ["+882"], maxConcurrent: 10, maxPerMinute: null, version: 2 },
  });
  expect((await rest("PUT", "/outbound-policy", { version: 2, maxConcurrent: null })).body).toMatchObject({
    deny: ["+882"],
    maxConcurrent: null,
    version: 3,
  });
  expect(await rest("PUT", "/outbound-policy", { version: 2, deny: [] })).toMatchObject({ status: 409, body: { stale: true } });
  const unreadable = await rest("PUT", "/outbound-policy", { version: 3, deny: ["GB", "XX", "+44a"] });
  expect(unreadable).toMatchObject({ status: 422, body: { issues: [{ path: "deny.1" }, { path: "deny.2" }] } });
  expect((await rest("PUT", "/outbound-policy", { version: 3, maxPerMinute: -1 })).status).toBe(400);
  expect((await rest("PUT", "/outbound-policy", { version: 3, allow: [] })).status).toBe(400);
  const { pool } = server.configurator.database;
  const audited = await rowsOf<{ before: string; after: string }>(
    pool,
    "SELECT `before`, `after` FROM audit_log WHERE action = 'outbound_policy.updated' ORDER BY at",
  );
  expect(audited.map(({ after }) => JSON.parse(after).maxConcurrent)).toEqual([10, null]);
  const entries = (await rest("GET", "/audit-log?targetType=outbound_policy")).body["items"] as { id: string }[];
  expect((await rest("POST", `/audit-log/${entries[0]!.id}/restore`)).status).toBe(200);
  expect(await policy()).toMatchObject({ deny: ["+882"], maxConcurrent: 10, version: 4 });
  expect((await change({ deny: [], maxConcurrent: null })).status).toBe(200);
});

test("a denied destination is rejected at once on every process, whatever rule names it, and the record says why", async () => {
  await everywhere("+442012345678", "Dial");
  expect((await change({ deny: ["+4420", "FR"] })).status).toBe(200);
  await everywhere("+442012345678", "Reject");
  const Session = newSession();
  const [door] = doors();
  for (const To of ["+442012345678", "02012345678", "+33123456789"]) {
    expect((await dialOut(door!, To, To === "+33123456789" ? Session : newSession())).document).toMatchObject({
      verb: "Reject",
      attributes: { reason: "rejected" },
    });
  }
  expect((await dialOut(door!, "+441412345678")).document.verb).toBe("Dial");
  expect(await simulate("+442012345678")).toMatchObject({
    outcome: "refuse",
    reason: "denied",
    rule: null,
    passedOver: [{ why: "the deny list wins over every rule" }],
  });
  await vi.waitFor(async () => {
    const { body } = await rest("GET", `/call-records?search=${Session}`);
    expect(body["items"]).toMatchObject([{ reason: "denied", direction: "outbound", agentId: null }]);
  }, 60_000);
  expect((await change({ deny: [] })).status).toBe(200);
  await everywhere("+442012345678", "Dial");
});

test("the deny list is about calls out: an inbound call to a denied number reaches its agent", async () => {
  expect((await change({ deny: ["*"] })).status).toBe(200);
  await everywhere("+442012345678", "Reject");
  const [door] = doors();
  const inbound = await door!.ring({ Session: newSession(), To: "+442012345678", From: "+14155550100" });
  expect(inbound.document).toMatchObject({ verb: "Dial", dialled: "ava" });
  expect((await change({ deny: [] })).status).toBe(200);
});

/** Ends every call that the tests before have left on the line. */
const endAll = async (sessions: string[]) => {
  const [door] = doors();
  for (const token of sessions) await door!.update({ token, status: "cancel" });
};

test("of calls that come at once to two processes exactly as many are dialled as may be, and a simulation knows before", async () => {
  const live = (await rest("GET", "/analytics/live-calls")).body["calls"] as { session: string }[];
  await endAll(live.map(({ session }) => session));
  expect((await change({ maxConcurrent: 0 })).status).toBe(200);
  await everywhere("+442012345678", "Reject");
  expect((await change({ maxConcurrent: 3 })).status).toBe(200);
  expect(await simulate("+442012345678")).toMatchObject({ outcome: "dial", reason: "matched" });
  const sessions = Array.from({ length: 30 }, newSession);
  const replies = await Promise.all(sessions.map((session, index) => dialOut(doors()[index % 2]!, "+442012345678", session)));
  const dialled = sessions.filter((_, index) => replies[index]!.document.verb === "Dial");
  expect(dialled).toHaveLength(3);
  const refused = replies.filter(({ document }) => document.verb === "Reject");
  expect(refused.map(({ document }) => document.attributes["reason"])).toEqual(Array.from({ length: 27 }, () => "busy"));
  expect(await simulate("+442012345678")).toMatchObject({ outcome: "refuse", reason: "outbound_limit", trunk: null });
  // A repeat of a call that is dialled is its dial again, and counts no second time.
  expect((await dialOut(doors()[1]!, "+442012345678", dialled[0])).document.verb).toBe("Dial");
  await endAll(dialled.slice(0, 1));
  expect(await simulate("+442012345678")).toMatchObject({ outcome: "dial", trunk: "carrier-a" });
  expect((await dialOut(doors()[1]!, "+442012345678")).document.verb).toBe("Dial");
  expect((await dialOut(doors()[0]!, "+442012345678")).document.verb).toBe("Reject");
});

test("without Redis no new outbound call begins under a cap; one under way and every inbound one go on", async () => {
  expect((await change({ maxConcurrent: 50, maxPerMinute: null })).status).toBe(200);
  const [door] = doors();
  const Session = newSession();
  const { document } = await vi.waitFor(async () => {
    const reply = await dialOut(door!, "+442012345678", Session);
    expect(reply.document.verb).toBe("Dial");
    return reply;
  }, 60_000);
  await server.redis.stop();
  const call = { Session, To: "+442012345678", From: "+14155550100", Direction: "subscriber" };
  const onward = await door!.report(document, { ...call, DialCallStatus: "failed" });
  expect(onward.document.attributes["trunks"]).toBe("carrier-b");
  expect((await dialOut(door!, "+442012345678")).document).toMatchObject({ verb: "Reject", attributes: { reason: "busy" } });
  expect((await door!.ring({ Session: newSession() })).document.dialled).toBe("ava");
  await vi.waitFor(async () => expect(await simulate("+442012345678")).toMatchObject({ reason: "outbound_limit", degraded: true }), 60_000);
});
