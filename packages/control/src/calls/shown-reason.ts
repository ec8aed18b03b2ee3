/** The reason that a record is shown with, also when no decision about its call is known. */
import type { Reason } from "@switchboard/routing/reason";

/** Only reports have come of a call without one: as long as it is open, the decision is on its way. */
export const shownReason = (reason: Reason | null, isOver: boolean): Reason => reason ?? (isOver ? "engine_error" : "matched");
