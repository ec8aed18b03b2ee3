/** The voice routes through the real door: decisions, failover, repeats, and what must be refused. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newSession, openDoor, readDocument } from "./call.ts";
import { startTestServer, type Configurator } from "./test-server.ts";

const configure = async ({ newTenant }: Configurator) => {
  const tenant = await newTenant({ aliases: ["alias.example"], country: "GB" });
  const other = await newTenant();
  const { agents, groups, inboundRules, outboundRules } = tenant.configuration;
  const made = await Promise.all(
    ["a", "b", "c"].map((name) =>
      agents.create({ name, provider: "vapi", serviceValue: `+1555010010${name}`, username: `user-${name}`, password: `secret-${name}` }),
    ),
  );
  const members = made.map(({ item }) => ({ agentId: item.id }));
  const rotation = (await groups.create({ name: "rotation", strategy: "round_robin", members })).item;
  await inboundRules.create({ pattern: "+15550100001", targetType: "agent_group", targetId: rotation.id });
  await outboundRules.create({ prefix: "GB", trunkConfig: { trunks: ["carrier-a", "carrier-b"], callerId: "+442012340000" } });
  return { tenant, other };
};

let server: Awaited<ReturnType<typeof startTestServer<Awaited<ReturnType<typeof configure>>>>>;
let door: ReturnType<typeof openDoor>;
beforeAll(async () => {
  server = await startTestServer(configure);
  door = openDoor(server.app, server.configured.tenant);
});
afterAll(() => server.stop());

const hangup = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>';

describe("a call", () => {
  test("is dialled to an agent with its credentials, the caller's number and a signed action", async () => {
    const reply = await door.ring({ Session: newSession() });
    expect(reply).toMatchObject({ status: 200, contentType: "application/xml; charset=utf-8" });
    const { document } = reply;
    expect(document).toMatchObject({
      verb: "Dial",
      provider: "vapi",
      attributes: { method: "POST", timeout: "20", callerId: "+14155550100" },
    });
    expect(document.dialled).toMatch(/^\+1555010010[abc]$/);
    expect(document.service.username).toBe(`user-${document.dialled?.at(-1)}`);
    expect(document.action).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/webhooks\/dial-result\?s=/);
    expect(reply.body).not.toMatch(/>\s|\s</);
  });

  test("fails over to each agent once, then hangs up", async () => {
    const Session = newSession();
    const dialled: (string | null)[] = [];
    let { document } = await door.ring({ Session });
    for (const DialCallStatus of ["busy", "noanswer", "failed"]) {
      dialled.push(document.dialled);
      ({ document } = await door.report(document, { Session, DialCallStatus }));
    }
    expect(new Set(dialled).size).toBe(3);
    expect(document.verb).toBe("Hangup");
  });

  test("that was answered, or whose caller has gone, is dialled no further", async () => {
    for (const DialCallStatus of ["completed", "answered", "Canceled"]) {
      const Session = newSession();
      const { document } = await door.ring({ Session });
      expect((await door.report(document, { Session, DialCallStatus })).body).toBe(hangup);
    }
  });

  test("whose result says nothing goes on once, the second time not", async () => {
    const Session = newSession();
    const first = await door.ring({ Session });
    const second = await door.report(first.document, { Session, CallStatus: "in-progress" });
    expect(second.document.verb).toBe("Dial");
    const third = await door.report(second.document, { Session, CallStatus: "whatever" });
    expect(third.document.verb).toBe("Hangup");
  });

  test("repeated, in parallel and later and after its end, gets the same bytes", async () => {
    const Session = newSession();
    const replies = await Promise.all(Array.from({ length: 20 }, () => door.ring({ Session })));
    const [{ body, document }] = replies as [(typeof replies)[0]];
    expect(new Set(replies.map((reply) => reply.body))).toEqual(new Set([body]));
    const results = await Promise.all(Array.from({ length: 20 }, () => door.report(document, { Session, DialCallStatus: "busy" })));
    expect(new Set(results.map((reply) => reply.body)).size).toBe(1);
    expect((await door.ring({ Session })).body).toBe(body);
    const [next] = results;
    if (next) await door.report(next.document, { Session, DialCallStatus: "completed" });
    expect((await door.ring({ Session })).body).toBe(body);
    expect((await door.report(document, { Session, DialCallStatus: "failed" })).body).toBe(next?.body);
  });

  test("without a rule is hung up; an outbound one without a rule is rejected", async () => {
    expect((await door.ring({ Session: newSession(), To: "+19998887777" })).body).toBe(hangup);
    const rejected = await door.ring({ Session: newSession(), To: "+19998887777", Direction: "subscriber" });
    expect(rejected.document).toMatchObject({ verb: "Reject", attributes: { reason: "rejected" } });
  });

  test("of a subscriber goes out over the rule's trunks, one after the other", async () => {
    const Session = newSession();
    const call = { Session, To: "02079460123", Direction: "subscriber" };
    const first = await door.ring(call);
    expect(first.document).toMatchObject({
      verb: "Dial",
      dialled: "+442079460123",
      attributes: { trunks: "carrier-a", callerId: "+442012340000" },
    });
    const second = await door.report(first.document, { ...call, DialCallStatus: "failed" });
    expect(second.document.attributes.trunks).toBe("carrier-b");
    const third = await door.report(second.document, { ...call, DialCallStatus: "failed" });
    expect(third.document.verb).toBe("Hangup");
  });
});

describe("the same call is understood", () => {
  const url = () => `/api/webhooks/voice-application/${server.configured.tenant.tenantKey}`;
  const authorization = () => `Bearer ${server.configured.tenant.webhookToken}`;

  test("as JSON, as a form, in the query, with and without a content type and a key in the path", async () => {
    const fields = { Session: newSession(), From: "+14155550100", To: "+15550100001", Domain: "TENANT1.example." };
    const query = new URLSearchParams(fields).toString();
    const replies = await Promise.all([
      server.app.inject({
        method: "POST",
        url: url(),
        headers: { authorization: authorization(), "content-type": "application/json" },
        payload: JSON.stringify(fields),
      }),
      server.app.inject({
        method: "POST",
        url: "/api/webhooks/voice-application",
        headers: { authorization: authorization() },
        payload: JSON.stringify(fields),
      }),
      server.app.inject({
        method: "POST",
        url: url(),
        headers: { authorization: authorization(), "content-type": "application/x-www-form-urlencoded" },
        payload: query,
      }),
      server.app.inject({ method: "GET", url: `${url()}?${query}`, headers: { authorization: authorization() } }),
    ]);
    expect(new Set(replies.map((reply) => `${reply.statusCode} ${reply.body}`)).size).toBe(1);
    expect(readDocument(replies[0]?.body ?? "").verb).toBe("Dial");
  });
});

describe("what is refused, with CXML all the same", () => {
  const ask = async (init: { method?: string; url?: string; headers?: Record<string, string>; payload?: string }) => {
    const { tenant } = server.configured;
    const reply = await server.app.inject({
      method: (init.method ?? "POST") as "POST",
      url: init.url ?? `/api/webhooks/voice-application/${tenant.tenantKey}`,
      headers: { authorization: `Bearer ${tenant.webhookToken}`, "content-type": "application/json", ...init.headers },
      payload: init.payload ?? JSON.stringify({ Session: newSession(), To: "+15550100001", Domain: tenant.domain }),
    });
    if (init.method !== "HEAD") expect(reply.body).toBe(hangup);
    return reply.statusCode;
  };

  test("a missing, wrong or foreign token is 401, whatever the body", async () => {
    const { other } = server.configured;
    for (const authorization of [
      "",
      "Basic abc",
      "Bearer",
      "Bearer wrong",
      `Bearer ${"x".repeat(8_000)}`,
      `Bearer ${other.webhookToken}`,
    ]) {
      expect(await ask({ headers: { authorization }, payload: "not json" }), authorization.slice(0, 20)).toBe(401);
    }
    expect(await ask({ url: "/api/webhooks/voice-application/no-such-key" })).toBe(401);
    expect(await ask({ url: `/api/webhooks/voice-application/${"k".repeat(20_000)}` })).toBe(401);
    expect(await ask({ url: "/api/webhooks/voice-application/%zz" })).toBe(401);
  });

  test("another tenant's or an unknown domain is 403; an alias is not", async () => {
    for (const Domain of [server.configured.other.domain, "evil.example", "tenant1.example.evil.example"]) {
      expect(await ask({ payload: JSON.stringify({ Session: "s", To: "+1", Domain }) })).toBe(403);
    }
    expect((await door.ring({ Session: newSession(), Domain: "Alias.Example" })).status).toBe(200);
  });

  test("no identity, no called number, no object: 400; too large: 413; other types: 415; other methods: 405", async () => {
    for (const payload of ["", "[]", "null", "7", '"text"', "{", '{"To":"+1"}', '{"Session":"s"}', "\u0000"])
      expect(await ask({ payload }), payload).toBe(400);
    expect(await ask({ payload: `{"Session":"${"s".repeat(262_144)}"}` })).toBe(413);
    expect(await ask({ headers: { "content-type": "text/xml" } })).toBe(415);
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"]) expect(await ask({ method }), method).toBe(405);
  });

  test("an action URL that was changed, or belongs to another call, is 401", async () => {
    const Session = newSession();
    const { document } = await door.ring({ Session });
    const reply = await door.report(document, { Session: newSession(), DialCallStatus: "busy" });
    expect(reply).toMatchObject({ status: 401, body: hangup });
    const forged = { ...document, action: `${document.action?.slice(0, -3)}abc` };
    expect(await door.report(forged, { Session, DialCallStatus: "busy" })).toMatchObject({ status: 401, body: hangup });
  });
});

test("no secret and no whole number is in the log", () => {
  const { tenant } = server.configured;
  const text = server.logs.join("");
  expect(text).toContain("step_decided");
  for (const secret of [tenant.webhookToken, tenant.tenantKey, "secret-a", "user-a", "+14155550100", "+15550100001"])
    expect(text).not.toContain(secret);
});
