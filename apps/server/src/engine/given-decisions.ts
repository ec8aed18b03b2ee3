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

const keyOf = ({ callId, step }: Step) => `${callId} ${step}`;

export type GivenDecisions = ReturnType<typeof createGivenDecisions>;

export const createGivenDecisions = () => {
  const given = new Map<string, { decided: Decided; at: number }>();
  const underWay = new Map<string, Promise<Decided>>();

  const dropOld = (now: number) => {
    // A map keeps the order of insertion: the oldest come first.
    for (const [key, { at }] of given) {
      if (now - at < keepMs && given.size <= mostKept) return;
      given.delete(key);
    }
  };

  return {
    keep: (step: Step, decided: Decided, now: number) => {
      given.set(keyOf(step), { decided, at: now });
      dropOld(now);
    },
    find: (step: Step): Decided | null => given.get(keyOf(step))?.decided ?? null,
    /** One decision at a time for a step: who comes meanwhile gets the same. */
    once: (step: Step, decide: () => Promise<Decided>): Promise<Decided> => {
      const key = keyOf(step);
      const running = underWay.get(key);
      if (running) return running;
      const deciding = decide().finally(() => underWay.delete(key));
      underWay.set(key, deciding);
      return deciding;
    },
  };
};
