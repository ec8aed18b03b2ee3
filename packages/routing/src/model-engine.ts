/**
 * Test support: the claim's meaning without Redis, in plain memory, for the table of cases that the model and the real scripts
 * both run. One object is one Redis; time is a parameter everywhere.
 */
import type { ClaimOutcome, ClaimRequest } from "./claim.ts";
import type { Decision } from "./decision.ts";
import { type CallState, type Evidence, isFinal, openEvidence, strongest, timeoutEvidence } from "./evidence.ts";
import { healthPoints } from "./failover.ts";
import { type HealthChange, judgeDial, settleHealth } from "./health.ts";
import type { AgentId, CallId, TenantId } from "./ids.ts";
import type { AgentHealth, CallWas, DialResult, JournalEvent } from "./journal-event.ts";
import { refuseOutbound } from "./model-outbound.ts";
import { chooseInTarget, updateTarget } from "./model-target.ts";
import { agentsOf, type Decided, type ModelCall, type ModelTenant, newCall, newTenant, obtain, wasOf } from "./model-tenant.ts";
import type { CompiledGroup } from "./plan-source.ts";
import { type Picked, walkChain } from "./walk-chain.ts";
import { addToMinutes, minuteOf, totalInWindow } from "./window.ts";

const ringGraceMs = 100_000;
const talkGraceMs = 60_000;

/** Of somebody who is talked to already the platform says no more when the next one answers. */
const dialMs = ({ talked }: ModelCall, { ring, talk }: { ring: number; talk: number }): number =>
  talked && talk > 0 ? (ring + talk) * 1_000 + talkGraceMs : ring * 1_000 + ringGraceMs;

export type AgentFigures = { activeCalls: number; health: AgentHealth; callsInWindow: number };

/** The call has ended, or has gone on without this step: what is decided now holds nobody. */
const isLate = ({ evidence, newestStep }: ModelCall, step: number): boolean =>
  step < newestStep || (isFinal(evidence) && evidence.source > 1);

const isDialling = (decision: Decision): boolean => decision.kind === "agent" || decision.kind === "number" || decision.kind === "sip";

