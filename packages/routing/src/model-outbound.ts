/** Test support: what the model engine remembers of outbound calls, so that their caps mean the same as in the claim's script. */
import type { ClaimRequest } from "./claim.ts";
import type { Decision } from "./decision.ts";
import type { CallId } from "./ids.ts";
import type { Walked } from "./walk-chain.ts";

export type ModelOutbound = {
  /** Dialled at some time; those on the line are among the live calls. */
  dialled: Set<CallId>;
  /** When each was let through while a limit per minute held. */
  recent: number[];
};

export const newOutbound = (): ModelOutbound => ({ dialled: new Set(), recent: [] });

const isReached = (cap: number | null, count: number): boolean => cap !== null && count >= cap;

/** A first step that would be one outbound call too many; null for any other, which is counted. */
export const refuseOutbound = (
  request: ClaimRequest,
  { outbound, live }: { outbound: ModelOutbound; live: ReadonlyMap<CallId, number> },
  nowMs: number,
): Walked | null => {
  const { outboundCaps: caps, callId, step, firstLink: link, chain } = request;
  if (!caps || (step !== 1 && !request.goesOut) || chain[0]?.kind !== "number") return null;
  const refused: Decision = { kind: "reject", rejectAs: "busy", link, reason: "outbound_limit", fallback: null };
  const others = [...outbound.dialled].filter((id) => id !== callId && (live.get(id) ?? 0) > nowMs);
  if (isReached(caps.maxConcurrent, others.length)) return { decision: refused, targetStartedAt: null };
  outbound.recent = outbound.recent.filter((at) => at > nowMs - 60_000);
  if (isReached(caps.maxPerMinute, outbound.recent.length)) return { decision: refused, targetStartedAt: null };
  if (caps.maxPerMinute !== null) outbound.recent.push(nowMs);
  outbound.dialled.add(callId);
  return null;
};
