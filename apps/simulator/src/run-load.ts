/** Starts calls when they are due, whatever became of the earlier ones, and waits for the last of them within hard limits. */
import type { CallEvent } from "./call-event.ts";
import { planCall } from "./call-plan.ts";
import { createDoor } from "./door.ts";
import { createHoldGate } from "./hold-gate.ts";
import { pauseUnlessStopped } from "./pause.ts";
import type { Profile } from "./profiles.ts";
import { simulateCall } from "./simulate-call.ts";
import { createTally, type Tally } from "./tally.ts";
import type { Target } from "./target.ts";

export type LoadOptions = {
  target: Target;
  profile: Profile;
  calls: number;
  ratePerSecond: number;
  seed: string;
  to: readonly [string, ...string[]];
  outboundTo: readonly [string, ...string[]];
  connections: number;
  maxSeconds: number;
  observe?: (event: CallEvent) => void;
  signal?: AbortSignal;
  /** How each call is played; by a platform whose REST doors are to know of it, say. */
  playCall?: typeof simulateCall;
};

export type RunningLoad = {
  tally: Tally;
  startedAt: number;
  /** Resolves when every call has ended or time is up. `unfinished`: calls that were cut off or never begun. */
  finished: Promise<{ seconds: number; unfinished: number }>;
};

export const mostCalls = 1_000_000;

export function runLoad(options: LoadOptions): RunningLoad {
  if (options.calls > mostCalls) throw new Error(`At most ${mostCalls} calls can be played in one run.`);
  const startedAt = Date.now();
  const tally = createTally();
  const timeLimit = AbortSignal.timeout(options.maxSeconds * 1000);
  const signal = options.signal === undefined ? timeLimit : AbortSignal.any([timeLimit, options.signal]);
  return { tally, startedAt, finished: play(options, { tally, startedAt, signal }) };
}

async function play(
  options: LoadOptions,
  run: { tally: Tally; startedAt: number; signal: AbortSignal },
): Promise<{ seconds: number; unfinished: number }> {
  const { profile, calls, playCall = simulateCall } = options;
  const began = performance.now();
  const door = createDoor({ connections: options.connections, onAnswered: run.tally.answered });
  const gate = profile.holdTogetherMs === null ? null : createHoldGate(calls, profile.holdTogetherMs, run.signal);
  const observe = (event: CallEvent): void => {
    run.tally.observe(event);
    gate?.observe(event);
    options.observe?.(event);
  };
  const deps = { door, target: options.target, profile, observe, signal: run.signal, ...(gate === null ? {} : { hold: gate.hold }) };
  const playing: Promise<boolean>[] = [];
  for (let index = 0; index < calls && !run.signal.aborted; index += 1) {
    const dueAt = began + (index * 1000) / options.ratePerSecond;
    const early = dueAt - performance.now();
    if (early > 1) await pauseUnlessStopped(early, run.signal);
    playing.push(
      playCall(deps, planCall({ ...options, startedAt: run.startedAt, index }), dueAt).then(
        () => true,
        (error: unknown) => {
          if (run.signal.aborted) return false;
          throw error;
        },
      ),
    );
  }
  const ended = await Promise.all(playing);
  await door.close();
  return { seconds: (performance.now() - began) / 1000, unfinished: calls - ended.filter(Boolean).length };
}
