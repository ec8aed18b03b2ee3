/** One view of what is happening for the whole console: the sidebar, the dashboard and the live board read the same one. */
import { type ReactNode, useEffect, useState } from "react";
import { trpc } from "../api/trpc.ts";
import { LiveRefresh } from "./live-refresh.tsx";
import { createLiveSource } from "./live-source.ts";
import { createLiveStore } from "./live-store.ts";
import { LiveContext } from "./use-live.ts";

export const LiveProvider = ({ children }: { children: ReactNode }) => {
  const { client } = trpc.useUtils();
  const [store] = useState(() => createLiveStore(createLiveSource(client)));
  useEffect(() => store.start(), [store]);
  return (
    <LiveContext value={store}>
      <LiveRefresh />
      {children}
    </LiveContext>
  );
};
