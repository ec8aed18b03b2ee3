/** What a dial's result means for the call, and for the agent's health. */
import type { DialResult } from "./journal-event.ts";

export type DialVerdict =
  /** Answered: the call is over, nothing is dialled on. */
  | { kind: "over" }
  /** The caller hung up while it rang. */
  | { kind: "caller_gone" }
  /** The next member, else the next link. */
  | { kind: "next" }
  /** No result a second time: no further member, the fallback. */
  | { kind: "no_result" };

/** `unknownsBefore`: how many dials of this call have ended without a result before this one. */
export const readDialVerdict = (result: DialResult, unknownsBefore: number): DialVerdict => {
  switch (result) {
    case "completed":
      return { kind: "over" };
    case "canceled":
      return { kind: "caller_gone" };
    case "unknown":
      return { kind: unknownsBefore > 0 ? "no_result" : "next" };
    case "busy":
    case "no-answer":
    case "failed":
      return { kind: "next" };
  }
};

/** Half failures: 2 is a failure, 1 half a one, 0 a success; null says nothing about the agent. */
export const healthPoints = (result: DialResult): 0 | 1 | 2 | null => {
  switch (result) {
    case "completed":
      return 0;
    case "busy":
      return 1;
    case "no-answer":
    case "failed":
    case "unknown":
      return 2;
    case "canceled":
      return null;
  }
};
