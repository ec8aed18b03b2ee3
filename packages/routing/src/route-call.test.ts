import { expect, test } from "vitest";
import type { ChainLink } from "./decision.ts";
import { compilePlan } from "./plan.ts";
import type { OutboundRuleConfig } from "./plan-source.ts";
import { routeCall } from "./route-call.ts";
import {
  agt,
  grp,
  inboundRule,
  outboundRule,
  rul,
  type Sample,
  sampleAgent,
  sampleGroup,
  sampleMember,
  sampleSource,
  sampleTenant,
  toAgent,
  toGroup,
} from "./sample-plan.ts";

const inbound = (source: Sample, to: string, from = "+0987654321") =>
  routeCall(compilePlan(sampleSource(source)), { from, to, direction: "inbound" });

const outbound = (rules: OutboundRuleConfig[], to: string, from = "+1234567890") =>
  routeCall(compilePlan(sampleSource({ outboundRules: rules })), { from, to, direction: "outbound" });

/** A chain in short: target ids, trunks, kinds. */
const short = (chain: ChainLink[]): string[] =>
  chain.map((link) => (link.kind === "target" ? link.group.id : link.kind === "number" ? `${link.number}@${link.trunk}` : link.kind));

test("an exact rule for the called number is used", () => {
  const route = inbound({ inboundRules: [inboundRule(1, "+1234567890", { priority: 1 })] }, "+1234567890");
  expect(route).toMatchObject({ direction: "inbound", rule: { id: rul(1), pattern: "+1234567890" }, reason: "matched" });
  expect(short(route.chain)).toEqual([agt(1), "built_in"]);
});

test("a disabled rule matches nothing, and a call without a rule is hung up", () => {
  const route = inbound({ inboundRules: [inboundRule(1, "+1234567890", { enabled: false })] }, "+1234567890");
  expect(route).toEqual({ direction: "inbound", rule: null, reason: "no_rule", chain: [{ kind: "built_in", fallback: null }] });
});

test("the smaller priority comes before the more specific pattern", () => {
  const rules = [inboundRule(1, "123*", { priority: 1 }), inboundRule(2, "+1234567890", { priority: 10 })];
  expect(inbound({ inboundRules: rules }, "+1234567890").rule?.id).toBe(rul(1));
});

test("at one priority: exact, longer prefix, shorter prefix, everything; then the caller; then the older", () => {
  const rules = [
    inboundRule(1, "*"),
    inboundRule(2, "+1*"),
    inboundRule(3, "+123*"),
    inboundRule(4, "+1234567890"),
    inboundRule(5, "+123*", { callerPattern: "+09*" }),
    inboundRule(6, "+1239*", { createdAt: 9 }),
    inboundRule(7, "+1239*", { createdAt: 5 }),
  ];
  const winner = (to: string, from?: string) => inbound({ inboundRules: rules }, to, from).rule?.id;
  expect(winner("+1234567890")).toBe(rul(4));
  expect(winner("1235555555")).toBe(rul(5));
  expect(winner("+1235555555", "+4412345678")).toBe(rul(3));
  expect(winner("+1999999999")).toBe(rul(2));
  expect(winner("+4499999999")).toBe(rul(1));
  expect(winner("+1239999999", "anonymous")).toBe(rul(7));
});

test("two tenants' plans know nothing of each other", () => {
  const mine = compilePlan(sampleSource({ inboundRules: [inboundRule(1, "+1234567890")] }));
  const theirs = compilePlan(sampleSource({ inboundRules: [inboundRule(2, "+1234567890")] }));
  const call = { from: "", to: "+1234567890", direction: "inbound" } as const;
  expect([routeCall(mine, call).rule?.id, routeCall(theirs, call).rule?.id]).toEqual([rul(1), rul(2)]);
});

