/** Which calls of the board are shown: those in a state, and those in which what was typed is found. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { findProvider } from "@switchboard/routing/provider-catalogue";
import { hasEnded } from "./board.ts";

export const phases = ["routing", "ringing", "connected", "ended"] as const;
export type Phase = (typeof phases)[number];

export type CallFilter = { text: string; phase: Phase | null };

const phaseOf = (call: LiveCall): Phase => {
  if (hasEnded(call)) return "ended";
  return call.state === "connected" || call.state === "ringing" ? call.state : "routing";
};

/** A call's object is replaced when it changes, so what was made of it holds as long as it does. */
const haystacks = new WeakMap<LiveCall, string>();

const haystackOf = (call: LiveCall): string => {
  const known = haystacks.get(call);
  if (known !== undefined) return known;
  const provider = call.agentProvider === null ? null : (findProvider(call.agentProvider)?.label ?? call.agentProvider);
  const texts = [call.from, call.to, call.agentName, provider, call.groupName, call.rulePattern, call.id, call.session];
  const haystack = texts
    .filter((text) => text !== null)
    .join("\n")
    .toLowerCase();
  haystacks.set(call, haystack);
  return haystack;
};

/** `+44 (20) 79` is looked for as `+442079`, since numbers are kept as machines write them. */
const needleOf = (text: string): string => {
  const trimmed = text.trim().toLowerCase();
  return /^\+?[\d\s().-]+$/.test(trimmed) ? trimmed.replaceAll(/[\s().-]/g, "") : trimmed;
};

export const filterCalls = (calls: readonly LiveCall[], { text, phase }: CallFilter): readonly LiveCall[] => {
  const needle = needleOf(text);
  if (needle === "" && phase === null) return calls;
  return calls.filter((call) => (phase === null || phaseOf(call) === phase) && (needle === "" || haystackOf(call).includes(needle)));
};

export const countPhases = (calls: readonly LiveCall[]): Record<Phase, number> => {
  const counts = { routing: 0, ringing: 0, connected: 0, ended: 0 };
  for (const call of calls) counts[phaseOf(call)] += 1;
  return counts;
};
