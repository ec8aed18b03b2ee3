/**
 * What one event proves about a call's state, as a vector that is compared lexicographically: a call's state is the greatest
 * evidence seen, so any order and any repetition of the same events ends the same.
 */
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