export const createModelEngine = () => {
  const tenants = new Map<TenantId, ModelTenant>();
  const journal: JournalEvent[] = [];
  const tenantOf = (id: TenantId): ModelTenant => obtain(tenants, id, newTenant);

  const noteHealth = (tenantId: TenantId, agentId: AgentId, at: number, changes: (HealthChange | null)[]): void => {
    for (const change of changes) if (change) journal.push({ tenantId, at, type: "agent_health", agentId, ...change });
  };

  const release = (tenant: ModelTenant, callId: CallId, step: number | null): void => {
    tenant.leases = tenant.leases.filter((lease) => lease.callId !== callId || (step !== null && lease.step !== step));
  };

  const timeOut = (tenantId: TenantId, callId: CallId, at: number): void => {
    const tenant = tenantOf(tenantId);
    const was = wasOf(tenant.calls.get(callId));
    const call = obtain(tenant.calls, callId, newCall);
    const wasFinal = isFinal(call.evidence);
    const evidence = timeoutEvidence(at);
    call.evidence = strongest(call.evidence, evidence);
    release(tenant, callId, null);
    tenant.live.delete(callId);
    if (!wasFinal) journal.push({ tenantId, at, type: "timeout", callId, was, step: call.newestStep, evidence });
  };

  const expire = (tenantId: TenantId, nowMs: number): void => {
    const tenant = tenantOf(tenantId);
    for (const { callId, step } of tenant.leases.filter(({ expiresAt }) => expiresAt <= nowMs)) {
      release(tenant, callId, step);
      if ((tenant.calls.get(callId)?.newestStep ?? 0) <= step) timeOut(tenantId, callId, nowMs);
    }
  };

  /** Once per dial, by its result or by the call's end, whichever comes first. */
  const judge = (
    tenantId: TenantId,
    call: ModelCall,
    dial: { agentId: AgentId; step: number; result: DialResult },
    nowMs: number,
  ): void => {
    const points = healthPoints(dial.result);
    if (points === null || call.judged.has(dial.step)) return;
    call.judged.add(dial.step);
    const health = agentsOf(tenantOf(tenantId)).healthOf(dial.agentId);
    noteHealth(tenantId, dial.agentId, nowMs, judgeDial(health, points, nowMs));
  };

  /** Whatever earlier steps hold ends; what a later one holds is no concern of a step that comes late. */
  const endDial = ({ tenantId, callId, step, ended }: ClaimRequest, call: ModelCall, nowMs: number): void => {
    const tenant = tenantOf(tenantId);
    tenant.leases = tenant.leases.filter((lease) => lease.callId !== callId || lease.step >= step);
    if (ended !== null && ended.agentId !== null) judge(tenantId, call, { ...ended, agentId: ended.agentId }, nowMs);
  };

  const endCall = (tenantId: TenantId, callId: CallId, call: ModelCall, end: { state: CallState; nowMs: number }): void => {
    release(tenantOf(tenantId), callId, null);
    const { state, nowMs } = end;
    const isResult = state === "completed" || state === "busy" || state === "no-answer" || state === "failed";
    if (isResult && call.dialled !== null) judge(tenantId, call, { ...call.dialled, result: state }, nowMs);
  };

  /** A word of a call that goes on: its lease reaches to the end of the longest talk; one that ran out is taken again. */
  const keepAlive = (tenantId: TenantId, callId: CallId, call: ModelCall, word: { rank: number; nowMs: number }): void => {
    const tenant = tenantOf(tenantId);
    const { rank, nowMs } = word;
    let deadline = tenant.live.get(callId) ?? 0;
    if (rank === 3 && call.talkSeconds > 0) deadline = nowMs + call.talkSeconds * 1_000 + talkGraceMs;
    else if (deadline < nowMs) deadline = nowMs + call.ringSeconds * 1_000 + ringGraceMs;
    tenant.live.set(callId, deadline);
    const held = tenant.leases.find((lease) => lease.callId === callId);
    if (held !== undefined) held.expiresAt = deadline;
    else if (call.dialled !== null && rank >= 2) {
      tenant.leases.push({ ...call.dialled, callId, expiresAt: deadline });
      const { step, agentId } = call.dialled;
      journal.push({ tenantId, at: nowMs, type: "lease_retaken", callId, step, agentId });
    }
  };

  const pickIn = (request: ClaimRequest, call: ModelCall, group: CompiledGroup, nowMs: number): Picked => {
    const { tenantId, planVersion } = request;
    const tenant = tenantOf(tenantId);
    const agents = agentsOf(tenant);
    const target = updateTarget(tenant.targets.get(group.id), { group, planVersion, agents, nowMs });
    tenant.targets.set(group.id, target);
    for (const { agentId, enabled } of target.group.members) {
      if (enabled) noteHealth(tenantId, agentId, nowMs, [settleHealth(agents.healthOf(agentId), nowMs)]);
    }
    const capacity = tenant.plan?.capacity ?? null;
    const isTenantFull = capacity !== null && tenant.leases.length >= capacity;
    const tried = new Set([...request.tried, ...call.tried]);
    const choice = chooseInTarget(target, { asked: group, tried, isTenantFull, agents, nowMs });
    return choice.kind === "picked" ? { kind: "picked", agentId: choice.member.agentId } : choice;
  };

  const take = (request: ClaimRequest, call: ModelCall, decision: Extract<Decision, { kind: "agent" }>, nowMs: number): void => {
    const tenant = tenantOf(request.tenantId);
    const { agentId, targetId, timeoutSeconds: ring, timeLimitSeconds: talk } = decision;
    const { callId, step } = request;
    addToMinutes(agentsOf(tenant).minutesOf(agentId), minuteOf(nowMs), 1);
    call.tried.push(agentId);
    if (request.facts.direction === "inbound") tenant.outbound.dialled.delete(callId);
    if (isLate(call, step)) return;
    const expiresAt = nowMs + dialMs(call, { ring, talk });
    tenant.leases.push({ agentId, targetId, callId, step, expiresAt });
    call.dialled = { agentId, targetId, step };
    tenant.live.set(callId, expiresAt);
  };

  const settleCall = (request: ClaimRequest, call: ModelCall, decision: Decision, nowMs: number): Evidence | null => {
    const tenant = tenantOf(request.tenantId);
    const isOlder = request.step < call.newestStep;
    if (!isOlder) {
      call.ringSeconds = "timeoutSeconds" in decision ? decision.timeoutSeconds : 0;
      call.talkSeconds = "timeLimitSeconds" in decision ? decision.timeLimitSeconds : 0;
      call.dialled = null;
    }
    if (decision.kind === "agent") {
      take(request, call, decision, nowMs);
      return null;
    }
    if (!isLate(call, request.step))
      tenant.live.set(request.callId, nowMs + dialMs(call, { ring: call.ringSeconds, talk: call.talkSeconds }));
    const evidence = isOlder || isDialling(decision) ? null : request.endedEvidence;
    if (evidence !== null) call.evidence = strongest(call.evidence, evidence);
    if (!isDialling(decision) && isFinal(call.evidence)) tenant.live.delete(request.callId);
    return evidence;
  };

  const decide = (request: ClaimRequest, call: ModelCall, { was, nowMs }: { was: CallWas; nowMs: number }): Decided => {
    const refused = refuseOutbound(request, tenantOf(request.tenantId), nowMs);
    const { decision, targetStartedAt } = refused ?? walkChain(request, nowMs, (group) => pickIn(request, call, group, nowMs));
    const evidence = settleCall(request, call, decision, nowMs);
    call.evidence = strongest(call.evidence, openEvidence("routing"));
    const { tenantId, callId, step, facts, ended, webhook } = request;
    journal.push({ tenantId, at: nowMs, type: "step", callId, was, step, facts, ended, decision, evidence, degraded: false, webhook });
    return { decision, decidedAt: nowMs, targetStartedAt, ruleId: facts.ruleId };
  };

  const claim = (request: ClaimRequest, nowMs: number): ClaimOutcome => {
    const tenant = tenantOf(request.tenantId);
    const before = tenant.calls.get(request.callId)?.steps.get(request.step);
    if (before !== undefined) return { kind: "decided", repeat: true, ...before };
    expire(request.tenantId, nowMs);
    if (tenant.plan === null || request.planVersion > tenant.plan.version) {
      tenant.plan = { version: request.planVersion, capacity: request.tenantCapacity };
    }
    const was = wasOf(tenant.calls.get(request.callId));
    const call = obtain(tenant.calls, request.callId, newCall);
    endDial(request, call, nowMs);
    const decided = decide(request, call, { was, nowMs });
    call.steps.set(request.step, decided);
    call.newestStep = Math.max(call.newestStep, request.step);
    return { kind: "decided", repeat: false, ...decided };
  };

  /** A test call's: made in a copy of the tenant, of which the call alone is kept; it holds nobody. */
  const claimForTest = (request: ClaimRequest, nowMs: number): ClaimOutcome => {
    const { tenantId, callId } = request;
    const real = tenantOf(tenantId);
    tenants.set(tenantId, structuredClone(real));
    const events = journal.length;
    const outcome = claim(request, nowMs);
    const { calls, live } = tenantOf(tenantId);
    tenants.set(tenantId, real);
    // The step's own is the last: what came before it happened in the copy alone.
    journal.push(...journal.splice(events).slice(-1));
    const call = calls.get(callId);
    const deadline = live.get(callId);
    if (call) real.calls.set(callId, { ...call, dialled: null });
    if (deadline === undefined) real.live.delete(callId);
    else real.live.set(callId, deadline);
    return outcome;
  };

  return {
    journal,

    claim: (request: ClaimRequest, nowMs: number): ClaimOutcome =>
      request.facts.test ? claimForTest(request, nowMs) : claim(request, nowMs),

    /** A session update's or CDR's word. The events that it causes are journaled; the report itself, with its webhook, is not the model's. */
    report: (tenantId: TenantId, callId: CallId, evidence: Evidence, nowMs: number): void => {
      const tenant = tenantOf(tenantId);
      const call = obtain(tenant.calls, callId, newCall);
      call.evidence = strongest(call.evidence, evidence);
      if (evidence.rank === 3) call.talked = true;
      if (isFinal(call.evidence) && call.evidence.source > 1) {
        if (isFinal(evidence)) endCall(tenantId, callId, call, { state: evidence.state, nowMs });
        tenant.live.delete(callId);
      } else if (!isFinal(call.evidence) || evidence.rank >= 2) {
        keepAlive(tenantId, callId, call, { rank: evidence.rank, nowMs });
      }
    },

    /** What ran out, of every tenant. */
    sweep: (nowMs: number): void => {
      for (const [tenantId, tenant] of tenants) {
        expire(tenantId, nowMs);
        for (const [callId, deadline] of tenant.live) if (deadline <= nowMs) timeOut(tenantId, callId, nowMs);
      }
    },

    /** Every agent that was ever looked at, the open calls, and the state of all. */
    figures: (tenantId: TenantId, nowMs: number, windowHours = 24) => {
      const tenant = tenantOf(tenantId);
      const view = agentsOf(tenant);
      const agents = new Map<AgentId, AgentFigures>();
      for (const [id, health] of tenant.health) {
        const callsInWindow = totalInWindow(tenant.minutes.get(id), windowHours, nowMs);
        agents.set(id, { activeCalls: view.activeOf(id), health: health.state, callsInWindow });
      }
      return {
        agents,
        leases: tenant.leases.length,
        live: [...tenant.live.keys()],
        states: new Map([...tenant.calls].map(([id, call]) => [id, call.evidence.state])),
      };
    },
  };
};
