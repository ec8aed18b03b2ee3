/** Asks where a call would go: as one types, and again whenever what decides it has changed. */
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useEffectEvent, useState } from "react";
import type { SimulationAsked } from "../api/answers.ts";
import { trpc } from "../api/trpc.ts";
import { useLiveEvents } from "../live/use-live.ts";
import { useSoon } from "../live/use-soon.ts";

const pauseMs = 250;
/** Loads move with every call. */
const readAgainMs = 5_000;
const name = "simulation";

/** What was last asked, once nobody has typed for a moment. */
const useSettledQuestion = (asked: SimulationAsked | null) => {
  const key = JSON.stringify(asked);
  const [settled, setSettled] = useState({ key, asked });
  const isTyping = key !== settled.key;
  const settle = useEffectEvent((last: string) => setSettled({ key: last, asked }));
  useEffect(() => {
    if (!isTyping) return;
    const timer = setTimeout(() => settle(key), pauseMs);
    return () => clearTimeout(timer);
  }, [key, isTyping]);
  return { settled, isTyping };
};

/** Null asks nothing. */
export const useSimulation = (asked: SimulationAsked | null) => {
  const { client } = trpc.useUtils();
  const { settled, isTyping } = useSettledQuestion(asked);
  const isAsked = asked !== null && settled.asked !== null;
  const read = useQuery({
    queryKey: [name, settled.key],
    queryFn: ({ signal }) => {
      if (settled.asked === null) throw new Error("Nothing is asked.");
      return client.routing.simulate.mutate(settled.asked, { signal });
    },
    enabled: isAsked,
    placeholderData: keepPreviousData,
    refetchInterval: readAgainMs,
  });
  return {
    simulation: isAsked ? read.data : undefined,
    error: isAsked ? read.error : null,
    isSettled: !isTyping && !read.isPlaceholderData,
  };
};

/** Whatever is shown is asked again when operators or calls have changed a rule or an agent. */
export const useFreshSimulations = () => {
  const queries = useQueryClient();
  const askAgain = useSoon(() => void queries.invalidateQueries({ queryKey: [name] }));
  const onEvent = useCallback(
    ({ type }: LiveEvent) => {
      if (type === "routing_rule.updated" || type === "agent.status_changed") askAgain();
    },
    [askAgain],
  );
  useLiveEvents(onEvent);
};
