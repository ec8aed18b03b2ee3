/** Where an operator sends a call, past the rules: to an agent, to a group, or to a number by the outbound rules. */
import type { Route } from "./decision.ts";
import { inboundChain, targetGroup } from "./fallback-chain.ts";
import { type AgentId, agentId, type GroupId, groupId } from "./ids.ts";
import type { Plan } from "./plan.ts";
import { routeCall } from "./route-call.ts";

export type NamedPlace =
  | { type: "voice_agent"; id: AgentId }
  | { type: "agent_group"; id: GroupId }
  /** Nobody dials out past the outbound rules and the deny list. */
  | { type: "number"; number: string };

/** Why a call goes where it goes: it was moved there, or begun for it. */
export type Naming = { how: "moved" | "started"; place: NamedPlace };

/** `from`: whose number calls out, for a place that is a number. */
export const routeToPlace = (plan: Plan, place: NamedPlace, from: string): Route => {
  if (place.type === "number") return routeCall(plan, { from, to: place.number, direction: "outbound" });
  const target = targetGroup(plan, place);
  const reason = target === null ? "no_members" : "matched";
  return { direction: "inbound", rule: null, reason, chain: inboundChain(plan, target, null) };
};

const letters = { moved: "m", started: "s" } as const;

/** For a signed URL: short, and read back by `readNaming`. */
export const namingText = ({ how, place }: Naming): string => letters[how] + (place.type === "number" ? place.number : place.id);

const placeOf = (text: string): NamedPlace =>
  text.startsWith("agt_")
    ? { type: "voice_agent", id: agentId(text) }
    : text.startsWith("grp_")
      ? { type: "agent_group", id: groupId(text) }
      : { type: "number", number: text };

/** What `namingText` wrote. */
export const readNaming = (text: string): Naming => ({ how: text.startsWith("s") ? "started" : "moved", place: placeOf(text.slice(1)) });
