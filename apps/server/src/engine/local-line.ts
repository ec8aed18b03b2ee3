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

const step = z.looseObject({
  kind: z.literal("step"),
  request: z.looseObject({ callId: z.string(), step: z.number() }),
  decidedAt: z.number(),
});
const report = z.looseObject({ kind: z.literal("report"), accepted: z.looseObject({ tenantId: z.string(), report: z.looseObject({}) }) });
// Built once: a merge reads thousands of lines while calls come in.
const shape = z.discriminatedUnion("kind", [step, report]);
const line = z.custom<LocalLine>((value) => shape.safeParse(value).success);

/** Null for a line that is not ours (cut off by a power failure, say). */
export const parseLocalLine = (value: unknown): LocalLine | null => line.safeParse(value).data ?? null;
