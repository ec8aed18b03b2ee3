/** Session updates, CDRs, repeats and credentials at the real door, read back from the call's record. */
import { createCallRecordReads } from "@switchboard/control/call-records";
import { callIdOf } from "@switchboard/control/ids";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { type Configurator, startTestServer } from "./test-server.ts";

const configure = async ({ newTenant }: Configurator) => {
  const tenant = await newTenant();
  const { agents, groups, inboundRules } = tenant.configuration;
  const [one, two] = [
    await agents.create({ name: "one", provider: "vapi", serviceValue: "+15550100101" }),
    await agents.create({ name: "two", provider: "retell", serviceValue: "+15550100102" }),
  ];
  const members = [{ agentId: one.item.id }, { agentId: two.item.id }];
  const group = await groups.create({ name: "both", strategy: "priority", members });
  await inboundRules.create({ pattern: "*", targetType: "agent_group", targetId: group.item.id });
  return { tenant, other: await newTenant() };
};

let server: Awaited<ReturnType<typeof startTestServer<Awaited<ReturnType<typeof configure>>>>>;
let door: ReturnType<typeof openDoor>;
let records: ReturnType<typeof createCallRecordReads>;
beforeAll(async () => {
  server = await startTestServer(configure);
  const { tenant } = server.configured;
  door = openDoor(server.app, tenant);
  records = createCallRecordReads(server.configurator.database, tenant.tenantId);
});
afterAll(() => server.stop());

/** The record once it says what is expected; a call is readable within two seconds, ten times that is the bound. */
const recordOf = async (session: string, expected: object) => {
  const id = callIdOf(server.configured.tenant.tenantId, session);
  return vi.waitFor(
    async () => {
      const record = await records.get(id);
      expect(record).toMatchObject(expected);
      return record;
    },
    { timeout: 60_000, interval: 50 },
  );
};

const at = (seconds: number) => new Date(1_767_225_600_000 + seconds * 1_000).toISOString();
const updateOf = (token: string, status: string, seconds: number, more: object = {}) => ({
  id: 9_844_644,
  domainId: 755,
  token,
  callerId: "+14155550100",
  destination: "+15550100001",
  direction: "inbound",
  status,
  createdAt: at(0),
  modifiedAt: at(seconds),
  ...more,
});
const cdrOf = (token: string, more: object = {}) => ({
  call_id: `${token}@sip`,
  from: "+14155550100",
  to: "+15550100001",
  disposition: "ANSWERED",
  duration: 45,
  billsec: 42,
  timestamp: 1_767_225_650,
  session: { token, callStartTime: 1_767_225_600_000, callAnswerTime: 1_767_225_608_000, callEndTime: 1_767_225_650_000 },
  ...more,
});

describe("a call's life", () => {
  test("failed over, connected and ended is told in its record: attempts, times, reason", async () => {
    const Session = newSession();
    const first = await door.ring({ Session });
    const second = await door.report(first.document, { Session, DialCallStatus: "busy" });
    await door.update(updateOf(Session, "ringing", 1));
    await door.update(updateOf(Session, "connected", 8, { callAnswerTime: 1_767_225_608_000 }));
    await recordOf(Session, { status: "in-progress" });
    await door.report(second.document, { Session, DialCallStatus: "completed" });
    await door.cdr(cdrOf(Session));
    const record = await recordOf(Session, { status: "completed", durationSeconds: 42, reason: "matched", degraded: false });
    expect(record?.attempts).toMatchObject([
      { step: 1, result: "busy" },
      { step: 2, result: "completed" },
    ]);
    expect(record?.agentId).toBe(record?.attempts?.[1]?.agentId);
    expect(record?.answeredAt).toBe(at(8));
  });

  test("ends the same whatever the order: a late ringing and a late connected don't reopen it", async () => {
    const Session = newSession();
    await door.cdr(cdrOf(Session, { disposition: "NOANSWER", billsec: 0 }));
    for (const status of ["connected", "ringing", "new"]) expect(await door.update(updateOf(Session, status, 20))).toBe(204);
    await door.ring({ Session });
    await recordOf(Session, { status: "no-answer", durationSeconds: 0, reason: "matched" });
  });

  test("an unknown status is acknowledged and changes nothing; a list of one update is taken; unknown calls are kept", async () => {
    const Session = newSession();
    const { tenant } = server.configured;
    const reply = await door.post(`/api/webhooks/session-update/${tenant.tenantKey}`, [updateOf(Session, "connected", 5)]);
    expect(reply.statusCode).toBe(204);
    expect(await door.update(updateOf(Session, "dancing", 6))).toBe(204);
    await recordOf(Session, { status: "in-progress", session: Session });
  });

  test("the same update twice is one line of the timeline", async () => {
    const Session = newSession();
    for (let time = 0; time < 3; time++) await door.update(updateOf(Session, "ringing", 3));
    await door.update(updateOf(Session, "connected", 4));
    const record = await recordOf(Session, { status: "in-progress" });
    expect(record?.timeline?.filter(({ detail }) => JSON.stringify(detail).includes('"ringing"'))).toHaveLength(1);
  });
});

