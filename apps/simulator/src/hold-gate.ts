/** Keeps all calls of a run connected until the last of them is, so that they are live together. */
import type { CallEvent } from "./call-event.ts";
import { pauseUnlessStopped } from "./pause.ts";

export type HoldGate = { hold: () => Promise<void>; observe: (event: CallEvent) => void };

/** A call that ends without having been connected is not waited for. */
export function createHoldGate(calls: number, holdMs: number, signal: AbortSignal): HoldGate {
  const opened = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => opened.resolve(), { once: true });
  const arrived = new Set<string>();
  return {
    hold: () => opened.promise,
    observe(event) {
      const session = event.kind === "connected" || event.kind === "over" ? event.session : null;
      if (session === null) return;
      arrived.add(session);
      if (arrived.size === calls) void pauseUnlessStopped(holdMs, signal).then(() => opened.resolve());
    },
  };
}
