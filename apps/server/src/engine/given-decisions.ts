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

/** Of one step: what Redis said, and the decision that is under way. */
export type Given = { decided: Decided | null; underWay: Promise<Decided> | null };

const keyOf = ({ callId, step }: Step) => `${callId} ${step}`;

export type GivenDecisions = ReturnType<typeof createGivenDecisions>;

export const createGivenDecisions = () => {
  // Two halves, the older forgotten as a whole when the younger is full or old: dropping one by one would cost every call something.
  let young = new Map<string, Given>();
  let old = new Map<string, Given>();
  let youngSince = Number.NEGATIVE_INFINITY;

  const of = (key: string): Given | undefined => young.get(key) ?? old.get(key);

  const turn = (now: number) => {
    old = now - youngSince < 2 * keepMs ? young : new Map();
    young = new Map();
    youngSince = now;
  };

  return {
    find: (step: Step): Decided | null => of(keyOf(step))?.decided ?? null,

    /** What is known of a step, to be filled while it is decided: one decision at a time, who comes meanwhile gets the same. */
    open: (step: Step, now: number): Given => {
      const key = keyOf(step);
      const known = of(key);
      if (known) return known;
      if (now - youngSince >= keepMs || young.size >= mostKept / 2) turn(now);
      const given: Given = { decided: null, underWay: null };
      young.set(key, given);
      return given;
    },

    /** The step's decision is over; without one of Redis's the step is forgotten. */
    close: (step: Step, given: Given): void => {
      given.underWay = null;
      if (given.decided !== null) return;
      const key = keyOf(step);
      if (!young.delete(key)) old.delete(key);
    },
  };
};
