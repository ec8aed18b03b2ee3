/** The live view as components read it. */
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { createContext, useContext, useEffect, useSyncExternalStore } from "react";
import type { createLiveStore, LiveView } from "./live-store.ts";

export const LiveContext = createContext<ReturnType<typeof createLiveStore> | null>(null);

const useLiveStore = () => {
  const store = useContext(LiveContext);
  if (store === null) throw new Error("Live data are there only for who is signed in.");
  return store;
};

/** A part of the view: the component is drawn anew only when `select` answers something else. */
export const useLive = <Part>(select: (view: LiveView) => Part): Part => {
  const store = useLiveStore();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
};

export const useRetryLive = (): (() => void) => useLiveStore().retry;

/** Hears every event as it comes, once; `listener` must be stable. */
export const useLiveEvents = (listener: (event: LiveEvent) => void): void => {
  const store = useLiveStore();
  useEffect(() => store.onEvent(listener), [store, listener]);
};
