/** What the scripts answer, in words: their return codes and shapes are known here alone. */
import type { ClaimOutcome, ClaimRequest } from "@switchboard/routing/claim";
import type { Decision } from "@switchboard/routing/decision";
import { type AgentId, agentId, type TargetId } from "@switchboard/routing/ids";
import type { AgentHealth, CallFacts } from "@switchboard/routing/journal-event";
import type { MemberStanding, TenantLoad } from "@switchboard/routing/member-standing";

export type ClaimReply =
  | { kind: "no_epoch" }
  | { kind: "needs_configuration" }
  | {
      kind: "decided";
      outcome: Extract<ClaimOutcome, { kind: "decided" }>;
      /** Redis knows a newer configuration than the request does. */
      older: boolean;
    };

function unexpected(script: string, reply: unknown): Error {
  return new Error(`Redis script ${script} answered ${JSON.stringify(reply)}`);
}

type Asked = { request: Pick<ClaimRequest, "facts" | "progress"> };

function repeatReply(reply: unknown[], older: boolean): ClaimReply {
  const [text, decidedAt, startedAt, facts] = reply;
  if (typeof text !== "string" || typeof facts !== "string") throw unexpected("claim", reply);
  const decision: Decision = JSON.parse(text);
  const { ruleId }: Pick<CallFacts, "ruleId"> = JSON.parse(facts);
  const targetStartedAt = Number(startedAt) > 0 ? Number(startedAt) : null;
  const outcome = { kind: "decided", decision, repeat: true, decidedAt: Number(decidedAt), targetStartedAt, ruleId } as const;
  return { kind: "decided", outcome, older };
}

/** Of each claim asked, in their order. */
export function claimReplies(reply: unknown, asked: readonly Asked[]): ClaimReply[] {
  if (!Array.isArray(reply)) throw unexpected("claim", reply);
  const [now, isOlder, ...each] = reply;
  if (reply.length === 0) return asked.map(() => ({ kind: "no_epoch" }));
  if (typeof now !== "number" || each.length !== asked.length) throw unexpected("claim", reply);
  const older = isOlder === 1;
  return asked.map(({ request: { facts, progress } }, index): ClaimReply => {
    const one: unknown = each[index];
    if (one === 2) return { kind: "needs_configuration" };
    if (Array.isArray(one)) return repeatReply(one, older);
    if (typeof one !== "string") throw unexpected("claim", reply);
    const decision: Decision = JSON.parse(one);
    const isLater = decision.kind === "agent" && decision.attempt > 1;
    const targetStartedAt = decision.kind !== "agent" ? null : isLater ? (progress.startedAt ?? now) : now;
    const outcome = { kind: "decided", decision, repeat: false, decidedAt: now, targetStartedAt, ruleId: facts.ruleId } as const;
    return { kind: "decided", outcome, older };
  });
}

function byCode<K extends string>(script: string, kinds: readonly K[], reply: unknown): K {
  const kind = typeof reply === "number" ? kinds[reply] : undefined;
  if (kind === undefined) throw unexpected(script, reply);
  return kind;
}

export type AdvanceKind = "no_epoch" | "applied" | "created" | "shed";
export const advanceReply = (reply: unknown): AdvanceKind => byCode("advance", ["no_epoch", "applied", "created", "shed"], reply);

export const reserveReply = (reply: unknown) => byCode("reserve-outbound", ["no_epoch", "taken", "refused"], reply);

export function reconcileReply(reply: unknown): { kind: "stale_fence" | "done" | "too_soon" | "no_epoch"; givenUp: number } {
  if (!Array.isArray(reply)) throw unexpected("reconcile", reply);
  return { kind: byCode("reconcile", ["stale_fence", "done", "too_soon", "no_epoch"], reply[0]), givenUp: Number(reply[1]) };
}

export type AdoptKind = "no_epoch" | "adopted" | "repeat";
export const adoptReply = (reply: unknown): AdoptKind => byCode("supersede", ["no_epoch", "adopted", "repeat"], reply);

