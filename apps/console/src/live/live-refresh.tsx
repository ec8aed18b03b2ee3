/** What is told live about agents and rules is read anew by whatever shows it; and everything is, after a time in the dark. */
import { useCallback, useEffect, useRef } from "react";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { trpc } from "../api/trpc.ts";
import { useLive, useLiveEvents } from "./use-live.ts";
import { useSoon } from "./use-soon.ts";

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
