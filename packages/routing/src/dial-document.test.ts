import { XMLParser } from "fast-xml-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Decision } from "./decision.ts";
import { type DialContext, renderDecision } from "./dial-document.ts";
import { agt, grp, sampleAgent } from "./sample-plan.ts";

const seed = 20260105;
const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
const actionUrl = "https://lb.example/after?s=a1&n=2";
const base = { link: 0, reason: "matched", fallback: null } as const;
const toAgent: Decision = {
  ...base,
  kind: "agent",
  targetId: grp(1),
  agentId: agt(1),
  attempt: 1,
  timeoutSeconds: 20,
  timeLimitSeconds: 14_400,
};
const render = (decision: Decision, context: Partial<DialContext> = {}): string =>
  renderDecision(decision, { agent: null, from: "+0987654321", actionUrl, ...context });

test("an agent is dialled as a Service, the caller's number shown", () => {
  const agent = sampleAgent(1, { provider: "vapi", serviceValue: "test-agent-id" });
  expect(render(toAgent, { agent })).toBe(
    `${declaration}<Response><Dial action="https://lb.example/after?s=a1&amp;n=2" method="POST" timeout="20" timeLimit="14400" callerId="+0987654321"><Service provider="vapi">test-agent-id</Service></Dial></Response>`,
  );
});

test("user name and password stand where the agent has them and nowhere else", () => {
  const agent = sampleAgent(1, {
    provider: "synthflow",
    serviceValue: "https://api.synthflow.com/endpoint",
    username: "api_key_123",
    password: "secret_key_456",
  });
  expect(render(toAgent, { agent })).toContain(
    '<Service provider="synthflow" username="api_key_123" password="secret_key_456">https://api.synthflow.com/endpoint</Service>',
  );
  expect(render(toAgent, { agent: sampleAgent(1, { username: "only" }) })).toContain('<Service provider="vapi" username="only">');
  expect(render(toAgent, { agent: sampleAgent(1, { username: "", password: "" }) })).toContain('<Service provider="vapi">');
});

test.each(["anonymous", "alice", "", "1001"])("a caller %j who has no number is no caller id", (from) => {
  expect(render(toAgent, { agent: sampleAgent(1), from })).not.toContain("callerId");
});

test("there is no white space inside Service", () => {
  expect(render(toAgent, { agent: sampleAgent(1, { serviceValue: "  +12127773456\n" }) })).toContain(">+12127773456</Service>");
});

test("an agent that is gone is not dialled", () => {
  expect(render(toAgent)).toBe(`${declaration}<Response><Hangup/></Response>`);
});

test("a number goes out over its trunk with the rule's caller id, ringing as long as the rule says", () => {
  const decision: Decision = {
    ...base,
    kind: "number",
    number: "+1987654321",
    trunk: "trunk_123",
    callerId: "+1234567890",
    timeoutSeconds: 30,
    timeLimitSeconds: 3600,
  };
  const text = render(decision);
  expect(text).toContain('trunks="trunk_123" timeout="30" timeLimit="3600" callerId="+1234567890"');
  expect(text).toContain("<Number>+1987654321</Number>");
  expect(render({ ...decision, trunk: 'trunk "quotes"' })).toContain('trunks="trunk &quot;quotes&quot;"');
  const plain = render({ ...decision, trunk: null, callerId: null }, { from: "anonymous" });
  expect(plain).not.toContain("trunks");
  expect(plain).not.toContain("callerId");
});

test("the other ends are said in their verbs", () => {
  const body = (decision: Decision): string => render(decision).slice(declaration.length);
  const limits = { timeoutSeconds: 30, timeLimitSeconds: 60 };
  expect(body({ ...base, kind: "sip", uri: " sip:desk@host.example;transport=tls", ...limits })).toContain(
    "<Sip>sip:desk@host.example;transport=tls</Sip>",
  );
  expect(body({ ...base, kind: "message", text: "Sorry & goodbye", language: "en-US" })).toBe(
    '<Response><Say language="en-US">Sorry &amp; goodbye</Say><Hangup/></Response>',
  );
  expect(body({ ...base, kind: "message", text: "Sorry", language: null })).toBe("<Response><Say>Sorry</Say><Hangup/></Response>");
  expect(body({ ...base, kind: "reject", rejectAs: "busy" })).toBe('<Response><Reject reason="busy"/></Response>');
  expect(body({ ...base, kind: "hangup" })).toBe("<Response><Hangup/></Response>");
});

test("what an operator stores of an agent comes back unchanged from the answer", () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    trimValues: false,
    parseTagValue: false,
    htmlEntities: true,
  });
  const text = fc.string({ unit: "grapheme-ascii", minLength: 1 }).filter((value) => value.trim() !== "");
  fc.assert(
    fc.property(text, text, text, (serviceValue, username, password) => {
      const parsed = parser.parse(render(toAgent, { agent: sampleAgent(1, { serviceValue, username, password }) }));
      expect(parsed.Response.Dial.Service).toEqual({ provider: "vapi", username, password, "#text": serviceValue.trim() });
      expect(parsed.Response.Dial.action).toBe(actionUrl);
    }),
    { seed, numRuns: 1_000 },
  );
});
