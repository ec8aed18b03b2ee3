/** Test support: one model engine, one group, calls in a row. */
import type { ClaimRequest } from "./claim.ts";
import type { Decision } from "./decision.ts";
import { evidenceOfDialResult, evidenceOfDisposition, openEvidence } from "./evidence.ts";
import type { DialResult } from "./journal-event.ts";
import { createModelEngine } from "./model-engine.ts";
import { compilePlan } from "./plan.ts";
import { type SampleGroup, sampleClaim, sampleEnded, samplePlan } from "./sample-claim.ts";
import { cal, grp, sampleTenant } from "./sample-plan.ts";

export const t0 = 1_767_225_600_000;
export const minute = 60_000;
export const hour = 60 * minute;

export const createRig = (group: SampleGroup) => {
  const engine = createModelEngine();
  let plan = compilePlan(samplePlan(group));
  let session = 0;
  let now = t0;
  const claim = (request: ClaimRequest): Decision => {
    const outcome = engine.claim(request, now);
    if (outcome.kind !== "decided") throw new Error(outcome.kind);
    return outcome.decision;
  };
  const nameOf = (decision: Decision): number | string => (decision.kind === "agent" ? Number(decision.agentId.slice(4)) : decision.kind);
  const end = (call: number): void =>
    engine.report(sampleTenant.id, cal(call), evidenceOfDisposition("ANSWER", now, 1) ?? openEvidence("initiated"), now);
  return {
    engine,
    plan: () => plan,
    at: (ms: number) => void (now = t0 + ms),
    now: () => now,
    change: (changed: SampleGroup) => void (plan = compilePlan(samplePlan(changed))),
    claim,
    nameOf,
    end,
    /** A new call; its session number is the last one's plus one. */
    call: (parts: Partial<ClaimRequest> = {}): Decision => claim(sampleClaim(plan, { session: ++session, ...parts })),
    session: () => session,
    /** A new call that ends at once, so that nobody stays busy. */
    brief: (parts: Partial<ClaimRequest> = {}): number | string => {
      const decision = claim(sampleClaim(plan, { session: ++session, ...parts }));
      end(session);
      return nameOf(decision);
    },
    /** The step after `name`'s dial of this call ended so. */
    after: (call: number, name: number, result: DialResult, step = 2): Decision => {
      const ended = sampleEnded(name, step - 1, result, grp(1));
      return claim(
        sampleClaim(plan, {
          session: call,
          step,
          ended,
          endedEvidence: evidenceOfDialResult(result, now),
          progress: { attempts: step - 1, startedAt: t0 },
        }),
      );
    },
    figures: () => engine.figures(sampleTenant.id, now),
  };
};

export const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
export const countsOf = (names: (number | string)[]): Map<number | string, number> => {
  const counts = new Map<number | string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};
