/** Who each session belongs to, remembered for a moment, so that MySQL isn't asked at every request and an end shows within a second. */
import type { Actor } from "@switchboard/api/actor";
import type { UserId } from "@switchboard/routing/ids";
import type { TokenSubject } from "./access-token.ts";

/** The sessions among those asked for that are in force, by id. Throws when the database can't be asked. */
export type LoadSessions = (sessionIds: readonly string[]) => Promise<Map<string, Actor>>;

export type SessionCacheDeps = {
  loadSessions: LoadSessions;
  /** Milliseconds of a clock that only goes forward. */
  now: () => number;
};

const freshMs = 800;
const staleMs = 60_000;
const watchEveryMs = 500;
const remembered = 10_000;

type Known = { actor: Actor | null; readAt: number };
/** `role`: what the watcher is shown was chosen for it. */
type Watched = Pick<Actor, "sessionId" | "role">;
type Watch = Watched & { end: AbortController };

export const createSessionCache = ({ loadSessions, now }: SessionCacheDeps) => {
  const known = new Map<string, Known>();
  const watches = new Set<Watch>();
  let timer: NodeJS.Timeout | undefined;

  const remember = (sessionId: string, actor: Actor | null) => {
    known.delete(sessionId);
    known.set(sessionId, { actor, readAt: now() });
    const oldest = known.size > remembered ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
  };

  /** While MySQL is away, one that was in force a minute ago still is; about any other nothing can be said. */
  const staleOr = (sessionId: string, error: unknown): Actor => {
    const before = known.get(sessionId);
    if (before?.actor == null || now() - before.readAt > staleMs) throw error;
    return before.actor;
  };

  const read = async (sessionId: string): Promise<Actor | null> => {
    const before = known.get(sessionId);
    if (before !== undefined && now() - before.readAt <= freshMs) return before.actor;
    try {
      const actor = (await loadSessions([sessionId])).get(sessionId) ?? null;
      remember(sessionId, actor);
      return actor;
    } catch (error) {
      return staleOr(sessionId, error);
    }
  };

  /** Null: not (any longer) in force, or not what the token says. */
  const get = async (subject: TokenSubject): Promise<Actor | null> => {
    const actor = await read(subject.sessionId);
    return actor?.tenantId === subject.tenantId ? actor : null;
  };

  const endWatches = (sessionId: string) => {
    for (const watch of watches) if (watch.sessionId === sessionId) watch.end.abort();
  };

  const look = async () => {
    const watched = [...new Set([...watches].map(({ sessionId }) => sessionId))];
    if (watched.length === 0) return;
    try {
      const inForce = await loadSessions(watched);
      for (const sessionId of watched) {
        const actor = inForce.get(sessionId) ?? null;
        remember(sessionId, actor);
        for (const watch of watches) if (watch.sessionId === sessionId && watch.role !== actor?.role) watch.end.abort();
      }
    } catch {
      // MySQL away ends nobody's session; the next look will know.
    }
  };

  const keepLooking = () => {
    timer ??= setTimeout(async () => {
      await look();
      timer = undefined;
      if (watches.size > 0) keepLooking();
    }, watchEveryMs);
  };

  const forget = (isMeant: (sessionId: string, actor: Actor | null) => boolean) => {
    // Not even while MySQL is away is what was in force before an answer any more.
    for (const [sessionId, { actor }] of known)
      if (isMeant(sessionId, actor)) known.set(sessionId, { actor, readAt: Number.NEGATIVE_INFINITY });
  };

  return {
    get,
    /** Ended here, at once; other processes are told, or see it when they look. */
    end: (sessionId: string) => {
      remember(sessionId, null);
      endWatches(sessionId);
    },
    /** Some of this person's sessions have ended: which, MySQL is asked at once. */
    endedOf: (userId: UserId): Promise<void> => {
      forget((_, actor) => actor?.userId === userId);
      return look();
    },
    /** Aborts within a second of the session's end, or of another role. */
    ended: ({ sessionId, role }: Watched, stop: AbortSignal): AbortSignal => {
      const watch: Watch = { sessionId, role, end: new AbortController() };
      watches.add(watch);
      stop.addEventListener("abort", () => watches.delete(watch), { once: true });
      if (stop.aborted) watches.delete(watch);
      keepLooking();
      return watch.end.signal;
    },
    stop: () => {
      clearTimeout(timer);
      watches.clear();
    },
  };
};

export type SessionCache = ReturnType<typeof createSessionCache>;
