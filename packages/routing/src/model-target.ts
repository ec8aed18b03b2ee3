/** Test support: what the model engine remembers of one target and its members between claims. */
import { type Choice, chooseMember, type Standing, tierOf } from "./choose.ts";
import { effectiveWeight, type Health } from "./health.ts";
import type { AgentId } from "./ids.ts";
import type { CompiledGroup, CompiledMember } from "./plan-source.ts";
import { effectivePass, newRotation, type Rotation, recordPick, startMember } from "./rotation.ts";
import { addToMinutes, levelCredit, type Minutes, totalInWindow } from "./window.ts";

export type ModelTarget = { group: CompiledGroup; planVersion: number; rotation: Rotation; credits: Map<AgentId, Minutes> };

/** What a target needs to know of agents, whichever target their calls came through. */
export type AgentsView = {
  minutesOf: (agentId: AgentId) => Minutes;
  healthOf: (agentId: AgentId) => Health;
  activeOf: (agentId: AgentId) => number;
  activeThrough: (agentId: AgentId, target: CompiledGroup["id"]) => number;
};

const joined = (a: Minutes, b: Minutes | undefined): Minutes => {
  const sum: Minutes = new Map(a);
  for (const [minute, count] of b ?? []) addToMinutes(sum, minute, count);
  return sum;
};

/** The least loaded per weight of the members that were enabled before and still are. */
const leastLoaded = (target: ModelTarget, stayed: CompiledMember[], agents: AgentsView, nowMs: number) => {
  const { windowHours } = target.group.settings;
  let least: { minutes: Minutes; total: number; weight: number } | null = null;
  for (const { agentId, weight } of stayed) {
    const minutes = joined(agents.minutesOf(agentId), target.credits.get(agentId));
    const total = totalInWindow(minutes, windowHours, nowMs);
    if (least === null || total * least.weight < least.total * weight) least = { minutes, total, weight };
  }
  return least;
};

const creditNewcomers = (target: ModelTarget, before: CompiledGroup, agents: AgentsView, nowMs: number): void => {
  const { strategy, settings, members } = target.group;
  const wasEnabled = new Set(before.members.filter(({ enabled }) => enabled).map(({ agentId }) => agentId));
  const stayed = members.filter(({ agentId, enabled }) => enabled && wasEnabled.has(agentId));
  for (const agentId of target.credits.keys()) if (!wasEnabled.has(agentId)) target.credits.delete(agentId);
  if (strategy !== "load_balanced" || settings.newMemberStart !== "level") return;
  const least = leastLoaded(target, stayed, agents, nowMs);
  if (least === null) return;
  for (const { agentId, weight, enabled } of members) {
    if (!enabled || wasEnabled.has(agentId)) continue;
    const level = {
      least: least.minutes,
      leastWeight: least.weight,
      own: agents.minutesOf(agentId),
      ownWeight: weight,
      windowHours: settings.windowHours,
    };
    target.credits.set(agentId, levelCredit(level, nowMs));
  }
};

export type TargetUpdate = { group: CompiledGroup; planVersion: number; agents: AgentsView; nowMs: number };

/** First sight, or a newer configuration in the old one's place; members keep what they have gathered. */
export const updateTarget = (known: ModelTarget | undefined, update: TargetUpdate): ModelTarget => {
  const { group, planVersion, agents, nowMs } = update;
  if (known !== undefined && (planVersion <= known.planVersion || known.group === group)) return known;
  const target: ModelTarget = { group, planVersion, rotation: known?.rotation ?? newRotation(), credits: known?.credits ?? new Map() };
  const listed = new Set<string>(group.members.map(({ agentId }) => agentId));
  for (const id of target.rotation.passes.keys()) if (!listed.has(id)) target.rotation.passes.delete(id);
  for (const member of group.members) startMember(target.rotation, member.agentId, tierOf(group.strategy, member), member.weight);
  if (known !== undefined) creditNewcomers(target, known.group, agents, nowMs);
  return target;
};

/** A claim that knows an older configuration chooses among what both know. */
const knownToBoth = (stored: CompiledGroup, asked: CompiledGroup): CompiledGroup => {
  if (stored === asked) return stored;
  const enabledThere = new Set(asked.members.filter(({ enabled }) => enabled).map(({ agentId }) => agentId));
  return {
    ...stored,
    members: stored.members.map((member) => ({ ...member, enabled: member.enabled && enabledThere.has(member.agentId) })),
  };
};

export type TargetClaim = { asked: CompiledGroup; tried: ReadonlySet<AgentId>; isTenantFull: boolean; agents: AgentsView; nowMs: number };

/** Chooses, and moves the pick's pass and the tier's virtual time. */
export const chooseInTarget = (target: ModelTarget, { asked, tried, isTenantFull, agents, nowMs }: TargetClaim): Choice => {
  const group = knownToBoth(target.group, asked);
  const standingOf = (member: CompiledMember): Standing => {
    const health = agents.healthOf(member.agentId);
    const calls = joined(agents.minutesOf(member.agentId), target.credits.get(member.agentId));
    return {
      agentActive: agents.activeOf(member.agentId),
      memberActive: agents.activeThrough(member.agentId, group.id),
      health: health.state,
      ejectedAt: health.since,
      weight: effectiveWeight(member.weight, health, nowMs),
      callsInWindow: totalInWindow(calls, group.settings.windowHours, nowMs),
      effectivePass: effectivePass(target.rotation, member.agentId, tierOf(group.strategy, member)),
    };
  };
  const choice = chooseMember({ group, standingOf, tried, isTenantFull });
  if (choice.kind === "picked") recordPick(target.rotation, { ...choice, id: choice.member.agentId });
  return choice;
};
