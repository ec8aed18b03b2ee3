/** Who may do what, written down beside the code and not taken from it; the matrix holds every procedure to its line here. */
import type { AppRouter } from "@switchboard/api/router";
import type { inferRouterInputs } from "@trpc/server";

type Inputs = inferRouterInputs<AppRouter>;
/** Every procedure by its place in the router; one without a line below does not compile. */
export type ProcedureName = { [Area in keyof Inputs]: `${Area}.${Extract<keyof Inputs[Area], string>}` }[keyof Inputs];

/** What one tenant has, by its ids. */
export type Ids = {
  agent: string;
  group: string;
  inboundRule: string;
  outboundRule: string;
  user: string;
  call: string;
  auditEntry: string;
  export: string;
  erasure: string;
};

export type Policy = {
  access: "public" | "signed_in" | "admin";
  /** What of `Ids` the input names; another tenant's is then not there. */
  names?: keyof Ids;
  /** A good input. */
  input?: (ids: Ids) => unknown;
  /** The same, with something of another tenant's inside. */
  nested?: (own: Ids, foreign: Ids) => unknown[];
  /** What is not there is left out of the answer, and not an error. */
  leavesOut?: true;
  /** It acts on what lasts no longer than a call: of those here all are over. */
  isOver?: true;
  /** Done once, it can't be done again. */
  once?: true;
};

const byId = (names: keyof Ids) => ({ names, input: (ids: Ids) => ({ id: ids[names] }) });
const list = { access: "signed_in", input: () => ({ limit: 5 }) } as const;
const read = (names: keyof Ids) => ({ access: "signed_in", ...byId(names) }) as const;
const act = (names: keyof Ids) => ({ access: "admin", ...byId(names) }) as const;
const change = (names: keyof Ids, fields: Record<string, unknown>) =>
  ({ access: "admin", names, input: (ids: Ids) => ({ id: ids[names], version: 1, ...fields }) }) as const;

const agent = { name: "Made in the matrix", provider: "vapi", serviceValue: "+15550100111" };
const group = { name: "Made in the matrix", strategy: "priority" };
const toGroup = (ids: Ids) => ({ pattern: "+15550100999", targetType: "agent_group", targetId: ids.group });
/** Whatever may point at something: each way of pointing at what is another's. */
const fallbacksTo = (foreign: Ids) => [
  { fallback: { type: "voice_agent", targetId: foreign.agent } },
  { fallback: { type: "agent_group", targetId: foreign.group } },
];
const targetsAt = (foreign: Ids) => [
  { targetType: "voice_agent", targetId: foreign.agent },
  { targetType: "agent_group", targetId: foreign.group },
  ...fallbacksTo(foreign),
];
const membersOf = (foreign: Ids) => [{ members: [{ agentId: foreign.agent }] }, ...fallbacksTo(foreign)];
const call = { from: "+14155550100", to: "+15550100001" };
const password = "correct horse battery staple";

