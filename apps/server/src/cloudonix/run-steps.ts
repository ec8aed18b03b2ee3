/** Does one thing after the other until one fails, and says of each how it went, as it goes. */
import type { ConnectionStep } from "@switchboard/control/cloudonix-connection";

/** `run` null: there is nothing to do. It answers why it failed, in words, or null. */
export type Step = { step: string; run: (() => Promise<string | null>) | null /** What is left to do by hand. */; hint?: string | null };

export const openSteps = (steps: readonly Step[]): ConnectionStep[] =>
  steps.map(({ step, run, hint = null }) => ({ step, state: run === null ? "not_needed" : "open", words: hint }));

/** What comes after a step that failed stays open. */
export const runSteps = async (
  steps: readonly Step[],
  note: (steps: ConnectionStep[]) => Promise<unknown>,
): Promise<{ isComplete: boolean; steps: ConnectionStep[] }> => {
  const told = openSteps(steps);
  for (const [place, { step, run, hint = null }] of steps.entries()) {
    if (run === null) continue;
    const failure = await run();
    told[place] = { step, state: failure === null ? "done" : "failed", words: failure ?? hint };
    await note(told);
    if (failure !== null) return { isComplete: false, steps: told };
  }
  return { isComplete: true, steps: told };
};
