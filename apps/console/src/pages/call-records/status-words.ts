/** The platform's statuses in words. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";

export const statusWords: Record<CallRecord["status"], string> = {
  queued: "Queued",
  ringing: "Ringing",
  "in-progress": "In progress",
  completed: "Completed",
  busy: "Busy",
  canceled: "Canceled",
  failed: "Failed",
  "no-answer": "No answer",
};
