/** What the scripts answer, in words: their return codes and shapes are known here alone. */
import type { Decision } from "@switchboard/routing/decision";
import type { AgentHealth } from "@switchboard/routing/journal-event";

export type ClaimReply =
  | { kind: "no_epoch" }
  | { kind: "needs_configuration" }
  | { kind: "decided"; decision: Decision; repeat: boolean; decidedAt: number; targetStartedAt: number | null; older: boolean };

function unexpected(script: string, reply: unknown): Error {
  return new Error(`Redis script ${script} answered ${JSON.stringify(reply)}`);
}

export function claimReply(reply: unknown): ClaimReply {
  if (!Array.isArray(reply)) throw unexpected("claim", reply);
  const [code, text, repeat, decidedAt, startedAt, older] = reply;
  if (code === 0) return { kind: "no_epoch" };
  if (code === 2) return { kind: "needs_configuration" };
  if (code !== 1 || typeof text !== "string") throw unexpected("claim", reply);
  const decision: Decision = JSON.parse(text);
  const targetStartedAt = Number(startedAt) > 0 ? Number(startedAt) : null;
  return { kind: "decided", decision, repeat: repeat === 1, decidedAt: Number(decidedAt), targetStartedAt, older: older === 1 };
}

function byCode<K extends string>(script: string, kinds: readonly K[], reply: unknown): K {
  const kind = typeof reply === "number" ? kinds[reply] : undefined;
  if (kind === undefined) throw unexpected(script, reply);
  return kind;
}

export type AdvanceKind = "no_epoch" | "applied" | "created" | "shed";
export const advanceReply = (reply: unknown): AdvanceKind => byCode("advance", ["no_epoch", "applied", "created", "shed"], reply);

export type AdoptKind = "no_epoch" | "adopted" | "repeat";
export const adoptReply = (reply: unknown): AdoptKind => byCode("supersede", ["no_epoch", "adopted", "repeat"], reply);

export type RebuildKind = "stale_fence" | "done";
export const rebuildReply = (reply: unknown): RebuildKind => byCode("rebuild", ["stale_fence", "done"], reply);

export type SweepReply = { kind: "stale_fence" | "done" | "more" | "no_epoch"; removed: number };
export function sweepReply(reply: unknown): SweepReply {
  if (!Array.isArray(reply)) throw unexpected("sweep", reply);
  return { kind: byCode("sweep", ["stale_fence", "done", "more", "no_epoch"], reply[0]), removed: Number(reply[1]) };
}

export type AgentFigure = {
  health: AgentHealth;
  /** Milliseconds; in the past when the agent is not ejected. */
  ejectedUntil: number;
  activeCalls: number;
  /** Assignments in each window length in use, by hours. */
  callsInWindow: Record<number, number>;
  lastAssignedAt: number | null;
};

const healths: readonly AgentHealth[] = ["healthy", "ejected", "probing", "ramping"];

export function agentFigureReply(reply: unknown): AgentFigure {
  if (!Array.isArray(reply)) throw unexpected("agent-figures", reply);
  const health = healths.find((name) => name === reply[1]);
  if (!health) throw unexpected("agent-figures", reply);
  const callsInWindow: Record<number, number> = {};
  for (const index of [0, 1, 2]) {
    const hours = Number(reply[3 + index]);
    if (hours > 0) callsInWindow[hours] = Number(reply[6 + index]);
  }
  return {
    health,
    ejectedUntil: Number(reply[2]),
    activeCalls: Number(reply[0]),
    callsInWindow,
    lastAssignedAt: Number(reply[9]) > 0 ? Number(reply[9]) : null,
  };
}
