/** What a figure counts, as the list of the calls behind it is called. */
import type { callOutcomes } from "@switchboard/api/schemas/call-lists";

export const outcomeWords: Record<(typeof callOutcomes)[number], string> = {
  answered: "Answered",
  not_answered: "Not answered",
  failed_over: "Failed over",
  fallback: "Taken by a fallback",
};
