/** What is told live about agents and rules is read anew by whatever shows it; and everything is, after a time in the dark. */
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { trpc } from "../api/trpc.ts";
import { useLive, useLiveEvents } from "./use-live.ts";

/** Many changes at once are one reading. */
const gatherMs = 250;

/** Runs `work` once, soon after the first of several calls. */
const useSoon = (work: () => void) => {
  const run = useEffectEvent(work);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (asked === 0) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      run();
    }, gatherMs);
  }, [asked]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => setAsked((count) => count + 1), []);
};

export const LiveRefresh = () => {
  const api = trpc.useUtils();
  const agentsChanged = useSoon(() => {
    void api.agents.invalidate();
    void api.groups.invalidate();
  });
  const rulesChanged = useSoon(() => {
    void api.inboundRules.invalidate();
    void api.outboundRules.invalidate();
  });
  const onEvent = useCallback(
    (event: LiveEvent) => {
      if (event.type === "agent.status_changed") agentsChanged();
      if (event.type === "routing_rule.updated") rulesChanged();
    },
    [agentsChanged, rulesChanged],
  );
  useLiveEvents(onEvent);

  const isLive = useLive((view) => view.freshness.kind === "live");
  const wasLost = useRef(false);
  const lost = useLive((view) => view.freshness.kind === "reconnecting" || view.freshness.kind === "stale");
  useEffect(() => {
    if (lost) wasLost.current = true;
    else if (isLive && wasLost.current) {
      wasLost.current = false;
      void api.invalidate();
    }
  }, [lost, isLive, api]);
  return null;
};
