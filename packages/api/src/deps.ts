/** What the procedures need of the rest of Switchboard; the server builds it once and hands it in. */
import type { AgentVerb } from "@switchboard/control/agent-operations";
import type { Agents } from "@switchboard/control/agents";
import type { Analytics } from "@switchboard/control/analytics";
import type { AuditLog } from "@switchboard/control/audit-log";
import type { Exports } from "@switchboard/control/exports";
import type { Erasures } from "@switchboard/control/erasures";
import type { Groups } from "@switchboard/control/groups";
import type { InboundRules } from "@switchboard/control/inbound-rules";
import type { OutboundPolicies } from "@switchboard/control/outbound-policy";
import type { OutboundRules } from "@switchboard/control/outbound-rules";
import type { TenantAdministration } from "@switchboard/control/tenant-settings";
import type { CreatedTenant } from "@switchboard/control/tenants";
import type { Users } from "@switchboard/control/users";
import type { WebhookEvents } from "@switchboard/control/webhook-events";
import type { MoveCallInput, StartCallInput } from "@switchboard/routing/input/live-operation";
import type { NewTenantInput } from "@switchboard/routing/input/tenant";
import type { PasswordChange } from "@switchboard/routing/input/user";
import type { SimulationInput } from "@switchboard/routing/input/simulation";
import type { TestCallInput } from "@switchboard/routing/input/test-call";
import type { RuleHits } from "@switchboard/control/rule-hits";
import type { RuleId } from "@switchboard/routing/ids";
import type { InboundFinding, OutboundFinding } from "@switchboard/routing/rule-findings";
import type { Actor } from "./actor.ts";
import type { AttentionFoundList } from "./attention.ts";
import type { User } from "./schemas/auth.ts";
import type { AgentStanding, AgentStatus } from "./schemas/agent-status.ts";
import type {
  CloudonixApplyInput,
  CloudonixOutcome,
  CloudonixPlan,
  CloudonixPlanInput,
  CloudonixStatus,
  CloudonixVerification,
  CloudonixVerifyInput,
  TrunkList,
} from "./schemas/cloudonix.ts";
import type { CallDecision } from "./schemas/call-decision.ts";
import type { CallRecord, CallRecordFilters, CallRecordPage, CallRecordQuery, CallRecordTotal } from "./schemas/call-record.ts";
import type { DownloadTicket } from "./schemas/export.ts";
import type { GroupDistribution, GroupDistributionPage, GroupDistributionQuery } from "./schemas/group-distribution.ts";
import type { LiveSnapshot } from "./schemas/live-call.ts";
import type { LiveEvent } from "./schemas/live-event.ts";
import type { HungUpCall, MovedCall, StartedCall } from "./schemas/live-operation.ts";
import type { Simulation } from "./schemas/simulation.ts";
import type { PlacedTestCall } from "./schemas/test-call.ts";
import type { Webhooks } from "./schemas/tenant.ts";
import type { TenantLoad } from "./schemas/tenant-load.ts";

/** Where a request came from, for the session's record and for throttling. */
export type RequestMeta = { address: string; userAgent: string | null };

/** How near a limit somebody came. */
export type LimitVerdict = {
  isAllowed: boolean;
  limit: number;
  remaining: number;
  /** Milliseconds until all of it is there again, and until the next is allowed. */
  resetMs: number;
  retryMs: number;
};

/** What a sign-in gives; the refresh token is for the cookie alone. */
export type SignedIn = { accessToken: string; expiresInSeconds: number; user: User; refreshToken: string; refreshExpiresAt: Date };

export type LoginOutcome =
  | { kind: "signed_in"; signedIn: SignedIn }
  /** Unknown person, wrong password, disabled: one answer for all three. */
  | { kind: "refused" }
  | { kind: "throttled"; retryMs: number };

export interface AuthDeps {
  login(email: string, password: string, meta: RequestMeta): Promise<LoginOutcome>;
  /** Null: not a token in force. One that was used up before ends its sign-in. */
  refresh(refreshToken: string): Promise<SignedIn | null>;
  /** Ends the sign-in of whoever asks, by session or by refresh token; false when neither is in force. */
  logout(actor: Actor | null, refreshToken: string | null): Promise<boolean>;
  user(actor: Actor): Promise<User | null>;
  /** Aborts within a second of the session's end, whatever ended it; not looked at any more once `stop` has aborted. */
  sessionEnded(actor: Actor, stop: AbortSignal): AbortSignal;
}

/** The first set-up of an empty database. */
export interface SetupDeps {
  needed(): Promise<boolean>;
  isToken(text: string): boolean;
  /** Throws ControlError `conflict` when there is a tenant already. */
  create(input: NewTenantInput): Promise<{ tenant: CreatedTenant; webhooks: Webhooks; signedIn: SignedIn }>;
}

export interface LimitDeps {
  address(address: string): Promise<LimitVerdict>;
  /** By the person and by their tenant: the nearer of the two. */
  person(actor: Actor): Promise<LimitVerdict>;
}

export interface CallRecordReads {
  list(query: CallRecordQuery): Promise<CallRecordPage>;
  get(id: string): Promise<CallRecord | null>;
  total(filters: CallRecordFilters): Promise<CallRecordTotal>;
}

