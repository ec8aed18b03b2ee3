/** How far what is shown can be believed: live, lost a moment ago, or stale since a time it names. */
export type Freshness =
  | { kind: "connecting" }
  | { kind: "live" }
  /** `since`: when the connection was lost, milliseconds since the epoch. */
  | { kind: "reconnecting"; since: number }
  | { kind: "stale"; since: number };

const staleAfterMs = 5_000;

export const createFreshness = (show: (freshness: Freshness) => void) => {
  let lostAt: number | null = null;
  let everLive = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    connected: () => {
      clearTimeout(timer);
      lostAt = null;
      everLive = true;
      show({ kind: "live" });
    },
    disconnected: () => {
      if (!everLive || lostAt !== null) return;
      const since = Date.now();
      lostAt = since;
      show({ kind: "reconnecting", since });
      timer = setTimeout(() => show({ kind: "stale", since }), staleAfterMs);
    },
    stop: () => clearTimeout(timer),
  };
};
