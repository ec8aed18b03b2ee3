/** The calls on the screen: a snapshot, and the events folded into it. Any repetition of the same events ends the same. */
import type { LiveCall, Standing } from "@switchboard/api/schemas/live-call";
import type { LiveEvent, LivePatch } from "@switchboard/api/schemas/live-event";

const compareStanding = (a: Standing, b: Standing): number => a.rank - b.rank || a.source - b.source || a.at - b.at || a.tie - b.tie;

/** The rank that every final state has. */
const finalRank = 4;

export const hasEnded = (call: LiveCall): boolean => call.standing.rank === finalRank;

/** What a weaker proof may not change. */
const withoutState = ({ state, status, standing, endedAt, ...rest }: LivePatch): LivePatch => rest;

/** An earlier step, or the claim whose answer the local path took the place of. */
const isOvertaken = (call: LiveCall, patch: LivePatch): boolean => {
  if (patch.attempt === undefined) return false;
  return patch.attempt < call.attempt || (patch.attempt === call.attempt && call.degraded && patch.degraded === false);
};

/** What an overtaken decision may not change. */
const withoutDecision = (patch: LivePatch): LivePatch => {
  const { attempt, reason, handling, groupId, groupName, agentId, agentName, agentProvider, ...rest } = patch;
  return rest;
};

const mergePatch = (call: LiveCall, patch: LivePatch): LiveCall => {
  let news = patch;
  if (patch.standing !== undefined && compareStanding(patch.standing, call.standing) < 0) news = withoutState(news);
  if (isOvertaken(call, patch)) news = withoutDecision(news);
  const { callId, ...fields } = news;
  // A start that is told again knows of no answer, and takes none back.
  return { ...call, ...fields, answeredAt: fields.answeredAt ?? call.answeredAt, degraded: call.degraded || patch.degraded === true };
};

/** Only a start adds a call: a late word about one that has left the board brings nothing back. */
export const applyEvent = (board: Map<string, LiveCall>, event: LiveEvent): void => {
  switch (event.type) {
    case "call.started":
    case "call.updated":
    case "call.ended": {
      const before = board.get(event.data.callId);
      if (before !== undefined) board.set(before.id, mergePatch(before, event.data));
      else if (event.type === "call.started") {
        const { callId, ...facts } = event.data;
        board.set(callId, { ...facts, id: callId });
      }
      return;
    }
    case "agent.status_changed":
    case "routing_rule.updated":
      return;
  }
};
