/**
 * What Redis decided for this process of late: a repeat whose own claim gets no answer is told what was told before, and a repeat
 * that comes while the first is being decided waits for that.
 */
import type { ClaimRequest } from "@switchboard/routing/claim";
import type { Decided } from "../webhook/render-answer.ts";

/** Repeats come within seconds; Redis itself remembers for an hour. */
const keepMs = 120_000;
const mostKept = 50_000;

type Step = Pick<ClaimRequest, "callId" | "step">;

/** Of one step: what Redis said and when, and the decision that is under way. */
type Entry = { decided: Decided | null; at: number; underWay: Promise<Decided> | null };

const keyOf = ({ callId, step }: Step) => `${callId} ${step}`;

export type GivenDecisions = ReturnType<typeof createGivenDecisions>;

export const createGivenDecisions = () => {
  const entries = new Map<string, Entry>();

  const dropOld = (now: number) => {
    // A map keeps the order of insertion: the oldest come first.
    for (const [key, { at, underWay }] of entries) {
      if (underWay !== null || (now - at < keepMs && entries.size <= mostKept)) return;
      entries.delete(key);
    }
  };

  return {
    find: (step: Step): Decided | null => entries.get(keyOf(step))?.decided ?? null,

    /**
     * One decision at a time for a step: who comes meanwhile gets the same. `decide` is given what keeps a decision that Redis
     * took; without it the step is forgotten as soon as it is decided.
     */
    once: (step: Step, now: number, decide: (keep: (decided: Decided) => void) => Promise<Decided>): Promise<Decided> => {
      const key = keyOf(step);
      const known = entries.get(key);
      if (known?.underWay) return known.underWay;
      const entry: Entry = known ?? { decided: null, at: now, underWay: null };
      const over = () => {
        entry.underWay = null;
        if (entry.decided === null) entries.delete(key);
      };
      const deciding = decide((decided) => {
        entry.decided = decided;
        entry.at = now;
      });
      entry.underWay = deciding;
      if (!known) entries.set(key, entry);
      deciding.then(over, over);
      dropOld(now);
      return deciding;
    },
  };
};
