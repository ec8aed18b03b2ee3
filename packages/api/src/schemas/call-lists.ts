/** The words that calls are told apart by, as plain lists: whoever only needs them needs no schema. */
export const callStates = [
  "initiated",
  "routing",
  "ringing",
  "connected",
  "completed",
  "busy",
  "no-answer",
  "canceled",
  "failed",
  "timeout",
] as const;

export const callStatuses = ["queued", "ringing", "in-progress", "completed", "busy", "canceled", "failed", "no-answer"] as const;

/** What a figure counts, so that the calls behind it can be listed. */
export const callOutcomes = ["answered", "not_answered", "failed_over", "fallback"] as const;
