/** Says on every page that the live connection has gone, since when, and that it is being tried again. */
import { Button } from "../components/button.tsx";
import { formatClock } from "../format/time.ts";
import { useLive, useRetryLive } from "../live/use-live.ts";

export const StaleBanner = () => {
  const since = useLive(({ freshness }) => (freshness.kind === "stale" ? freshness.since : null));
  const retry = useRetryLive();
  return (
    <div role="status">
      {since !== null && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-bad/40 bg-bad-soft px-4 py-1.5 text-bad sm:px-6">
          <p>
            No live connection since <span className="num">{formatClock(since)}</span>. What is shown may be older than it looks; calls are
            routed all the same.
          </p>
          <Button className="min-h-7 py-0" onClick={retry}>
            Try now
          </Button>
        </div>
      )}
    </div>
  );
};
