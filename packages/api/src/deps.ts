/** What the procedures need of the rest of Switchboard; the server builds it once and hands it in. */
import type { AgentVerb } from "@switchboard/control/agent-operations";
import type { Agents } from "@switchboard/control/agents";
import type { AuditLog } from "@switchboard/control/audit-log";
import type { Groups } from "@switchboard/control/groups";
import type { InboundRules } from "@switchboard/control/inbound-rules";
import type { OutboundRules } from "@switchboard/control/outbound-rules";
import type { TenantAdministration } from "@switchboard/control/tenant-settings";
import type { WebhookEvents } from "@switchboard/control/webhook-events";
import type { RuleId } from "@switchboard/routing/ids";
import type { InboundFinding, OutboundFinding } from "@switchboard/routing/rule-findings";
import type { SimulationInput } from "@switchboard/routing/input/simulation";
import type { Actor } from "./actor.ts";
import type { User } from "./schemas/auth.ts";
import type { CallRecord, CallRecordPage, CallRecordQuery } from "./schemas/call-record.ts";
import type { LiveSnapshot } from "./schemas/live-call.ts";
import type { LiveEvent } from "./schemas/live-event.ts";
import type { Webhooks } from "./schemas/tenant.ts";
import type { AgentStatus } from "./schemas/agent-status.ts";

/** Where a request came from, for the session's record and for throttling. */
export type RequestMeta = { address: string; userAgent: string | null };
import type { Simulation } from "./schemas/simulation.ts";

export type LoginOutcome =
  | { kind: "signed_in"; accessToken: string; expiresInSeconds: number; user: User }
  /** Unknown person, wrong password, disabled: one answer for all three. */
  | { kind: "refused" }
  | { kind: "throttled"; retryAfterSeconds: number };

export interface AuthDeps {
  login(email: string, password: string, meta: RequestMeta): Promise<LoginOutcome>;
  logout(actor: Actor): Promise<void>;
  user(actor: Actor): Promise<User | null>;
  /** Aborts within a second of the session's end, whatever ended it; not looked at any more once `stop` has aborted. */
  sessionEnded(actor: Actor, stop: AbortSignal): AbortSignal;
}

export interface CallRecordReads {
  list(query: CallRecordQuery): Promise<CallRecordPage>;
  get(id: string): Promise<CallRecord | null>;
}

/** What deserves a second look about a rule, as the plan in force sees it; none for a rule that it does not know. */
export interface RuleFindings {
  inbound(id: RuleId): InboundFinding[];
  outbound(id: RuleId): OutboundFinding[];
}

/** What one signed-in person reaches: all of it bound to their tenant, and changes to their name. */
export interface TenantAccess {
  agents: Agents;
  groups: Groups;
  inboundRules: InboundRules;
  outboundRules: OutboundRules;
  ruleFindings: RuleFindings;
  callRecords: CallRecordReads;
  settings: TenantAdministration;
  auditLog: AuditLog;
  /** The addresses that Cloudonix calls. */
  webhooksOf(tenantKey: string): Webhooks;
  webhookEvents: WebhookEvents;
  /** Whether a webhook's field of this name holds a party's number. */
  isNumberField: (name: string) => boolean;
  liveCalls(): Promise<LiveSnapshot>;
  /**
   * Events after `lastEventId` (null: from now on), in order, without gap or repeat, until `signal` aborts. Throws
   * `ResyncNeeded` when the subscriber read too slowly or the id is older than what is kept.
   */
  liveEvents(lastEventId: string | null, signal: AbortSignal): AsyncIterable<LiveEvent>;
}

export interface ApiDeps {
  auth: AuthDeps;
  tenant(actor: Actor): TenantAccess;
}
/** Both throw ControlError `not_found`, and `unavailable` while Redis is away. */
export interface AgentStatusAccess {
  get(id: string): Promise<AgentStatus>;
  /** Written to the audit log; answers how the agent stands afterwards. */
  operate(id: string, verb: AgentVerb): Promise<AgentStatus>;
}

  agentStatus: AgentStatusAccess;
  simulate(input: SimulationInput): Promise<Simulation>;
