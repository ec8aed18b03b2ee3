/**
 * What one event proves about a call's state, as a vector that is compared lexicographically: a call's state is the greatest
 * evidence seen, so any order and any repetition of the same events ends the same.
 */
import { dispositions, sessionWords, wordLetters } from "./cloudonix-words.ts";
import type { DialResult } from "./journal-event.ts";

export type CallState =
  | "initiated"
  | "routing"
  | "ringing"
  | "connected"
  | "completed"
  | "busy"
  | "no-answer"
  | "canceled"
  | "failed"
  | "timeout";

/** Status as stored and shown: Cloudonix's own words. */
export type CallStatus = "queued" | "ringing" | "in-progress" | "completed" | "busy" | "canceled" | "failed" | "no-answer";

export type Evidence = {
  state: CallState;
  /** 0 initiated, 1 routing, 2 ringing, 3 connected, 4 final. */
  rank: 0 | 1 | 2 | 3 | 4;
  /** Only between finals: 1 sweep, 2 session update, 3 dial result after which we dialled no further, 4 CDR. Else 0. */
  source: 0 | 1 | 2 | 3 | 4;
  /** Milliseconds since the epoch, by the source's own clock; 0 for what is not final. */
  at: number;
  /** Breaks what is left: the CDR's billsec, then the order completed, busy, no-answer, canceled, failed. */
  tie: number;
};

/** Positive when `a` proves more than `b`; 0 only for the same state. */
export const compareEvidence = (a: Evidence, b: Evidence): number => a.rank - b.rank || a.source - b.source || a.at - b.at || a.tie - b.tie;

export const strongest = (a: Evidence, b: Evidence): Evidence => (compareEvidence(a, b) >= 0 ? a : b);

type OpenState = "initiated" | "routing" | "ringing" | "connected";

const openRanks = { initiated: 0, routing: 1, ringing: 2, connected: 3 } as const satisfies Record<OpenState, number>;

/** Of two ends that the same source dates the same, the higher one counts. */
const endOrder = { completed: 5, busy: 4, "no-answer": 3, canceled: 2, failed: 1, timeout: 0 } as const satisfies Record<
  Exclude<CallState, OpenState>,
  number
>;
const ends = 8;

export const openEvidence = (state: OpenState): Evidence => ({ state, rank: openRanks[state], source: 0, at: 0, tie: 0 });

const endEvidence = (state: keyof typeof endOrder, source: 1 | 2 | 3 | 4, at: number): Evidence => ({
  state,
  rank: 4,
  source,
  at,
  tie: endOrder[state],
});

/**
 * What a session update proves; null is timeline only (a leg's end without the session's, an unknown word).
 * `endTime` is the session's, if it carries one; `at` when it was said. Both in milliseconds since the epoch.
 */
export const evidenceOfSessionStatus = (word: string, endTime: number | null, at: number): Evidence | null => {
  const known = sessionWords.get(wordLetters(word));
  if (known?.moves === "final") return endEvidence(known.state, 2, at);
  if (endTime === null) return known?.moves === "to" ? openEvidence(known.state) : null;
  if (known?.moves === "end") return endEvidence(known.state, 2, at);
  return endEvidence(known?.state === "connected" ? "completed" : "timeout", 2, at);
};

/** What a dial result proves once nothing is dialled after it. */
export const evidenceOfDialResult = (result: DialResult, at: number): Evidence =>
  endEvidence(result === "unknown" ? "failed" : result, 3, at);

/** What a CDR proves: of several the latest, then the one with the larger billsec; null for a disposition nobody knows. */
export const evidenceOfDisposition = (word: string, at: number, billSeconds: number | null): Evidence | null => {
  const state = dispositions.get(wordLetters(word));
  if (state === undefined) return null;
  return { ...endEvidence(state, 4, at), tie: (billSeconds ?? 0) * ends + endOrder[state] };
};

/** A call of which nothing more was heard. */
export const timeoutEvidence = (at: number): Evidence => endEvidence("timeout", 1, at);

export const isFinal = (evidence: Evidence): boolean => evidence.rank === 4;

/** The status as stored and shown. `wasConnected`: whether the call was ever answered, which a timeout does not say. */
export const statusOf = (state: CallState, wasConnected: boolean): CallStatus => {
  switch (state) {
    case "initiated":
      return "queued";
    case "routing":
    case "ringing":
      return "ringing";
    case "connected":
      return "in-progress";
    case "timeout":
      return wasConnected ? "completed" : "no-answer";
    case "completed":
    case "busy":
    case "no-answer":
    case "canceled":
    case "failed":
      return state;
  }
};
