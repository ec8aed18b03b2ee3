/** A call that nobody makes: routed, decided and rendered as the voice door does it, and then forgotten. */
import { randomUUID } from "node:crypto";
import type { Candidate, Simulation } from "@switchboard/api/schemas/simulation";
import { ControlError } from "@switchboard/control/control-error";
import type { Decision } from "@switchboard/routing/decision";
import { agentId, type CallId, groupId, type TenantId } from "@switchboard/routing/ids";
import { planWithDraft } from "@switchboard/routing/draft-plan";
import type { SimulationInput } from "@switchboard/routing/input/simulation";
import type { Plan } from "@switchboard/routing/plan";
import { reasonText } from "@switchboard/routing/reason-text";
import { routeCall } from "@switchboard/routing/route-call";
import type { Foresee, ForeseenMember } from "../engine/foresee.ts";
import { type Arrived, firstStep } from "../webhook/call-steps.ts";
import { type AnswerRenderer, createAnswerRenderer, type Decided } from "../webhook/render-answer.ts";
import { readText } from "../webhook/text.ts";
import { textLimit } from "../webhook/wire-in.ts";
import { passedOver } from "./passed-over.ts";
import { seenRule } from "./seen-rule.ts";

export type SimulateDeps = {
  planOf: (tenant: TenantId) => Plan | undefined;
  foresee: Foresee;
  callIdOf: (tenant: TenantId, session: string) => CallId;
  publicUrl: string;
  now: () => number;
};

const mask = "•••";
const masked = (secret: string | null): string | null => (secret === null || secret === "" ? secret : mask);

const refused = (path: (string | number)[], message: string): ControlError =>
  new ControlError("rule_broken", message, { issues: [{ path, message }] });

/** As the door would read it, under a session that no call has. */
const arrivalOf = ({ from, to, direction }: SimulationInput, tenant: TenantId, { callIdOf, now }: SimulateDeps): Arrived => {
  const session = `simulated-${randomUUID()}`;
  const called = readText(to, textLimit);
  if (called === null) throw refused(["to"], "Say which number is called.");
  const parties = { from: readText(from, textLimit) ?? "anonymous", to: called, direction };
  return {
    voice: { session, sipCallIds: [], ...parties, domain: null, dialWord: null, fields: {} },
    callId: callIdOf(tenant, session),
    receivedAt: now(),
    test: false,
  };
};

const askedPlan = (live: Plan, { draft }: SimulationInput, { voice, receivedAt }: Arrived): Plan => {
  if (draft === undefined) return live;
  const { plan, issues } = planWithDraft(live, { draft, call: voice, nowMs: receivedAt });
  if (issues.length === 0) return plan;
  const within = issues.map(({ path, message }) => ({ path: ["draft", ...path], message }));
  throw new ControlError("rule_broken", "Saving this draft would be refused.", { issues: within });
};

const outcomeOf = ({ kind, fallback }: Decision): Simulation["outcome"] => {
  if (fallback !== null) return "fallback";
  return kind === "reject" || kind === "hangup" ? "refuse" : "dial";
};

/** What the door would answer, but for the credentials and a signature that opens nothing. */
const documentOf = (render: AnswerRenderer, plan: Plan, arrived: Arrived, decided: Decided): string => {
  const { decision } = decided;
  const agent = decision.kind === "agent" ? plan.agents.get(decision.agentId) : undefined;
  const harmless = agent && { ...agent, username: masked(agent.username), password: masked(agent.password) };
  const agents: Plan["agents"] = new Map(harmless ? [[harmless.id, harmless]] : []);
  const answering = { plan: { ...plan, agents }, callId: arrived.callId, step: 1, from: arrived.voice.from, test: false };
  return render({ ...answering, trail: { tried: [], unknowns: 0, naming: null } }, decided) ?? "";
};

const candidateOf = (plan: Plan, { why, ...member }: ForeseenMember): Candidate => ({
  ...member,
  name: plan.agents.get(member.agentId)?.name ?? "",
  targetName: (plan.groups.get(groupId(member.targetId)) ?? plan.agents.get(agentId(member.targetId)))?.name ?? "",
  available: why === null,
  ...(why === null ? {} : { why }),
});

export type SimulateCall = (tenant: TenantId, input: SimulationInput) => Promise<Simulation>;

/** Throws ControlError `rule_broken` for a draft that saving would refuse, `unavailable` before any plan was read. */
export const createSimulateCall = (deps: SimulateDeps): SimulateCall => {
  const render = createAnswerRenderer({ publicUrl: deps.publicUrl, signer: { sign: () => "simulated" } });
  return async (tenant, input) => {
    const live = deps.planOf(tenant);
    if (live === undefined) throw new ControlError("unavailable", "The configuration is being read. Please try again in a moment.");
    const arrived = arrivalOf(input, tenant, deps);
    const plan = askedPlan(live, input, arrived);
    const { rule } = routeCall(plan, arrived.voice);
    const { decided, members } = await deps.foresee(firstStep(plan, arrived));
    const { decision, degraded } = decided;
    const agent = decision.kind === "agent" ? plan.agents.get(decision.agentId) : undefined;
    const words = reasonText(decision.reason);
    const passed = await passedOver({ live, asked: plan, call: arrived.voice, winner: rule?.id ?? null });
    return {
      outcome: outcomeOf(decision),
      reason: decision.reason,
      reasonText: degraded ? `${words.text} Decided without the live figures, which do not answer (degraded).` : words.text,
      advice: words.advice,
      degraded,
      rule: rule && { ...rule, ...seenRule([plan], rule.id) },
      passedOver: passed.map((each) => ({ ...each, ...seenRule([plan, live], each.ruleId) })),
      fallback: decision.fallback,
      agent: agent === undefined ? null : { id: agent.id, name: agent.name },
      trunk: decision.kind === "number" ? decision.trunk : null,
      cxml: documentOf(render, plan, arrived, decided),
      candidates: members.map((member) => candidateOf(plan, member)),
    };
  };
};
