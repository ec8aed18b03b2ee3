/** The platform's words for what became of a call, as data: three vocabularies, compared by their letters in lower case. */
import type { DialResult } from "./journal-event.ts";

/** `No-Answer`, `NO ANSWER` and `noanswer` are one word. */
export const wordLetters = (word: string): string => word.toLowerCase().replace(/[^a-z]/g, "");

const dialResults = new Map<string, DialResult>([
  ["completed", "completed"],
  ["answered", "completed"],
  ["busy", "busy"],
  ["noanswer", "no-answer"],
  ["failed", "failed"],
  ["congestion", "failed"],
  ["canceled", "canceled"],
  ["cancelled", "canceled"],
  ["cancel", "canceled"],
]);

/** What a dial's result says; anything else (missing, `in-progress`, `ringing`, `unknown`) is no result: unknown. */
export const readDialResult = (word: string): DialResult => dialResults.get(wordLetters(word)) ?? "unknown";

/** How a session status moves a call. `end` alone counts only with an end time; `final` always ends it. */
export type SessionWord =
  | { moves: "to"; state: "initiated" | "ringing" | "connected" }
  | { moves: "end"; state: "busy" | "no-answer" | "failed" }
  | { moves: "final"; state: "canceled" | "failed" };

export const sessionWords = new Map<string, SessionWord>([
  ["new", { moves: "to", state: "initiated" }],
  ["processing", { moves: "to", state: "ringing" }],
  ["ringing", { moves: "to", state: "ringing" }],
  ["answer", { moves: "to", state: "connected" }],
  ["connected", { moves: "to", state: "connected" }],
  ["busy", { moves: "end", state: "busy" }],
  ["noanswer", { moves: "end", state: "no-answer" }],
  ["failed", { moves: "end", state: "failed" }],
  ["congestion", { moves: "end", state: "failed" }],
  ["cancel", { moves: "final", state: "canceled" }],
  ["canceled", { moves: "final", state: "canceled" }],
  ["cancelled", { moves: "final", state: "canceled" }],
  ["nocredit", { moves: "final", state: "failed" }],
  ["error", { moves: "final", state: "failed" }],
]);

export const dispositions = new Map<string, "completed" | "busy" | "no-answer" | "canceled" | "failed">([
  ["answer", "completed"],
  ["answered", "completed"],
  ["connected", "completed"],
  ["busy", "busy"],
  ["noanswer", "no-answer"],
  ["cancel", "canceled"],
  ["canceled", "canceled"],
  ["cancelled", "canceled"],
  ["failed", "failed"],
  ["congestion", "failed"],
]);