describe("CDRs", () => {
  test.each([
    ["ANSWER", "completed"],
    ["BUSY", "busy"],
    ["CANCEL", "canceled"],
    ["FAILED", "failed"],
    ["CONGESTION", "failed"],
    ["NOANSWER", "no-answer"],
    ["NO ANSWER", "no-answer"],
  ])("disposition %s is %s", async (disposition, status) => {
    const Session = newSession();
    await door.ring({ Session });
    expect(await door.cdr(cdrOf(Session, { disposition }))).toBe(204);
    await recordOf(Session, { status });
  });

  test("an unknown disposition changes nothing, a session that is missing, null or a text is no error", async () => {
    const Session = newSession();
    await door.ring({ Session, SessionData: { callIds: [`${Session}@sip`] } });
    expect(await door.cdr(cdrOf(Session, { disposition: "WHATEVER" }))).toBe(204);
    expect(await door.cdr(cdrOf(Session, { disposition: null }))).toBe(204);
    await recordOf(Session, { status: "ringing" });
    for (const session of [undefined, null]) expect(await door.cdr(cdrOf(Session, { session, billsec: 0 }))).toBe(204);
    await recordOf(Session, { status: "completed", durationSeconds: 0 });
    expect(await door.cdr(cdrOf(newSession(), { session: "text" }))).toBe(204);
  });

  test("no identity at all is refused; an empty call_id with a token is taken; an old one too", async () => {
    expect(await door.cdr({ disposition: "ANSWER" })).toBe(400);
    expect(await door.cdr({ call_id: "", disposition: "ANSWER" })).toBe(400);
    const Session = newSession();
    expect(await door.cdr(cdrOf(Session, { call_id: "", timestamp: 1_640_995_200 }))).toBe(204);
    await recordOf(Session, { status: "completed", durationSeconds: 42 });
  });
});

describe("credentials of updates and CDRs", () => {
  const post = (headers: Record<string, string>, key: string, body: object = updateOf(newSession(), "ringing", 1)) =>
    server.app.inject({
      method: "POST",
      url: `/api/webhooks/session-update/${key}`,
      headers: { "content-type": "application/json", ...headers },
      payload: JSON.stringify(body),
    });

  test("the path key is enough until a bearer has been seen; then none is 401, and a wrong one always", async () => {
    const { other } = server.configured;
    expect((await post({}, other.tenantKey)).statusCode).toBe(204);
    expect((await post({ authorization: "Bearer wrong" }, other.tenantKey)).statusCode).toBe(401);
    expect((await post({}, other.tenantKey)).statusCode).toBe(204);
    expect((await post({ authorization: `Bearer ${other.webhookToken}` }, other.tenantKey)).statusCode).toBe(204);
    expect((await post({}, other.tenantKey)).statusCode).toBe(401);
    expect((await post({}, "no-such-key")).statusCode).toBe(401);
  });

  test("another tenant's domain is 403, its token 401", async () => {
    const { tenant, other } = server.configured;
    const authorization = `Bearer ${tenant.webhookToken}`;
    expect((await post({ authorization }, tenant.tenantKey, { ...updateOf("s", "ringing", 1), domain: other.domain })).statusCode).toBe(
      403,
    );
    expect((await post({ authorization: `Bearer ${other.webhookToken}` }, tenant.tenantKey)).statusCode).toBe(401);
  });

  test("a tenant's call is not another's, though both name one session", async () => {
    const Session = newSession();
    const theirs = openDoor(server.app, server.configured.other);
    await door.ring({ Session });
    expect(await theirs.cdr({ ...cdrOf(Session), domain: server.configured.other.domain })).toBe(204);
    await recordOf(Session, { status: "ringing" });
  });
});