test("a call under way keeps its rule though a better one was saved, and even though its rule was disabled", () => {
  const plan = compilePlan(sampleSource({ inboundRules: [inboundRule(1, "*", { enabled: false }), inboundRule(2, "+1234567890")] }));
  const call = { from: "", to: "+1234567890", direction: "inbound" } as const;
  expect(routeCall(plan, call).rule?.id).toBe(rul(2));
  expect(routeCall(plan, call, rul(1)).rule?.id).toBe(rul(1));
  expect(routeCall(plan, call, rul("gone")).rule?.id).toBe(rul(2));
  expect(routeCall(plan, call, null)).toMatchObject({ rule: null, reason: "no_rule" });
});

test("a target that is gone leaves the fallbacks", () => {
  const route = inbound({ inboundRules: [inboundRule(1, "*", { target: toGroup(99) })] }, "+1234567890");
  expect(route).toMatchObject({ reason: "no_members", chain: [{ kind: "built_in" }] });
});

const groups = [
  sampleGroup(1, [sampleMember(1)], { fallback: { type: "agent_group", targetId: grp(2) } }),
  sampleGroup(2, [sampleMember(1)], { fallback: { type: "agent_group", targetId: grp(1) } }),
  sampleGroup(3, []),
];
const chainOf = (source: Sample) => short(inbound({ groups, ...source }, "+1234567890").chain);
const toOne = { target: toGroup(1) };

test("the rule's fallback comes before the group's, the group's before the tenant's, and loops are skipped", () => {
  const tenant = { ...sampleTenant, fallback: { type: "message", text: "Sorry" } } as const;
  expect(chainOf({ tenant, inboundRules: [inboundRule(1, "*", toOne)] })).toEqual([grp(1), grp(2), "message"]);
  const own = { ...toOne, fallback: { type: "voice_agent", targetId: agt(1) } } as const;
  expect(chainOf({ tenant, inboundRules: [inboundRule(1, "*", own)] })).toEqual([grp(1), agt(1), "message"]);
  expect(chainOf({ inboundRules: [inboundRule(1, "*", toOne)] })).toEqual([grp(1), grp(2), "built_in"]);
});

test("a tenant's fallback serves calls without a rule", () => {
  const tenant = { ...sampleTenant, fallback: { type: "voice_agent", targetId: agt(1) } } as const;
  const route = inbound({ tenant }, "+1234567890");
  expect(route.reason).toBe("no_rule");
  expect(short(route.chain)).toEqual([agt(1), "built_in"]);
  expect(route.chain[0]?.fallback).toEqual(tenant.fallback);
});

test("fallbacks go four deep and no deeper", () => {
  const ring = [1, 2, 3, 4, 5, 6].map((name) => sampleGroup(name, [], { fallback: { type: "agent_group", targetId: grp(name + 1) } }));
  const route = inbound({ groups: ring, inboundRules: [inboundRule(1, "*", toOne)] }, "+1234567890");
  expect(short(route.chain)).toEqual([grp(1), grp(2), grp(3), grp(4), grp(5), "built_in"]);
});

test("a number as fallback is dialled over one trunk per link, without a trunk named over the platform's choice", () => {
  const fallback = (trunks?: string[]) => ({ ...toOne, fallback: { type: "number", number: "+44 20 7946 0000", trunks } }) as const;
  expect(chainOf({ inboundRules: [inboundRule(1, "*", fallback(["a", "b"]))] })).toEqual([
    grp(1),
    "+442079460000@a",
    "+442079460000@b",
    "built_in",
  ]);
  expect(chainOf({ inboundRules: [inboundRule(1, "*", fallback())] })).toEqual([grp(1), "+442079460000@null", "built_in"]);
  const sip = { ...toOne, fallback: { type: "sip", uri: "sip:desk@host.example" } } as const;
  expect(chainOf({ inboundRules: [inboundRule(1, "*", sip)] })).toEqual([grp(1), "sip", "built_in"]);
});

test("the same agent is the same group of one at every call, so that what is packed of it can be kept", () => {
  const plan = compilePlan(sampleSource({ inboundRules: [inboundRule(1, "*", { target: toAgent(1) })] }));
  const call = { from: "", to: "1", direction: "inbound" } as const;
  const [first, second] = [routeCall(plan, call), routeCall(plan, call)].map(({ chain }) =>
    chain[0]?.kind === "target" ? chain[0].group : null,
  );
  expect(first).toMatchObject({ id: agt(1), members: [{ agentId: agt(1), memberCapacity: null }] });
  expect(first).toBe(second);
});