export type RebuildKind = "stale_fence" | "done";
export const rebuildReply = (reply: unknown): RebuildKind => byCode("rebuild", ["stale_fence", "done"], reply);

export type SweepReply = { kind: "stale_fence" | "done" | "more" | "no_epoch"; removed: number };
export function sweepReply(reply: unknown): SweepReply {
  if (!Array.isArray(reply)) throw unexpected("sweep", reply);
  return { kind: byCode("sweep", ["stale_fence", "done", "more", "no_epoch"], reply[0]), removed: Number(reply[1]) };
}

const healths: readonly AgentHealth[] = ["healthy", "ejected", "probing", "ramping"];

function healthOf(script: string, name: unknown): AgentHealth {
  const health = healths.find((each) => each === name);
  if (!health) throw unexpected(script, name);
  return health;
}

export type SimulatedClaim = {
  decision: Decision;
  decidedAt: number;
  targetStartedAt: number | null;
  tenant: TenantLoad;
  /** Those that were asked, in the order of the chain. */
  targets: { targetId: string; members: MemberStanding[] }[];
};

const noCap = 0xffffffff;
const capOf = (cap: unknown): number | null => (Number(cap) === noCap ? null : Number(cap));

function standingOf(row: unknown): MemberStanding {
  if (!Array.isArray(row)) throw unexpected("simulate", row);
  const [id, agentCap, memberCap, enabled, active, memberActive, health, since, until, calls, credit] = row;
  return {
    agentId: agentId(String(id)),
    agentCapacity: capOf(agentCap),
    memberCapacity: capOf(memberCap),
    enabled: enabled === 1,
    agentActive: Number(active),
    memberActive: Number(memberActive),
    health: healthOf("simulate", health),
    since: Number(since),
    ejectedUntil: Number(until),
    callsInWindow: Number(calls),
    startCredit: Number(credit),
  };
}

/** Null: the figures are being rebuilt. */
export function simulateReply(reply: unknown, request: Asked["request"]): SimulatedClaim | null {
  if (!Array.isArray(reply)) throw unexpected("simulate", reply);
  const [claimed, cap, active, targets] = reply;
  const [one] = claimReplies(claimed, [{ request }]);
  if (one?.kind === "no_epoch") return null;
  if (one?.kind !== "decided" || !Array.isArray(targets)) throw unexpected("simulate", reply);
  const { decision, targetStartedAt, decidedAt } = one.outcome;
  return {
    decision,
    targetStartedAt,
    decidedAt,
    tenant: { capacity: capOf(cap), active: Number(active) },
    targets: targets.map(([id, members]) => ({ targetId: String(id), members: members.map(standingOf) })),
  };
}

export type AgentFigure = {
  health: AgentHealth;
  /** Ejected at (kept while probing), ramping since, or healthy since; milliseconds, 0 where it never changed. */
  since: number;
  /** Milliseconds; in the past when the agent is not ejected. */
  ejectedUntil: number;
  activeCalls: number;
  /** Assignments in each window length in use, by hours. */
  callsInWindow: Record<number, number>;
  lastAssignedAt: number | null;
  /** Why its health is what it is, and since when (milliseconds); null where it never changed. */
  healthChange: { cause: string; at: number } | null;
};

function healthChangeOf(text: unknown): AgentFigure["healthChange"] {
  const [, at, cause = ""] = /^(\d+) (.*)$/.exec(String(text)) ?? [];
  return at === undefined ? null : { cause, at: Number(at) };
}

export function agentFigureReply(reply: unknown): AgentFigure {
  if (!Array.isArray(reply)) throw unexpected("agent-figures", reply);
  const health = healthOf("agent-figures", reply[1]);
  const callsInWindow: Record<number, number> = {};
  for (const index of [0, 1, 2]) {
    const hours = Number(reply[3 + index]);
    if (hours > 0) callsInWindow[hours] = Number(reply[6 + index]);
  }
  return {
    health,
    since: Number(reply[11]),
    ejectedUntil: Number(reply[2]),
    activeCalls: Number(reply[0]),
    callsInWindow,
    lastAssignedAt: Number(reply[9]) > 0 ? Number(reply[9]) : null,
    healthChange: healthChangeOf(reply[10]),
  };
}

