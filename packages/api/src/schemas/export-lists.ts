/** What an export can be made of, as plain lists: whoever only needs them needs no schema. */
export const exportFormats = ["csv", "json"] as const;

export const exportStatuses = ["queued", "running", "ready", "failed", "canceled", "expired"] as const;

/** A call record's fields, in the order in which they stand in the file unless somebody wants another. */
export const exportColumns = [
  "id",
  "session",
  "startedAt",
  "answeredAt",
  "endedAt",
  "direction",
  "from",
  "to",
  "status",
  "state",
  "reason",
  "reasonText",
  "ringSeconds",
  "durationSeconds",
  "agentId",
  "agentName",
  "groupId",
  "groupName",
  "ruleId",
  "rulePattern",
  "fallbackUsed",
  "degraded",
  "test",
] as const;
export type ExportColumn = (typeof exportColumns)[number];
