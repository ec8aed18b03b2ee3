/** Holds the board still while somebody reads it, and counts what has come in meanwhile. */
import { useState } from "react";
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import type { LiveView } from "./live-store.ts";

type Held = { calls: readonly LiveCall[]; updates: number; at: number };

export const usePause = (view: LiveView) => {
  const [held, setHeld] = useState<Held | null>(null);
  return {
    calls: held?.calls ?? view.calls,
    /** Milliseconds since the epoch, or null while it moves. */
    pausedAt: held?.at ?? null,
    waiting: held === null ? 0 : view.updates - held.updates,
    pause: () => {
      if (view.calls !== null) setHeld({ calls: view.calls, updates: view.updates, at: Date.now() });
    },
    resume: () => setHeld(null),
  };
};