test("a group is compiled with its defaults, its members in order, disabled where the agent is", () => {
  const members = [sampleMember(2), sampleMember(1), sampleMember(3, { enabled: false })];
  const agents = [sampleAgent(1), sampleAgent(2, { enabled: false, capacity: 3 }), sampleAgent(3)];
  const plan = compilePlan(
    sampleSource({ agents, groups: [sampleGroup(1, members, { strategy: "load_balanced", settings: { windowHours: 48 } })] }),
  );
  const group = plan.groups.get(grp(1));
  expect(group?.settings).toEqual({
    windowHours: 48,
    newMemberStart: "level",
    ringSeconds: 20,
    maxAttempts: 3,
    maxTotalSeconds: 65,
    maxCallSeconds: 14_400,
  });
  expect(group?.members.map(({ agentId, enabled, agentCapacity }) => [agentId, enabled, agentCapacity])).toEqual([
    [agt(2), false, 3],
    [agt(1), true, null],
    [agt(3), false, null],
  ]);
  expect(plan.windowHoursInUse).toEqual([48]);
});

const to = (trunk: string) => ({ trunkConfig: { trunks: [trunk] } });

test("an outbound rule for caller and destination dials its trunks one after the other", () => {
  const trunkConfig = { trunks: ["trunk_123", "trunk_456"], callerId: "+1234567890", timeoutSeconds: 30, timeLimitSeconds: 3600 };
  const route = outbound([outboundRule(1, { callerIdPrefix: "+1234567890", prefix: "+1", trunkConfig })], "+1987654321");
  expect(route).toMatchObject({ direction: "outbound", rule: { id: rul(1), pattern: "+1" }, reason: "matched" });
  expect(route.chain).toEqual([
    {
      kind: "number",
      number: "+1987654321",
      trunk: "trunk_123",
      callerId: "+1234567890",
      timeoutSeconds: 30,
      timeLimitSeconds: 3600,
      fallback: null,
    },
    {
      kind: "number",
      number: "+1987654321",
      trunk: "trunk_456",
      callerId: "+1234567890",
      timeoutSeconds: 30,
      timeLimitSeconds: 3600,
      fallback: null,
    },
    { kind: "built_in", fallback: null },
  ]);
});

test("without an outbound rule the call is rejected, never sent over some default trunk", () => {
  const rejected = { rule: null, reason: "no_rule", chain: [{ kind: "reject", rejectAs: "rejected", fallback: null }] };
  expect(outbound([], "+1987654321")).toMatchObject(rejected);
  expect(outbound([outboundRule(1, { prefix: "+1" })], "+442079460000")).toMatchObject(rejected);
  expect(outbound([outboundRule(1, { prefix: "+1", enabled: false })], "+1987654321")).toMatchObject(rejected);
});

test("an inbound call never uses an outbound rule", () => {
  const plan = compilePlan(sampleSource({ outboundRules: [outboundRule(1, { prefix: "+1" })] }));
  expect(routeCall(plan, { from: "+1234567890", to: "+1987654321", direction: "inbound" }).rule).toBeNull();
});

test("a rule without trunks dials nothing", () => {
  const route = outbound([outboundRule(1, { prefix: "+1", trunkConfig: { trunks: [] } })], "+1987654321");
  expect(route).toMatchObject({ reason: "trunks_exhausted", chain: [{ kind: "built_in" }] });
});

