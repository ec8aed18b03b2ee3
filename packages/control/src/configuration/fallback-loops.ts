/** Refuses a fallback that would send calls in a circle, whichever save closes it: the rule's or the group's. */
import { type FallbackEdges, leadingTo, loopThrough, reachedFrom } from "@switchboard/routing/fallback-loop";
import { agentId, type GroupId, groupId, type TargetId } from "@switchboard/routing/ids";
import type { Fallback } from "@switchboard/routing/plan-source";
import type { Change } from "./change.ts";
import { ControlError } from "../control-error.ts";

const targetOf = (fallback: Fallback): TargetId | null =>
  fallback?.type === "voice_agent" || fallback?.type === "agent_group" ? fallback.targetId : null;

/** Throws ControlError `rule_broken` when the rule's own fallback leads back to the rule's target. */
export async function refuseRuleLoop(change: Change, target: TargetId, fallback: Fallback): Promise<void> {
  const first = targetOf(fallback);
  if (first === null) return;
  const chain = loopThrough(target, first, await loadEdges(change));
  if (chain !== null) throw await loop(change, "This fallback leads back to the rule’s own target", chain);
}

/** Throws ControlError `rule_broken` when the group's fallback leads back to the group, or a rule's target back to itself through it. */
export async function refuseGroupLoop(change: Change, id: GroupId, fallback: Fallback): Promise<void> {
  const first = targetOf(fallback);
  if (first === null) return;
  const edges = new Map([...(await loadEdges(change)), [id, first]]);
  const chain = loopThrough(id, first, edges);
  if (chain !== null) throw await loop(change, "This fallback leads back to the group itself", chain);
  await refuseLoopOfRules(change, id, edges);
}

/** Only rules whose fallback comes to the group, and whose target comes after it, can be closed by it: looked up, not scanned. */
async function refuseLoopOfRules(change: Change, id: GroupId, edges: FallbackEdges): Promise<void> {
  const { tx, tenantId } = change;
  const before = [...leadingTo(id, edges)];
  const after = [...reachedFrom(edges.get(id) ?? null, edges)];
  const rule = await tx.inboundRule.findFirst({
    where: { tenantId, fallbackGroupId: { in: before }, OR: [{ groupId: { in: after } }, { agentId: { in: after } }] },
    select: { pattern: true, agentId: true, groupId: true, fallbackGroupId: true },
  });
  const target = rule?.groupId ?? rule?.agentId ?? null;
  const first = rule?.fallbackGroupId ?? null;
  if (rule === null || target === null || first === null) return;
  const start = rule.groupId === null ? agentId(target) : groupId(target);
  const chain = loopThrough(start, groupId(first), edges);
  if (chain !== null) throw await loop(change, `With this fallback the rule “${rule.pattern}” leads back to its own target`, chain);
}

async function loadEdges({ tx, tenantId }: Change): Promise<Map<TargetId, TargetId>> {
  const groups = await tx.agentGroup.findMany({
    where: { tenantId, OR: [{ fallbackGroupId: { not: null } }, { fallbackAgentId: { not: null } }] },
    select: { id: true, fallbackGroupId: true, fallbackAgentId: true },
  });
  const edges = new Map<TargetId, TargetId>();
  for (const { id, fallbackGroupId, fallbackAgentId } of groups) {
    if (fallbackGroupId !== null) edges.set(groupId(id), groupId(fallbackGroupId));
    else if (fallbackAgentId !== null) edges.set(groupId(id), agentId(fallbackAgentId));
  }
  return edges;
}

async function loop({ tx, tenantId }: Change, words: string, chain: TargetId[]): Promise<ControlError> {
  const find = { where: { tenantId, id: { in: chain } }, select: { id: true, name: true } } as const;
  const targets = [...(await tx.agentGroup.findMany(find)), ...(await tx.voiceAgent.findMany(find))];
  const names = new Map(targets.map(({ id, name }) => [id, name]));
  const message = `${words}: ${chain.map((id) => `“${names.get(id) ?? id}”`).join(" → ")}.`;
  return new ControlError("rule_broken", message, { issues: [{ path: ["fallback"], message }] });
}
