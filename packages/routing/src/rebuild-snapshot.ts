/** What SQL remembers of a tenant that Redis must know again after it was wiped: counts, calls, and the steps they were given. */
import type { Decision, Direction } from "./decision.ts";
import type { CallState, Evidence } from "./evidence.ts";
import type { AgentId, CallId, RuleId, TenantId } from "./ids.ts";
import type { Reason } from "./reason.ts";

/** Assignments of one agent in one minute; `minute` is whole minutes since the epoch. */
export type MinuteCount = { agentId: AgentId; minute: number; count: number };

/** A step that was decided, so that its repeat gets the same answer. Times in milliseconds since the epoch. */
export type RebuiltStep = {
  step: number;
  decision: Decision;
  decidedAt: number;
  /** Answered by the local path while Redis was away. */
  degraded: boolean;
  /** The dial's result has come (or the call has ended): this step holds no lease. */
  ended: boolean;
};

/** A call that is open, or ended less than an hour ago. */
export type RebuiltCall = {
  callId: CallId;
  session: string;
  direction: Direction;
  from: string;
  to: string;
  ruleId: RuleId | null;
  receivedAt: number;
  test: boolean;
  state: CallState;
  evidence: Evidence;
  reason: Reason | null;
  answeredAt: number | null;
  /** Ascending. An open call's last step, when it dials an agent and is not ended, holds a lease. */
  steps: RebuiltStep[];
};

export type RebuildSnapshot = {
  tenantId: TenantId;
  /** The last 168 hours, every agent that had a call; test calls count for none. */
  assignments: MinuteCount[];
  calls: RebuiltCall[];
};
