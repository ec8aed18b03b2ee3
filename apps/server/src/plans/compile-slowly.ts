/** Compiles a plan without ever holding the event loop for more than a few milliseconds. */
import { setImmediate as turn } from "node:timers/promises";
import { compilePlanInSlices, type Plan } from "@switchboard/routing/plan";
import type { PlanSource } from "@switchboard/routing/plan-source";

/** Calls get their turn after this long. */
const sliceMs = 1;

/** `before` is the tenant's plan so far, which this one replaces: what it shares with it is not compiled again. */
export const compileSlowly = async (source: PlanSource, before: Plan | null): Promise<Plan> => {
  const steps = compilePlanInSlices(source, undefined, before);
  let began = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - began >= sliceMs) {
      await turn();
      began = performance.now();
    }
  }
};
