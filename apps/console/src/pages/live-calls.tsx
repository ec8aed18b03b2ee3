/** The calls on the line, as they are now. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { useCallback, useEffect } from "react";
import { useSearchParam } from "../browser/use-search-param.ts";
import { Notice } from "../components/notice.tsx";
import { Shell } from "../components/shell.tsx";
import { usePhoneFormat } from "../format/phone.ts";
import { hasEnded } from "../live/board.ts";
import { CallDrawer } from "../live/call-drawer.tsx";
import { CallList } from "../live/call-list.tsx";
import type { Freshness } from "../live/freshness.ts";
import { FreshnessBadge } from "../live/freshness-badge.tsx";
import type { LiveView } from "../live/live-store.ts";
import { Failed, Loading, NothingToShow, NothingYet } from "../live/states.tsx";
import { useLiveCalls } from "../live/use-live-calls.ts";

const frozenAtOf = (freshness: Freshness): number | null =>
  freshness.kind === "reconnecting" || freshness.kind === "stale" ? freshness.since : null;

const liveOf = (calls: readonly LiveCall[] | null): LiveCall[] | null => calls?.filter((call) => !hasEnded(call)) ?? null;

const Head = ({ live, freshness }: { live: LiveCall[] | null; freshness: Freshness }) => (
  <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
    <h1 className="text-lg leading-7 font-semibold tracking-tight">Live calls</h1>
    <FreshnessBadge freshness={freshness} />
    <span className="flex-1" />
    {live !== null && (
      <p className="text-ink-3">
        <span className="num text-ink-2">{live.length}</span> on the line ·{" "}
        <span className="num text-ink-2">{live.filter((call) => call.state === "connected").length}</span> connected
      </p>
    )}
  </div>
);

type CallsProps = { view: LiveView; openId: string | null; onOpen: (callId: string) => void; onRetry: () => void };

const Calls = ({ view, openId, onOpen, onRetry }: CallsProps) => {
  const { calls, failure, delayed, freshness } = view;
  if (calls === null) return failure === null ? <Loading /> : <Failed failure={failure} onRetry={onRetry} />;
  if (calls.length === 0) return delayed ? <NothingToShow /> : <NothingYet />;
  return <CallList calls={calls} openId={openId} frozenAt={frozenAtOf(freshness)} onOpen={onOpen} />;
};

const useTitle = (count: number | null) => {
  useEffect(() => {
    document.title = count === null ? "Live calls · Switchboard" : `(${count}) Live calls · Switchboard`;
  }, [count]);
};

export const LiveCallsPage = () => {
  const { view, retry } = useLiveCalls();
  // Fetched before the first call needs it.
  usePhoneFormat();
  const [openId, setOpenId] = useSearchParam("call");
  const live = liveOf(view.calls);
  const open = view.calls?.find((call) => call.id === openId) ?? null;
  const close = useCallback(() => setOpenId(null), [setOpenId]);
  useTitle(live?.length ?? null);

  return (
    <Shell liveCount={live?.length ?? null}>
      <Head live={live} freshness={view.freshness} />
      {view.delayed && (
        <div className="mb-4">
          <Notice tone="ring">Live data is delayed: the live store does not answer. Calls are still being routed.</Notice>
        </div>
      )}
      <div className={`grid items-start gap-4 ${openId === null ? "" : "min-[1180px]:grid-cols-[minmax(0,1fr)_372px]"}`}>
        <section aria-label="Calls" aria-busy={view.calls === null} className="overflow-clip rounded-lg border border-line bg-panel">
          <Calls view={view} openId={openId} onOpen={setOpenId} onRetry={retry} />
        </section>
        {openId !== null && <CallDrawer key={openId} callId={openId} call={open} frozenAt={frozenAtOf(view.freshness)} onClose={close} />}
      </div>
    </Shell>
  );
};
