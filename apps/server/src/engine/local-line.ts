/** A line of the local journal: a step that was decided here, or a report that was accepted here, while Redis was away. */
import type { AdvanceRequest } from "@switchboard/execution/advance";
import type { ClaimRequest } from "@switchboard/routing/claim";
import type { Decision } from "@switchboard/routing/decision";
import { z } from "zod";

export type LocalStep = {
  kind: "step";
  /** Without its chain: the decision has been taken. */
  request: ClaimRequest;
  decision: Decision;
  decidedAt: number;
};

export type LocalLine = LocalStep | { kind: "report"; accepted: AdvanceRequest };

const line = z.custom<LocalLine>(
  (value) =>
    z
      .discriminatedUnion("kind", [
        z.looseObject({ kind: z.literal("step"), request: z.looseObject({ callId: z.string(), step: z.number() }), decidedAt: z.number() }),
        z.looseObject({ kind: z.literal("report"), accepted: z.looseObject({ tenantId: z.string(), report: z.looseObject({}) }) }),
      ])
      .safeParse(value).success,
);

/** Null for a line that is not ours (cut off by a power failure, say). */
export const parseLocalLine = (value: unknown): LocalLine | null => line.safeParse(value).data ?? null;
