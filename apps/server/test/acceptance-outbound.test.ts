/** Calls out at the real doors: what earlier systems were tested for, trunks one after the other, and what the record says of it. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openRest, type Rest } from "./rest.ts";
import { type Configurator, startTestServer, type TestTenant } from "./test-server.ts";

const makeRules = async ({ configuration: { outboundRules } }: TestTenant) => {
  const rule = (fields: object, trunk: string) =>
    outboundRules.create({ trunkConfig: { trunks: [trunk, `${trunk}-b`], timeoutSeconds: 30, timeLimitSeconds: 3_600 }, ...fields });
  await rule({ callerIdPrefix: "+1234567890", prefix: "+1" }, "trunk-caller");
  await rule({ prefix: "+1 555" }, "trunk-1555");
  await rule({ prefix: "+15551" }, "trunk-15551");
  await rule({ prefix: "GB" }, "trunk-gb");
  await rule({ prefix: "GG" }, "trunk-guernsey");
  await rule({ prefix: "+44" }, "trunk-44");
  await rule({ prefix: "JP" }, "trunk-jp");
  await rule({ prefix: "CA", priority: 2 }, "trunk-ca-later");
  await rule({ prefix: "CA", priority: 1 }, "trunk-ca");
  await rule({ callerIdPrefix: "+4930" }, "trunk-of-berlin");
  await rule({ prefix: "+81", callerIdPrefix: "+4930", priority: 1 }, "trunk-81");
};

const configure = async ({ newTenant }: Configurator) => {
  const tenant = await newTenant({ country: "US" });
  const other = await newTenant();
  await makeRules(tenant);
  await other.configuration.outboundRules.create({ prefix: "+33", trunkConfig: { trunks: ["theirs"] } });
  return { tenant, other };
};

let server: Awaited<ReturnType<typeof startTestServer<Awaited<ReturnType<typeof configure>>>>>;
let door: ReturnType<typeof openDoor>;
let rest: Rest;
beforeAll(async () => {
  server = await startTestServer(configure);
  const { tenant } = server.configured;
  door = openDoor(server.app, tenant);
  const base = await server.app.listen({ host: "127.0.0.1", port: 0 });
  const { email, password } = tenant;
  const { body } = await openRest(base, null)("POST", "/auth/login", { email, password });
  rest = openRest(base, String(body["accessToken"]));
});
afterAll(() => server.stop());

const call = (From: string, To: string) => ({ Session: newSession(), From, To, Direction: "subscriber" });
const dialOut = async (From: string, To: string) => (await door.ring(call(From, To))).document;
const simulate = async (from: string, to: string) => (await rest("POST", "/routing/simulate", { from, to, direction: "outbound" })).body;
const rejected = { verb: "Reject", attributes: { reason: "rejected" } };

describe("which rule", () => {
  test.each([
    ["+1234567890", "+1987654321", "trunk-caller", "caller and destination"],
    ["+1999", "+15551234567", "trunk-15551", "the longest destination prefix"],
    ["+1999", "+1 555 2234567", "trunk-1555", "written with spaces, as is the rule"],
    ["+1999", "011442012345678", "trunk-gb", "a country by its numbering plan, dialled as one does in the tenant's"],
    ["+1999", "+441481723456", "trunk-guernsey", "another country with the same calling code"],
    ["+1999", "+441534712345", "trunk-44", "a third, which no rule names: the calling code"],
    ["+1999", "+819012345678", "trunk-jp", "a country comes before its calling code"],
    ["+4930123456", "+819012345678", "trunk-jp", "also where the calling code's rule names the caller"],
    ["+1234567890", "+14165550123", "trunk-ca", "of two countries with +1, the smaller priority, before the code and a caller"],
    ["+4930123456", "+33123456789", "trunk-of-berlin", "a rule for a caller takes what no other does"],
  ])("%s → %s: %s, %s", async (from, to, trunk) => {
    expect((await dialOut(from, to)).attributes).toMatchObject({ trunks: trunk, timeout: "30", timeLimit: "3600" });
    expect(await simulate(from, to)).toMatchObject({ outcome: "dial", reason: "matched", trunk });
  });

  test("without a rule a call is rejected: there is no default trunk, and another tenant's rules are none", async () => {
    for (const to of ["+33123456789", "+18095551234", "+14155552671"]) {
      expect(await dialOut("+1999", to)).toMatchObject(rejected);
      expect(await simulate("+1999", to)).toMatchObject({ outcome: "refuse", reason: "no_rule", trunk: null });
    }
  });

  test.each(["anonymous", "alice", "sip:+33123456789@carrier.example", "+33123456789;ext=1", "tel:+33123456789", "*67+33123456789"])(
    "%s is no number: no trunk is asked to make one of it, whatever rule the caller has",
    async (to) => {
      expect(await dialOut("+4930123456", to)).toMatchObject(rejected);
      expect(await simulate("+4930123456", to)).toMatchObject({ outcome: "refuse", reason: "no_rule", passedOver: [] });
    },
  );

  test("is for subscribers only: no caller dials out on the tenant's bill", async () => {
    for (const Direction of ["inbound", "outbound-api", "", "whatever"]) {
      const { document } = await door.ring({ ...call("+1234567890", "+442012345678"), Direction });
      expect(document.attributes["trunks"]).toBeUndefined();
    }
  });

  test("a simulation says why the other rules that the number finds were passed over", async () => {
    const { passedOver, cxml } = await simulate("+1999", "+15551234567");
    expect((passedOver as { why: string; called: string }[]).map(({ called, why }) => [called, why])).toEqual([
      ["+1 555", "a longer prefix wins"],
      ["+1", "the caller does not match"],
      [null, "the caller does not match"],
    ]);
    expect(cxml).toContain('trunks="trunk-15551"');
  });
});

type Recorded = { reason: string; reasonText: string; direction: string; status: string; attempts: { trunk: string | null }[] };
const recordOf = (session: string) =>
  vi.waitFor(async () => {
    const { body } = await rest("GET", `/call-records?search=${session}`);
    const [found] = body["items"] as { id: string; endedAt: string | null }[];
    expect(found?.endedAt ?? null).not.toBeNull();
    return (await rest("GET", `/call-records/${found?.id}`)).body as unknown as Recorded;
  }, 60_000);

describe("the trunks of a rule", () => {
  test("are tried one after the other, one in each answer; the record says so, and why when none was left", async () => {
    const made = call("+1999", "+442012345678");
    let { document } = await door.ring(made);
    expect([document.attributes["trunks"], document.dialled]).toEqual(["trunk-gb", "+442012345678"]);
    ({ document } = await door.report(document, { ...made, DialCallStatus: "congestion" }));
    expect([document.attributes["trunks"], document.dialled]).toEqual(["trunk-gb-b", "+442012345678"]);
    ({ document } = await door.report(document, { ...made, DialCallStatus: "failed" }));
    expect(document.verb).toBe("Hangup");
    const record = await recordOf(made.Session);
    expect(record).toMatchObject({
      direction: "outbound",
      reason: "trunks_exhausted",
      reasonText: "No trunk could place the call.",
      status: "failed",
      attempts: [
        { step: 1, agentId: null, trunk: "trunk-gb", result: "failed" },
        { step: 2, agentId: null, trunk: "trunk-gb-b", result: "failed" },
      ],
    });
  });

  test("are asked no further once one was answered", async () => {
    const made = call("+1999", "+442012345678");
    const { document } = await door.ring(made);
    expect((await door.report(document, { ...made, DialCallStatus: "completed" })).document.verb).toBe("Hangup");
    expect(await recordOf(made.Session)).toMatchObject({
      reason: "matched",
      status: "completed",
      attempts: [{ trunk: "trunk-gb", result: "completed" }],
    });
  });

  test("are asked no further once the destination is denied, which the record gives as the reason", async () => {
    const made = call("+1999", "+442012345678");
    const { document } = await door.ring(made);
    await rest("PUT", "/outbound-policy", { version: 1, deny: ["+4420"] });
    await vi.waitFor(async () => expect(await dialOut("+1999", "+442012345678")).toMatchObject(rejected), 60_000);
    expect((await door.report(document, { ...made, DialCallStatus: "failed" })).document).toMatchObject(rejected);
    expect(await recordOf(made.Session)).toMatchObject({ reason: "denied", attempts: [{ trunk: "trunk-gb", result: "failed" }] });
    await rest("PUT", "/outbound-policy", { version: 2, deny: [] });
  });
});