/** What deserves a second look about a rule, as the plan in force sees it; none for a rule that it does not know. */
export interface RuleFindings {
  inbound(id: RuleId): InboundFinding[];
  outbound(id: RuleId): OutboundFinding[];
}

/** Both throw ControlError `not_found`, and `unavailable` while Redis is away. */
export interface AgentStatusAccess {
  get(id: string): Promise<AgentStatus>;
  /** In the order asked for, without those that are not there: this one throws `unavailable` alone. */
  list(ids: readonly string[]): Promise<AgentStanding[]>;
  /** Written to the audit log; answers how the agent stands afterwards. */
  operate(id: string, verb: AgentVerb): Promise<AgentStatus>;
}

/** Both throw ControlError `unavailable` while a store is away. */
export interface GroupDistributionAccess {
  list(query: GroupDistributionQuery): Promise<GroupDistributionPage>;
  /** Throws ControlError `not_found`. */
  get(id: string): Promise<GroupDistribution>;
}

/**
 * The tenant's domain at Cloudonix. Where that fails, `plan`, `apply` and `undo` throw ControlError `rule_broken` or `unavailable`
 * before anything was done; afterwards the step that failed says why.
 */
export interface CloudonixAccess {
  status(): Promise<CloudonixStatus>;
  verify(input: CloudonixVerifyInput): Promise<CloudonixVerification>;
  plan(input: CloudonixPlanInput): Promise<CloudonixPlan>;
  /** Throws ControlError `stale` when anything changed since the plan, `conflict` while somebody else is at it. */
  apply(input: CloudonixApplyInput): Promise<CloudonixOutcome>;
  /** Throws ControlError `conflict` when there is nothing to put back, or while somebody else is at it. */
  undo(): Promise<CloudonixOutcome>;
  trunks(): Promise<TrunkList>;
  /** As they were told last, without waiting; null: never. */
  rememberedTrunks(): TrunkList | null;
}

export interface ExportAccess extends Pick<Exports, "list" | "get" | "cancel"> {
  /** Throws ControlError `conflict` while too many are unfinished, `unavailable` while a store is away. */
  create: Exports["create"];
  /** Good once and for a minute. Throws ControlError `not_found`, `conflict` for one that can't be downloaded. */
  ticket(id: string): Promise<DownloadTicket>;
}

/**
 * Acting on live calls through the platform. All throw ControlError `not_found`, `rule_broken` and `unavailable` in words, and
 * TRPCError `TOO_MANY_REQUESTS` when the platform takes no more for now: the call is then as it was.
 */
export interface LiveOperations {
  hangUp(id: string): Promise<HungUpCall>;
  move(input: MoveCallInput): Promise<MovedCall>;
  start(input: StartCallInput): Promise<StartedCall>;
}

/** What one signed-in person reaches: all of it bound to their tenant, and changes to their name. */
export interface TenantAccess {
  agents: Agents;
  groups: Groups;
  inboundRules: InboundRules;
  outboundRules: OutboundRules;
  ruleFindings: RuleFindings;
  callRecords: CallRecordReads;
  /** Null: there is no such call. Throws ControlError `unavailable`. */
  callDecision(id: string): Promise<CallDecision | null>;
  exports: ExportAccess;
  analytics: Analytics;
  ruleHits(ids: string[]): Promise<RuleHits>;
  settings: TenantAdministration;
  auditLog: AuditLog;
  users: Users;
  /** One's own; other sign-ins end. Throws ControlError `rule_broken`, and TRPCError `TOO_MANY_REQUESTS` after too many wrong ones. */
  changePassword(input: PasswordChange): Promise<void>;
  /** The addresses that Cloudonix calls. */
  webhooksOf(tenantKey: string): Webhooks;
  webhookEvents: WebhookEvents;
  /** Whether a webhook's field of this name holds a party's number. */
  isNumberField: (name: string) => boolean;
  erasures: Erasures;
  outboundPolicy: OutboundPolicies;
  agentStatus: AgentStatusAccess;
  distribution: GroupDistributionAccess;
  attention(): Promise<AttentionFoundList>;
  /** Throws ControlError `unavailable`. */
  load(): Promise<TenantLoad>;
  /** Where a call would go. Throws ControlError `rule_broken` for a draft that saving would refuse. */
  simulate(input: SimulationInput): Promise<Simulation>;
  /**
   * Answers at once; the call is played meanwhile. Throws ControlError `unavailable`, and TRPCError `TOO_MANY_REQUESTS` while as many
   * are played as may be.
   */
  placeTestCall(input: TestCallInput): PlacedTestCall;
  cloudonix: CloudonixAccess;
  liveOperations: LiveOperations;
  liveCalls(): Promise<LiveSnapshot>;
  /**
   * Events after `lastEventId` (null: from now on), in order, without gap or repeat, until `signal` aborts. Throws
   * `ResyncNeeded` when the subscriber read too slowly or the id is older than what is kept.
   */
  liveEvents(lastEventId: string | null, signal: AbortSignal): Promise<AsyncIterable<LiveEvent>>;
}

export interface ApiDeps {
  auth: AuthDeps;
  setup: SetupDeps;
  limits: LimitDeps;
  tenant(actor: Actor): TenantAccess;
}
