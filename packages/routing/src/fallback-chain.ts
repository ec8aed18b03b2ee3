/** Where a call may go, link after link: the rule's target, then the fallbacks, then an end that needs nobody. */
import type { ChainLink, EndLink } from "./decision.ts";
import type { TargetId } from "./ids.ts";
import { normaliseNumber } from "./number.ts";
import { groupOfOne, type Plan } from "./plan.ts";
import type { CompiledGroup, Fallback, RuleTarget, TrunkConfig } from "./plan-source.ts";

const deepestFallback = 4;
const numberRingSeconds = 30;
const numberCallSeconds = 14_400;

const builtIn: ChainLink = { kind: "built_in", fallback: null };

export const targetGroup = (plan: Plan, target: RuleTarget): CompiledGroup | null =>
  target.type === "voice_agent" ? groupOfOne(plan, target.id) : (plan.groups.get(target.id) ?? null);

type Dialled = {
  number: string;
  trunks: readonly string[];
  callerId: string | null;
  timeoutSeconds?: number | undefined;
  timeLimitSeconds?: number | undefined;
};

/** One link per trunk, since an answer dials over one; without a trunk named the platform chooses. */
const numberLinks = (dialled: Dialled): EndLink[] => {
  const trunks = dialled.trunks.length > 0 ? dialled.trunks : [null];
  return trunks.map((trunk) => ({
    kind: "number",
    number: dialled.number,
    trunk,
    callerId: dialled.callerId,
    timeoutSeconds: dialled.timeoutSeconds ?? numberRingSeconds,
    timeLimitSeconds: dialled.timeLimitSeconds ?? numberCallSeconds,
  }));
};

type FallbackTarget = Extract<Fallback, { targetId: unknown }>;
type FallbackEnd = Exclude<Fallback, null | FallbackTarget>;

const endLinks = (plan: Plan, fallback: FallbackEnd): ChainLink[] => {
  const linked = (link: EndLink): ChainLink => ({ ...link, fallback });
  switch (fallback.type) {
    case "number": {
      const { value } = normaliseNumber(fallback.number, plan.tenant.country);
      return [...numberLinks({ number: value, trunks: fallback.trunks ?? [], callerId: null }).map(linked), builtIn];
    }
    case "sip":
      return [linked({ kind: "sip", uri: fallback.uri, timeoutSeconds: numberRingSeconds, timeLimitSeconds: numberCallSeconds }), builtIn];
    case "message":
      return [linked({ kind: "message", text: fallback.text, language: fallback.language ?? null })];
    case "reject":
      return [linked({ kind: "reject", rejectAs: fallback.reason })];
    case "hangup":
      return [linked({ kind: "hangup" })];
  }
};

const isTarget = (fallback: NonNullable<Fallback>): fallback is FallbackTarget =>
  fallback.type === "voice_agent" || fallback.type === "agent_group";

const groupOf = (plan: Plan, fallback: FallbackTarget): CompiledGroup | null =>
  fallback.type === "voice_agent"
    ? targetGroup(plan, { type: "voice_agent", id: fallback.targetId })
    : targetGroup(plan, { type: "agent_group", id: fallback.targetId });

/**
 * The links after `target` (null: no rule matched). Each level uses its own fallback, then the tenant's, then the built-in end;
 * targets already visited or gone are skipped, and after four there is only the end.
 */
const fallbackLinks = (plan: Plan, target: CompiledGroup | null, ruleFallback: Fallback): ChainLink[] => {
  const links: ChainLink[] = [];
  const visited = new Set<TargetId>(target ? [target.id] : []);
  const next = (candidates: Fallback[]): { fallback: FallbackTarget; group: CompiledGroup } | FallbackEnd | null => {
    for (const fallback of candidates) {
      if (fallback === null) continue;
      if (!isTarget(fallback)) return fallback;
      const group = groupOf(plan, fallback);
      if (group !== null && !visited.has(group.id)) return { fallback, group };
    }
    return null;
  };
  let candidates: Fallback[] = [ruleFallback, target?.fallback ?? null, plan.tenant.fallback];
  for (let depth = 0; depth < deepestFallback; depth++) {
    const found = next(candidates);
    if (found === null) break;
    if (!("group" in found)) return [...links, ...endLinks(plan, found)];
    visited.add(found.group.id);
    links.push({ kind: "target", group: found.group, fallback: found.fallback });
    candidates = [found.group.fallback, plan.tenant.fallback];
  }
  const last = next(candidates);
  return last !== null && !("group" in last) ? [...links, ...endLinks(plan, last)] : [...links, builtIn];
};

export const inboundChain = (plan: Plan, target: CompiledGroup | null, ruleFallback: Fallback): ChainLink[] => {
  const first: ChainLink[] = target ? [{ kind: "target", group: target, fallback: null }] : [];
  return [...first, ...fallbackLinks(plan, target, ruleFallback)];
};

/** One trunk after the other; a rule without a trunk dials nothing, rather than over whatever trunk the platform would take. */
export const outboundChain = (number: string, trunkConfig: TrunkConfig): ChainLink[] => {
  const { trunks, callerId, timeoutSeconds, timeLimitSeconds } = trunkConfig;
  const links = trunks.length === 0 ? [] : numberLinks({ number, trunks, callerId: callerId ?? null, timeoutSeconds, timeLimitSeconds });
  return [...links.map((link): ChainLink => ({ ...link, fallback: null })), builtIn];
};
