/** Goes along a chain until some link takes the call, and says why the first target did not. Whoever picks agents is handed in. */
import type { ClaimRequest } from "./claim.ts";
import type { Decision, EndLink } from "./decision.ts";
import type { AgentId } from "./ids.ts";
import type { CompiledGroup, Fallback } from "./plan-source.ts";
import type { Reason } from "./reason.ts";

/** What a target says: an agent, or why none. `full`: there is somebody to ask, but no slot. */
export type Picked = { kind: "picked"; agentId: AgentId } | { kind: "none_eligible" } | { kind: "full"; by: "tenant" | "agents" };

export type Walked = {
  decision: Decision;
  /** When the deciding target had its first attempt; null when no target took the call. */
  targetStartedAt: number | null;
};

export type Walk = Pick<ClaimRequest, "chain" | "firstLink" | "progress" | "reason">;

const fewestSecondsLeft = 8;

type Progress = ClaimRequest["progress"];
type Attempt = { kind: "taken"; agentId: AgentId; timeoutSeconds: number } | { kind: "passed"; reason: Reason };

const attemptTarget = (
  group: CompiledGroup,
  { attempts, startedAt }: Progress,
  nowMs: number,
  pick: (group: CompiledGroup) => Picked,
): Attempt => {
  const { ringSeconds, maxAttempts, maxTotalSeconds } = group.settings;
  if (attempts >= maxAttempts) return { kind: "passed", reason: "attempts_exhausted" };
  const secondsLeft = maxTotalSeconds - (attempts > 0 && startedAt !== null ? Math.floor((nowMs - startedAt) / 1_000) : 0);
  if (attempts > 0 && secondsLeft < fewestSecondsLeft) return { kind: "passed", reason: "time_budget" };
  if (group.members.length === 0) return { kind: "passed", reason: "no_members" };
  const picked = pick(group);
  switch (picked.kind) {
    case "picked":
      return { kind: "taken", agentId: picked.agentId, timeoutSeconds: Math.min(ringSeconds, secondsLeft) };
    case "none_eligible":
      return { kind: "passed", reason: attempts > 0 ? "attempts_exhausted" : "none_eligible" };
    case "full":
      return { kind: "passed", reason: picked.by === "tenant" ? "tenant_at_capacity" : "all_at_capacity" };
  }
};

type Ended = { link: number; reason: Reason; fallback: Fallback };

const endDecision = (end: EndLink, base: Ended, areAllFull: boolean): Decision => {
  if (end.kind !== "built_in") return { ...end, ...base };
  return areAllFull ? { ...base, kind: "reject", rejectAs: "busy" } : { ...base, kind: "hangup" };
};

const isFull = (reason: Reason): boolean => reason === "all_at_capacity" || reason === "tenant_at_capacity";

/** Every chain ends with a link that needs nobody; one that does not is hung up at its end. */
export const walkChain = (walk: Walk, nowMs: number, pick: (group: CompiledGroup) => Picked): Walked => {
  const known = walk.reason === "matched" ? null : walk.reason;
  const passed: Reason[] = [];
  for (const [index, link] of walk.chain.entries()) {
    const base: Ended = { link: walk.firstLink + index, reason: known ?? passed[0] ?? "matched", fallback: link.fallback };
    if (link.kind !== "target") {
      return { decision: endDecision(link, base, passed.length > 0 && passed.every(isFull)), targetStartedAt: null };
    }
    const progress = index === 0 ? walk.progress : { attempts: 0, startedAt: null };
    const attempt = attemptTarget(link.group, progress, nowMs, pick);
    if (attempt.kind === "passed") {
      passed.push(attempt.reason);
      continue;
    }
    const { agentId, timeoutSeconds } = attempt;
    const timeLimitSeconds = link.group.settings.maxCallSeconds;
    const targetId = link.group.id;
    return {
      decision: { ...base, kind: "agent", targetId, agentId, attempt: progress.attempts + 1, timeoutSeconds, timeLimitSeconds },
      targetStartedAt: progress.attempts > 0 ? (progress.startedAt ?? nowMs) : nowMs,
    };
  }
  const base: Ended = { link: walk.firstLink + walk.chain.length, reason: known ?? passed[0] ?? "matched", fallback: null };
  return { decision: endDecision({ kind: "built_in" }, base, passed.length > 0 && passed.every(isFull)), targetStartedAt: null };
};
