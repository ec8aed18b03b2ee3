/** Exports in words: how they stand, and what their columns are called. */
import type { ExportColumn } from "@switchboard/api/schemas/export-lists";
import type { Export } from "@switchboard/api/schemas/export";
import type { Tone } from "../../components/badge.tsx";

export const exportStates: Record<Export["status"], { word: string; tone: Tone }> = {
  queued: { word: "Waiting", tone: "idle" },
  running: { word: "Being written", tone: "ring" },
  ready: { word: "Ready", tone: "ok" },
  failed: { word: "Failed", tone: "bad" },
  canceled: { word: "Canceled", tone: "idle" },
  expired: { word: "Expired", tone: "idle" },
};

export const isUnfinished = ({ status }: Export): boolean => status === "queued" || status === "running";

export const exportColumnWords: Record<ExportColumn, string> = {
  id: "Call id",
  session: "Session",
  startedAt: "Started",
  answeredAt: "Answered",
  endedAt: "Ended",
  direction: "Direction",
  from: "From",
  to: "To",
  status: "Status",
  state: "State",
  reason: "Reason",
  reasonText: "Reason in words",
  ringSeconds: "Seconds ringing",
  durationSeconds: "Seconds talking",
  agentId: "Agent id",
  agentName: "Agent",
  groupId: "Group id",
  groupName: "Group",
  ruleId: "Rule id",
  rulePattern: "Rule",
  fallbackUsed: "Fallback used",
  degraded: "Decided without Redis",
  test: "Test call",
};