export const policies = {
  "auth.login": { access: "public", input: () => ({ email: "nobody@nowhere.example", password: "wrong" }) },
  "auth.refresh": { access: "public" },
  "auth.logout": { access: "public" },
  "auth.user": { access: "signed_in" },
  "auth.password": { access: "signed_in", input: () => ({ currentPassword: "not this one", newPassword: password }) },
  "auth.setup": { access: "public", input: () => ({ setupToken: "wrong", domain: "x.example", email: "x@x.example", password }) },
  "auth.setupNeeded": { access: "public" },
  "agents.list": list,
  "agents.get": read("agent"),
  "agents.create": { access: "admin", input: () => agent },
  "agents.update": change("agent", { enabled: true }),
  "agents.delete": act("agent"),
  "agents.providers": { access: "signed_in" },
  "agents.status": read("agent"),
  "agents.statuses": { access: "signed_in", names: "agent", input: (ids) => ({ ids: [ids.agent] }), leavesOut: true },
  "agents.usedBy": read("agent"),
  "agents.eject": act("agent"),
  "agents.restore": act("agent"),
  "agents.resetCounters": act("agent"),
  "groups.list": list,
  "groups.get": read("group"),
  "groups.create": {
    access: "admin",
    input: () => group,
    nested: (_own, foreign) => membersOf(foreign).map((more) => ({ ...group, ...more })),
  },
  "groups.update": {
    ...change("group", { strategy: "priority" }),
    nested: (own, foreign) => membersOf(foreign).map((more) => ({ id: own.group, version: 1, ...more })),
  },
  "groups.delete": act("group"),
  "groups.usedBy": read("group"),
  "groups.distribution": read("group"),
  "groups.distributions": { access: "signed_in", names: "group", input: (ids) => ({ ids: [ids.group] }), leavesOut: true },
  "inboundRules.list": { ...list, nested: (_own, foreign) => [{ targetId: foreign.agent }, { targetId: foreign.group }] },
  "inboundRules.get": read("inboundRule"),
  "inboundRules.hits": { access: "signed_in", names: "inboundRule", input: (ids) => ({ ids: [ids.inboundRule] }), leavesOut: true },
  "inboundRules.create": {
    access: "admin",
    input: toGroup,
    nested: (own, foreign) => targetsAt(foreign).map((more) => ({ ...toGroup(own), ...more })),
  },
  "inboundRules.update": {
    ...change("inboundRule", { priority: 100 }),
    nested: (own, foreign) => targetsAt(foreign).map((more) => ({ id: own.inboundRule, version: 1, ...more })),
  },
  "inboundRules.delete": { ...act("inboundRule"), once: true },
  "outboundRules.list": list,
  "outboundRules.get": read("outboundRule"),
  "outboundRules.create": { access: "admin", input: () => ({ prefix: "+49", trunkConfig: { trunks: ["made-in-the-matrix"] } }) },
  "outboundRules.update": change("outboundRule", { priority: 100 }),
  "outboundRules.delete": { ...act("outboundRule"), once: true },
  "outboundPolicy.get": { access: "signed_in" },
  "outboundPolicy.update": { access: "admin", input: () => ({ version: 1, deny: ["+4490"] }) },
  "calls.start": {
    access: "admin",
    input: (ids) => ({ to: "+15550100777", agentId: ids.agent }),
    nested: (_own, foreign) => [
      { to: "+15550100777", agentId: foreign.agent },
      { to: "+15550100777", groupId: foreign.group },
    ],
  },
  "calls.hangUp": { ...act("call"), isOver: true },
  "calls.move": {
    access: "admin",
    isOver: true,
    names: "call",
    input: (ids) => ({ id: ids.call, agentId: ids.agent }),
    nested: (own, foreign) => [
      { id: own.call, agentId: foreign.agent },
      { id: own.call, groupId: foreign.group },
    ],
  },
  "callRecords.list": {
    ...list,
    nested: (_own, foreign) => [{ agentId: foreign.agent }, { groupId: foreign.group }, { ruleId: foreign.inboundRule }],
  },
  "callRecords.total": {
    ...{ access: "signed_in", input: () => ({}) },
    nested: (_own, foreign) => [{ agentId: foreign.agent }, { groupId: foreign.group }, { ruleId: foreign.inboundRule }],
  },
  "callRecords.get": read("call"),
  "callRecords.decision": read("call"),
  // A filter that names what is another's finds nothing, as in the list: exports.test.ts looks into the file.
  "callRecords.export": { access: "admin", input: () => ({ format: "json" }) },
  "exports.list": { ...list, access: "admin" },
  "exports.get": act("export"),
  "exports.cancel": act("export"),
  "exports.ticket": act("export"),
  "attention.list": { access: "signed_in" },
  "analytics.liveCalls": { access: "signed_in" },
  "analytics.summary": { access: "signed_in", input: () => ({ interval: "hour" }) },
  // From before the calls that were made here, so that something is told at once.
  "live.events": { access: "signed_in", input: () => ({ lastEventId: `${Date.now() - 120_000}-0` }) },
  "routing.simulate": {
    access: "signed_in",
    input: () => call,
    nested: (own, foreign) => [
      ...targetsAt(foreign).map((more) => ({ ...call, draft: { inboundRules: [{ ...toGroup(own), ...more }] } })),
      ...membersOf(foreign).map((more) => ({ ...call, draft: { groups: [{ ...group, ...more }] } })),
    ],
  },
  "tenant.get": { access: "signed_in" },
  "tenant.load": { access: "signed_in" },
  "tenant.update": {
    access: "admin",
    input: () => ({ version: 1, country: "GB" }),
    nested: (_own, foreign) => fallbacksTo(foreign).map((more) => ({ version: 1, ...more })),
  },
  "tenant.rotateWebhookToken": { access: "admin" },
  "tenant.rotateWebhookKey": { access: "admin" },
  "audit.list": { ...list, access: "admin", nested: (_own, foreign) => [{ targetId: foreign.agent }, { actorId: foreign.user }] },
  "audit.restore": act("auditEntry"),
  "erasures.list": { ...list, access: "admin" },
  "erasures.get": act("erasure"),
  "erasures.create": { access: "admin", input: () => ({ number: "+15550188999" }) },
  "users.list": { ...list, access: "admin" },
  "users.create": { access: "admin", input: () => ({ email: "made@matrix.example", password, role: "user" }) },
  "users.update": change("user", { name: "Made in the matrix" }),
  "users.delete": { ...act("user"), once: true },
  "webhookEvents.list": { ...list, nested: (_own, foreign) => [{ callId: foreign.call }] },
  "cloudonix.status": { access: "admin" },
  "cloudonix.verify": { access: "admin", input: () => ({ cloudonixKey: "XI00" }) },
  "cloudonix.plan": { access: "admin", input: () => ({ makeDefault: true }) },
  "cloudonix.connect": { access: "admin", input: () => ({ fingerprint: "none", makeDefault: false }) },
  "cloudonix.undo": { access: "admin" },
  "trunks.list": { access: "signed_in" },
  "testCalls.place": { access: "admin", input: () => ({ to: "+15550100001" }) },
} satisfies Record<ProcedureName, Policy>;
