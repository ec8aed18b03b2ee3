/** Says how far the list can be believed, as soon as that changes. */
import { Badge } from "../components/badge.tsx";
import { formatClock } from "../format/time.ts";
import type { Freshness } from "./freshness.ts";

const Word = ({ freshness }: { freshness: Freshness }) => {
  switch (freshness.kind) {
    case "connecting":
      return <Badge tone="idle">Connecting</Badge>;
    case "live":
      return <Badge tone="ok">Live</Badge>;
    case "reconnecting":
      return <Badge tone="ring">Reconnecting</Badge>;
    case "stale":
      return (
        <Badge tone="bad">
          Stale since <span className="num">{formatClock(freshness.since)}</span>
        </Badge>
      );
  }
};

export const FreshnessBadge = ({ freshness }: { freshness: Freshness }) => (
  <span role="status">
    <Word freshness={freshness} />
  </span>
);
