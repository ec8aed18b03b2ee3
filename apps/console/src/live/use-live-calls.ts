/** The live calls as a component sees them; followed while it is on the screen. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { trpc } from "../api/trpc.ts";
import { createLiveSource } from "./live-source.ts";
import { createLiveStore } from "./live-store.ts";

export const useLiveCalls = () => {
  const { client } = trpc.useUtils();
  const [store] = useState(() => createLiveStore(createLiveSource(client)));
  useEffect(() => store.start(), [store]);
  const view = useSyncExternalStore(store.subscribe, store.get);
  return { view, retry: store.retry };
};
