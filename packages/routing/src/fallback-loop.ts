/** Whether fallbacks lead back to a target that had the call already: found on save, before any call goes in a circle. */
import type { TargetId } from "./ids.ts";

/** Which target each group falls back to, where it names one; an agent has no fallback of its own. */
export type FallbackEdges = ReadonlyMap<TargetId, TargetId>;

/**
 * The chain from `start` over `first` back to `start`, both ends included; null when it leads elsewhere. A fallback that is
 * inherited is no edge: a tenant's fallback is skipped where it had the call.
 */
export const loopThrough = (start: TargetId, first: TargetId | null, edges: FallbackEdges): TargetId[] | null => {
  const chain = [start];
  const seen = new Set<TargetId>();
  for (let next = first; next !== null && !seen.has(next); next = edges.get(next) ?? null) {
    chain.push(next);
    if (next === start) return chain;
    seen.add(next);
  }
  return null;
};

/** Every target whose chain of fallbacks comes to `end`, itself included. */
export const leadingTo = (end: TargetId, edges: FallbackEdges): Set<TargetId> => {
  const sources = Map.groupBy(edges, ([, to]) => to);
  const found = new Set([end]);
  for (const target of found) for (const [source] of sources.get(target) ?? []) found.add(source);
  return found;
};

/** Every target that a chain comes to from `first` on. */
export const reachedFrom = (first: TargetId | null, edges: FallbackEdges): Set<TargetId> => {
  const found = new Set<TargetId>();
  for (let next = first; next !== null && !found.has(next); next = edges.get(next) ?? null) found.add(next);
  return found;
};
