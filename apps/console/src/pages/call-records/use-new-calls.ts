/** How many calls have begun since the list was read; it does not move under one's eyes. */
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLiveEvents } from "../../live/use-live.ts";

/** A call is in the records within two seconds. */
const recordedAfterMs = 2_000;

export const useNewCalls = (): { count: number; forget: () => void } => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running) clearTimeout(timer);
    };
  }, []);
  useLiveEvents(
    useCallback((event: LiveEvent) => {
      if (event.type !== "call.started") return;
      const { callId } = event.data;
      const timer = setTimeout(() => {
        timers.current.delete(timer);
        setIds((before) => new Set(before).add(callId));
      }, recordedAfterMs);
      timers.current.add(timer);
    }, []),
  );
  return { count: ids.size, forget: useCallback(() => setIds(new Set()), []) };
};
