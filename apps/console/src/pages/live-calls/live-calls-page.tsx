/** The calls on the line, as they are now. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { canBeActedOn } from "../../call-actions/call-actions.tsx";
import { CallMeButton } from "../../call-actions/call-me-button.tsx";
import { SelectionBar } from "../../call-actions/selection-bar.tsx";
import { useHangingUp } from "../../call-actions/use-hanging-up.ts";
import { NoResults } from "../../components/list-states.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { countPhases, filterCalls, type Phase } from "../../live/filter-calls.ts";
import { PauseButton } from "../../live/pause-button.tsx";
import { PhaseFilter } from "../../live/phase-filter.tsx";
import { usePause } from "../../live/use-pause.ts";
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
import { useIsAdmin } from "../../session/use-role.ts";
import { TestCallButton } from "../../test-call/test-call-button.tsx";
import { BackToStart } from "./back-to-start.tsx";

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
    <CallMeButton />
    <TestCallButton />
  </PageHead>
);

/** Which calls are picked, and how hanging up goes; those that have left the board are picked no more. */
const usePicking = (calls: readonly LiveCall[]) => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const { states, hangUp } = useHangingUp();
  const isAdmin = useIsAdmin();
  const pick = useCallback((id: string, isPicked: boolean) => {
    setIds((before) => new Set(isPicked ? [...before, id] : [...before].filter((each) => each !== id)));
  }, []);
  const picked = calls.filter((call) => ids.has(call.id) && canBeActedOn(call)).map(({ id }) => id);
  return {
    picked,
    states,
    hangUp: (some: readonly string[]) => void hangUp(some),
    pick: isAdmin ? pick : null,
    clear: () => setIds(new Set()),
  };
};

type CallsProps = {
  picking: ReturnType<typeof usePicking>;
  calls: readonly LiveCall[];
  shown: readonly LiveCall[];
  delayed: boolean;
  openId: string | null;
  frozenAt: number | null;
};
type CallsActions = { onOpen: (callId: string) => void; onClear: () => void };

const Calls = ({ calls, shown, delayed, openId, frozenAt, picking, onOpen, onClear }: CallsProps & CallsActions) => {
  if (calls.length === 0) return delayed ? <NothingToShow /> : <NothingYet />;
  if (shown.length === 0) return <NoResults onClear={onClear} />;
  return <CallList calls={shown} openId={openId} frozenAt={frozenAt} picking={picking} onOpen={onOpen} />;
};

const route = getRouteApi("/live");

/** What is open and what is filtered stand in the address. */
const useLiveSearch = () => {
  const { call: openId = null, q: text = "", phase = null, start: isFromStart = false } = route.useSearch();
  const navigate = route.useNavigate();
  const open = useCallback(
    // Going from one to the next is one step back, not twenty.
    (callId: string | null) => void navigate({ search: (search) => ({ ...search, call: callId ?? undefined }), replace: openId !== null }),
    [navigate, openId],
  );
  const search = useCallback((q: string) => void navigate({ search: (before) => ({ ...before, q }), replace: true }), [navigate]);
  const choose = (next: Phase | null) => void navigate({ search: (before) => ({ ...before, phase: next ?? undefined }), replace: true });
  const clear = () => void navigate({ search: ({ call }) => ({ call }), replace: true });
  return { openId, text, phase, isFromStart, open, close: useCallback(() => open(null), [open]), search, choose, clear };
};

type Address = ReturnType<typeof useLiveSearch>;
type Pausing = ReturnType<typeof usePause>;

const Tools = ({ calls, address, pausing }: { calls: readonly LiveCall[]; address: Address; pausing: Pausing }) => (
  <div className="mb-3 flex flex-wrap items-center gap-2">
    <SearchField label="Number, agent, group or rule" value={address.text} onSearch={address.search} />
    <PhaseFilter counts={countPhases(calls)} phase={address.phase} onChange={address.choose} />
    <span className="flex-1" />
    <PauseButton isPaused={pausing.pausedAt !== null} waiting={pausing.waiting} onPause={pausing.pause} onResume={pausing.resume} />
  </div>
);

const Board = ({ view, calls, address, pausing }: { view: LiveView; calls: readonly LiveCall[]; address: Address; pausing: Pausing }) => {
  const { openId, open, close } = address;
  const frozenAt = pausing.pausedAt ?? frozenAtOf(view.freshness);
  const shown = filterCalls(calls, address);
  const picking = usePicking(shown);
  const isBeside = openId === null ? "" : "min-[1180px]:grid-cols-[minmax(0,1fr)_372px]";
  return (
    <>
      <Tools calls={calls} address={address} pausing={pausing} />
      <SelectionBar ids={picking.picked} onHangUp={picking.hangUp} onClear={picking.clear} />
      <div className={`grid items-start gap-4 ${isBeside}`}>
        <section aria-label="Calls" className="overflow-clip rounded-lg border border-line bg-panel">
          <Calls {...{ calls, shown, openId, frozenAt, picking }} delayed={view.delayed} onOpen={open} onClear={address.clear} />
        </section>
        {openId !== null && (
          // The details follow the call also while the list is held still.
          <CallDrawer
            key={openId}
            callId={openId}
            call={view.calls?.find((call) => call.id === openId) ?? null}
            frozenAt={frozenAtOf(view.freshness)}
            hangUpState={picking.states.get(openId)}
            onHangUp={picking.hangUp}
            onClose={close}
          />
        )}
      </div>
    </>
  );
};

export const LiveCallsPage = () => {
  const view = useLive((whole) => whole);
  const retry = useRetryLive();
  const address = useLiveSearch();
  const pausing = usePause(view);
  // Fetched before the first call needs it.
  usePhoneFormat();
  return (
    <>
      <Head live={liveOf(view.calls)} freshness={view.freshness} />
      {address.isFromStart && <BackToStart />}
      {view.delayed && (
        <div className="mb-4">
          <Notice tone="ring">Live data is delayed: the live store does not answer. Calls are still being routed.</Notice>
        </div>
      )}
      {pausing.calls === null ? (
        <section aria-label="Calls" aria-busy className="overflow-clip rounded-lg border border-line bg-panel">
          {view.failure === null ? <Loading /> : <Failed failure={view.failure} onRetry={retry} />}
        </section>
      ) : (
        <Board view={view} calls={pausing.calls} address={address} pausing={pausing} />
      )}
    </>
  );
};
