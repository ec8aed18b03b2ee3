/** The call that is simulated, and what of the configuration is not saved yet. */
import type { Simulation, SimulationAsked } from "../api/answers.ts";

export type Direction = "inbound" | "outbound";
export type SimulatedCall = { from: string; to: string };

/** `unreadable`: something was changed that can't be saved as it stands. */
export type UnsavedChange = null | { kind: "unreadable" } | { kind: "ready"; draft: NonNullable<SimulationAsked["draft"]> };

/** What a new rule goes by until it is saved. */
export const newRuleId = "unsaved";

export type MetRule = Pick<
  Simulation["passedOver"][number],
  "called" | "caller" | "priority" | "enabled" | "place" | "target" | "trunks"
> & {
  id: string;
  /** Null: it took the call. */
  why: string | null;
};

/** The rules that a call met, in the order in which it tried them. */
export const ladderOf = ({ rule, passedOver }: Simulation): MetRule[] => {
  const rungs: MetRule[] = passedOver.map(({ ruleId, ...rest }) => ({ ...rest, id: ruleId }));
  if (rule !== null) rungs.push({ ...rule, why: null });
  return rungs.sort((a, b) => (a.place === b.place ? (a.id < b.id ? -1 : 1) : a.place < b.place ? -1 : 1));
};