export type TargetFigures = {
  /** Leases of the whole tenant. */
  tenantActive: number;
  agents: Map<AgentId, AgentFigure>;
  /** Calls on the line through each target, of agents that have any. */
  activeThrough: Map<TargetId, Map<AgentId, number>>;
};

/** A flat list of agents and numbers. */
function activeOf(row: unknown): Map<AgentId, number> {
  if (!Array.isArray(row)) throw unexpected("figures", row);
  return new Map(
    row.flatMap((each, index): [AgentId, number][] => (index % 2 === 0 ? [[agentId(String(each)), Number(row[index + 1])]] : [])),
  );
}

export function targetFiguresReply(reply: unknown, agentIds: readonly AgentId[], targetIds: readonly TargetId[]): TargetFigures {
  if (!Array.isArray(reply) || !Array.isArray(reply[1]) || !Array.isArray(reply[2])) throw unexpected("target-figures", reply);
  const figures: unknown[] = reply[1];
  const targets: unknown[] = reply[2];
  return {
    tenantActive: Number(reply[0]),
    agents: new Map(agentIds.map((id, index) => [id, agentFigureReply(figures[index])])),
    activeThrough: new Map(targetIds.map((id, index) => [id, activeOf(targets[index])])),
  };
}

export type UnwellAgent = {
  agentId: AgentId;
  health: "ejected" | "probing";
  /** When it was ejected; milliseconds. */
  since: number;
  ejectedUntil: number;
  cause: string;
};

export type AttentionFigures = {
  /** Leases of the whole tenant, and of each agent that has any. */
  tenantActive: number;
  active: Map<AgentId, number>;
  unwell: UnwellAgent[];
  /** When the health of any agent changed last; null: never. */
  lastChangeAt: number | null;
};

function unwellOf(row: unknown): UnwellAgent {
  if (!Array.isArray(row)) throw unexpected("attention-figures", row);
  const health = row[1] === "ejected" || row[1] === "probing" ? row[1] : null;
  if (health === null) throw unexpected("attention-figures", row);
  const { cause } = healthChangeOf(row[4]) ?? { cause: "" };
  return { agentId: agentId(String(row[0])), health, since: Number(row[2]), ejectedUntil: Number(row[3]), cause };
}

export function attentionFiguresReply(reply: unknown): AttentionFigures {
  if (!Array.isArray(reply) || !Array.isArray(reply[2])) throw unexpected("attention-figures", reply);
  const [tenantActive, active, unwell, last] = reply;
  return {
    tenantActive: Number(tenantActive),
    active: activeOf(active),
    unwell: unwell.map(unwellOf),
    lastChangeAt: Number(last) > 0 ? Number(last) : null,
  };
}

export function rateLimitReply(reply: unknown): { isAllowed: boolean; aheadMs: number; retryMs: number } {
  if (!Array.isArray(reply)) throw unexpected("rate-limit", reply);
  return { isAllowed: reply[0] === 1, aheadMs: Number(reply[1]), retryMs: Number(reply[2]) };
}

export function windowLimitReply(reply: unknown): { isAllowed: boolean; retryMs: number } {
  if (!Array.isArray(reply)) throw unexpected("window-limit", reply);
  return { isAllowed: reply[0] === 1, retryMs: Number(reply[1]) };
}

/** Milliseconds to wait. */
export function loginPauseReply(reply: unknown): number {
  if (typeof reply !== "number") throw unexpected("login-pause", reply);
  return reply;
}

/** Null: the figures are being rebuilt. */
export function operateAgentReply(reply: unknown): { before: AgentHealth; after: AgentHealth } | null {
  if (!Array.isArray(reply)) throw unexpected("operate-agent", reply);
  const [code, before, after] = reply;
  if (code === 0) return null;
  return { before: healthOf("operate-agent", before), after: healthOf("operate-agent", after) };
}
