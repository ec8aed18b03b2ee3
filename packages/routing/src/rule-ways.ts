/** Where rules lead: each pair of target and fallback once, counted as rules come and go, so that nobody looks at all of them for it. */
import type { Fallback, InboundRuleConfig, RuleTarget } from "./plan-source.ts";

/** `end`: the agent or group that the rule's own fallback names. */
export type RuleWay = { target: RuleTarget; end: RuleTarget | null; rules: number };
export type RuleWays = Map<string, RuleWay>;

export const fallbackTarget = (fallback: Fallback): RuleTarget | null => {
  switch (fallback?.type) {
    case "voice_agent":
      return { type: "voice_agent", id: fallback.targetId };
    case "agent_group":
      return { type: "agent_group", id: fallback.targetId };
    default:
      return null;
  }
};

export const countWay = (ways: RuleWays, { target, fallback }: Pick<InboundRuleConfig, "target" | "fallback">, by: 1 | -1): void => {
  const end = fallbackTarget(fallback);
  const name = `${target.id} ${end?.id ?? ""}`;
  const way = ways.get(name) ?? { target, end, rules: 0 };
  way.rules += by;
  if (way.rules > 0) ways.set(name, way);
  else ways.delete(name);
};
