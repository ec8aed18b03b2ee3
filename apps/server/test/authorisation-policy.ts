/** Who may do what, written down beside the code and not taken from it; the matrix holds every procedure to its line here. */
import type { AppRouter } from "@switchboard/api/router";
import type { inferRouterInputs } from "@trpc/server";

type Inputs = inferRouterInputs<AppRouter>;
/** Every procedure by its place in the router; one without a line below does not compile. */
export type ProcedureName = { [Area in keyof Inputs & string]: `${Area}.${keyof Inputs[Area] & string}` }[keyof Inputs & string];

/** What one tenant has, by its ids. */
export type Ids = {
  agent: string;
  group: string;
  inboundRule: string;
  outboundRule: string;
  user: string;
  call: string;
  auditEntry: string;
};

export type Policy = {
  access: "public" | "signed_in" | "admin";
  /** What of `Ids` the input names; another tenant's is then not there. */
  names?: keyof Ids;
  /** A good input. */
  input?: (ids: Ids) => unknown;
  /** The same, with something of another tenant's inside. */
  nested?: (own: Ids, foreign: Ids) => unknown[];
};

const fields = { name: "Made in the matrix", provider: "vapi", serviceValue: "+15550100111" };
const byId = (names: keyof Ids) => ({ names, input: (ids: Ids) => ({ id: ids[names] }) });
const page = { access: "signed_in", input: () => ({ limit: 5 }) } as const;

const group = { name: "Matrix", strategy: "priority" };
const toForeignAgent = (foreign: Ids) => ({ type: "voice_agent", targetId: foreign.agent });
const toForeignGroup = (foreign: Ids) => ({ type: "agent_group", targetId: foreign.group });

export const policies = {
  "auth.login": { access: "public", input: () => ({ email: "nobody@nowhere.example", password: "wrong" }) },
  "auth.refresh": { access: "public" },
  "auth.logout": { access: "signed_in" },
  // Refused before it is counted as a guess.
  "auth.password": { access: "signed_in", input: () => ({ currentPassword: "wrong", newPassword: "short" }) },
  "auth.setupNeeded": { access: "public" },
  "auth.setup": {
    access: "public",
    input: () => ({ setupToken: "wrong", domain: "first.example", email: "first@first.example", password: "correct horse battery" }),
  },
  "users.list": { access: "admin", input: () => ({ limit: 5 }) },
  "users.create": {
    access: "admin",
    input: () => ({ email: "new@matrix.example", name: "New", password: "correct horse battery", role: "user" }),
  },
  "users.update": { access: "admin", names: "user", input: ({ user }) => ({ id: user, version: 1, name: "Renamed" }) },
  "users.delete": { access: "admin", ...byId("user") },
  "auth.user": { access: "signed_in" },
  "agents.list": page,
  "agents.get": { access: "signed_in", ...byId("agent") },
  "agents.create": { access: "admin", input: () => fields },
  "agents.update": { access: "admin", names: "agent", input: ({ agent }) => ({ id: agent, version: 1, enabled: true }) },
  "agents.delete": { access: "admin", ...byId("agent") },
  "callRecords.list": {
    ...page,
    nested: (_own, foreign) => [{ agentId: foreign.agent }, { groupId: foreign.group }, { ruleId: foreign.inboundRule }],
  },
  "callRecords.get": { access: "signed_in", ...byId("call") },
  "analytics.liveCalls": { access: "signed_in" },
  "agents.providers": { access: "signed_in" },
  "audit.list": { ...page, access: "admin" },
  "audit.restore": { access: "admin", ...byId("auditEntry") },
  "webhookEvents.list": {
    ...page,
    nested: (_own, foreign) => [{ callId: foreign.call }, { search: foreign.call }],
  },
  "agents.status": { access: "signed_in", ...byId("agent") },
  "agents.eject": { access: "admin", ...byId("agent") },
  "agents.restore": { access: "admin", ...byId("agent") },
  "agents.resetCounters": { access: "admin", ...byId("agent") },
  "outboundPolicy.get": { access: "signed_in" },
  "outboundPolicy.update": { access: "admin", input: () => ({ version: 1, deny: ["+882"] }) },
  "routing.simulate": {
    access: "signed_in",
    input: () => ({ from: "+14155550100", to: "+15550100000" }),
    nested: (_own, foreign) => [
      { from: "+1", to: "+1", draft: { inboundRules: [{ pattern: "*", targetType: "voice_agent", targetId: foreign.agent }] } },
    ],
  },
  "tenant.get": { access: "signed_in" },
  "tenant.update": {
    access: "admin",
    input: () => ({ version: 1, name: "Tenant of the matrix", fallback: { type: "hangup" } }),
    nested: (_own, foreign) => [
      { version: 1, fallback: toForeignAgent(foreign) },
      { version: 1, fallback: toForeignGroup(foreign) },
    ],
  },
  "tenant.rotateWebhookToken": { access: "admin" },
  "tenant.rotateWebhookKey": { access: "admin" },
  // From before the calls that were made here, so that something is told at once.
  "live.events": { access: "signed_in", input: () => ({ lastEventId: `${Date.now() - 120_000}-0` }) },
} satisfies Record<string, Policy>;

void [group, toForeignAgent, toForeignGroup];
