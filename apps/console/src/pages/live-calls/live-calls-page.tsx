/** The calls on the line, as they are now. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { PageHead } from "../../components/page-head.tsx";
import { Notice } from "../../components/notice.tsx";
import { usePhoneFormat } from "../../format/phone.ts";
import { hasEnded } from "../../live/board.ts";
import { CallDrawer } from "../../live/call-drawer.tsx";
import { CallList } from "../../live/call-list.tsx";
import type { Freshness } from "../../live/freshness.ts";
import { FreshnessBadge } from "../../live/freshness-badge.tsx";
import type { LiveView } from "../../live/live-store.ts";
import { Failed, Loading, NothingToShow, NothingYet } from "../../live/states.tsx";
import { useLive, useRetryLive } from "../../live/use-live.ts";

const frozenAtOf = (freshness: Freshness): number | null =>
  freshness.kind === "reconnecting" || freshness.kind === "stale" ? freshness.since : null;

const liveOf = (calls: readonly LiveCall[] | null): LiveCall[] | null => calls?.filter((call) => !hasEnded(call)) ?? null;

const Head = ({ live, freshness }: { live: LiveCall[] | null; freshness: Freshness }) => (
  <PageHead
    title="Live calls"
    tab={live === null ? "Live calls" : `(${live.length}) Live calls`}
    beside={<FreshnessBadge freshness={freshness} />}
  >
    {live !== null && (
      <p className="text-ink-3">
        <span className="num text-ink-2">{live.length}</span> on the line ·{" "}
        <span className="num text-ink-2">{live.filter((call) => call.state === "connected").length}</span> connected
      </p>
    )}
  </PageHead>
);

type CallsProps = { view: LiveView; openId: string | null; onOpen: (callId: string) => void; onRetry: () => void };

const Calls = ({ view, openId, onOpen, onRetry }: CallsProps) => {
  const { calls, failure, delayed, freshness } = view;
  if (calls === null) return failure === null ? <Loading /> : <Failed failure={failure} onRetry={onRetry} />;
  if (calls.length === 0) return delayed ? <NothingToShow /> : <NothingYet />;
  return <CallList calls={calls} openId={openId} frozenAt={frozenAtOf(freshness)} onOpen={onOpen} />;
};

const route = getRouteApi("/live");

export const LiveCallsPage = () => {
  const view = useLive((whole) => whole);
  const retry = useRetryLive();
  const { call: openId = null } = route.useSearch();
  const navigate = route.useNavigate();
  const open = useCallback(
    // Going from one to the next is one step back, not twenty.
    (callId: string | null) => void navigate({ search: { call: callId ?? undefined }, replace: openId !== null }),
    [navigate, openId],
  );
  const close = useCallback(() => open(null), [open]);
  // Fetched before the first call needs it.
  usePhoneFormat();
  const live = liveOf(view.calls);
  const frozenAt = frozenAtOf(view.freshness);

  return (
    <>
      <Head live={live} freshness={view.freshness} />
      {view.delayed && (
        <div className="mb-4">
          <Notice tone="ring">Live data is delayed: the live store does not answer. Calls are still being routed.</Notice>
        </div>
      )}
      <div className={`grid items-start gap-4 ${openId === null ? "" : "min-[1180px]:grid-cols-[minmax(0,1fr)_372px]"}`}>
        <section aria-label="Calls" aria-busy={view.calls === null} className="overflow-clip rounded-lg border border-line bg-panel">
          <Calls view={view} openId={openId} onOpen={open} onRetry={retry} />
        </section>
        {openId !== null && (
          <CallDrawer
            key={openId}
            callId={openId}
            call={view.calls?.find((call) => call.id === openId) ?? null}
            frozenAt={frozenAt}
            onClose={close}
          />
        )}
      </div>
    </>
  );
};
