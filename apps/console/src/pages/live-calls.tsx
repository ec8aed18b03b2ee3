/** The calls on the line, as they are now. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { useCallback, useEffect, useMemo } from "react";
import { useSearchParam } from "../browser/use-search-param.ts";
import { Notice } from "../components/notice.tsx";
import { Shell } from "../components/shell.tsx";
import { hasEnded } from "../live/board.ts";
import { CallDrawer } from "../live/call-drawer.tsx";
import { CallList } from "../live/call-list.tsx";
import type { Freshness } from "../live/freshness.ts";
import { FreshnessBadge } from "../live/freshness-badge.tsx";
import { Failed, Loading, NothingYet } from "../live/states.tsx";
import { useLiveCalls } from "../live/use-live-calls.ts";

const frozenAtOf = (freshness: Freshness): number | null =>
  freshness.kind === "reconnecting" || freshness.kind === "stale" ? freshness.since : null;

const Counts = ({ calls }: { calls: readonly LiveCall[] }) => {
  const live = calls.filter((call) => !hasEnded(call));
  const connected = live.filter((call) => call.state === "connected").length;
  return (
    <p className="text-ink-3">
      <span className="num text-ink-2">{live.length}</span> on the line · <span className="num text-ink-2">{connected}</span> connected
    </p>
  );
};

export const LiveCallsPage = () => {
  const { view, retry } = useLiveCalls();
  const [openId, setOpenId] = useSearchParam("call");
  const { calls, freshness, failure } = view;
  const frozenAt = frozenAtOf(freshness);
  const liveCount = useMemo(() => calls?.filter((call) => !hasEnded(call)).length ?? null, [calls]);
  useEffect(() => {
    document.title = liveCount === null ? "Live calls · Switchboard" : `(${liveCount}) Live calls · Switchboard`;
  }, [liveCount]);
  const close = useCallback(() => setOpenId(null), [setOpenId]);
  const open = useCallback((callId: string) => setOpenId(callId), [setOpenId]);

  return (
    <Shell liveCount={liveCount}>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="text-lg leading-7 font-semibold tracking-tight">Live calls</h1>
        <FreshnessBadge freshness={freshness} />
        <span className="flex-1" />
        {calls !== null && <Counts calls={calls} />}
      </div>
      {view.delayed && (
        <div className="mb-4">
          <Notice tone="ring">Live data is delayed: the live store does not answer. Calls are still being routed.</Notice>
        </div>
      )}
      <div className={`grid items-start gap-4 ${openId === null ? "" : "min-[1180px]:grid-cols-[minmax(0,1fr)_372px]"}`}>
        <section aria-label="Calls" aria-busy={calls === null} className="overflow-clip rounded-lg border border-line bg-panel">
          {calls === null && failure !== null && <Failed failure={failure} onRetry={retry} />}
          {calls === null && failure === null && <Loading />}
          {calls !== null && calls.length === 0 && <NothingYet />}
          {calls !== null && calls.length > 0 && <CallList calls={calls} openId={openId} frozenAt={frozenAt} onOpen={open} />}
        </section>
        {openId !== null && (
          <CallDrawer key={openId} callId={openId} call={calls?.find((call) => call.id === openId) ?? null} frozenAt={frozenAt} onClose={close} />
        )}
      </div>
    </Shell>
  );
};