test("the longest destination prefix wins, however it is written, then the longest caller prefix, then priority, then age", () => {
  const rules = [
    outboundRule(1, { prefix: "+1", priority: 1 }),
    outboundRule(2, { prefix: "+1 555" }),
    outboundRule(3, { prefix: "+15551" }),
    outboundRule(4, { prefix: "+44", callerIdPrefix: "+1", priority: 1 }),
    outboundRule(5, { prefix: "+44", callerIdPrefix: "+123", priority: 9 }),
    outboundRule(6, { prefix: "+33", priority: 5, createdAt: 1 }),
    outboundRule(7, { prefix: "+33", priority: 4, createdAt: 3 }),
    outboundRule(8, { prefix: "+33", priority: 4, createdAt: 2 }),
  ];
  const winner = (number: string, from?: string) => outbound(rules, number, from).rule?.id;
  expect(winner("+15551234567")).toBe(rul(3));
  expect(winner("+15559999999")).toBe(rul(2));
  expect(winner("+12025550123")).toBe(rul(1));
  expect(winner("+442079460000")).toBe(rul(5));
  expect(winner("+442079460000", "+1999999999")).toBe(rul(4));
  expect(winner("+442079460000", "alice")).toBeUndefined();
  expect(winner("+33612345678")).toBe(rul(8));
});

test("a country is its numbering plan, not its calling code", () => {
  const rules = [
    outboundRule(1, { prefix: "US", ...to("us") }),
    outboundRule(2, { prefix: "CA", ...to("ca") }),
    outboundRule(3, { prefix: "GB", ...to("gb") }),
    outboundRule(4, { prefix: "JP", ...to("jp") }),
    outboundRule(5, { prefix: "+4420", ...to("london") }),
    outboundRule(6, { prefix: "+44", ...to("any44") }),
  ];
  const winner = (number: string) => outbound(rules, number).rule?.id;
  expect(winner("+14155552671")).toBe(rul(1));
  expect(winner("+14165550123")).toBe(rul(2));
  expect(winner("+18095551234")).toBeUndefined();
  expect(winner("+15550100099")).toBe(rul(1));
  expect(winner("+442012345678")).toBe(rul(5));
  expect(winner("+441612345678")).toBe(rul(3));
  expect(winner("+441481960194")).toBe(rul(6));
  expect(winner("+819012345678")).toBe(rul(4));
});

test("a rule that names neither caller nor destination opens nothing; a caller alone or a caller's country does", () => {
  expect(outbound([outboundRule(1)], "+1987654321").rule).toBeNull();
  expect(outbound([outboundRule(1, { prefix: "", callerIdPrefix: "" })], "+1987654321").rule).toBeNull();
  expect(outbound([outboundRule(1, { callerIdPrefix: "+1234" })], "+442079460000").rule?.id).toBe(rul(1));
  expect(outbound([outboundRule(1, { callerIdPrefix: "GB" })], "+442079460000", "+442079461111").rule?.id).toBe(rul(1));
});

test("the deny list wins over every outbound rule, by prefix, country or altogether, and says nothing about inbound calls", () => {
  const planOf = (deny: string[]) =>
    compilePlan(
      sampleSource({
        tenant: { ...sampleTenant, country: "GB", outboundPolicy: { deny, maxConcurrent: null, maxPerMinute: null } },
        inboundRules: [inboundRule(1, "*")],
        outboundRules: [outboundRule(1, { prefix: "+4420", priority: 1 }), outboundRule(2, { prefix: "FR" })],
      }),
    );
  const reasonOf = (deny: string[], to: string, direction: "inbound" | "outbound" = "outbound") =>
    routeCall(planOf(deny), { from: "+14155550100", to, direction }).reason;
  expect(reasonOf([], "+442012345678")).toBe("matched");
  for (const deny of ["+44", "+4420123*", "GB", "020", "*"]) expect(reasonOf([deny], "02012345678")).toBe("denied");
  for (const deny of ["+441", "GB", "+33"]) expect(reasonOf([deny], "+33123456789")).toBe(deny === "+33" ? "denied" : "matched");
  expect(reasonOf(["*"], "anonymous")).toBe("denied");
  expect(reasonOf(["*"], "+442012345678", "inbound")).toBe("matched");
  const route = routeCall(planOf(["GB"]), { from: "", to: "+442012345678", direction: "outbound" }, rul(1));
  expect(route).toMatchObject({ rule: null, reason: "denied", chain: [{ kind: "reject", rejectAs: "rejected" }] });
});
