/**
 * Shows the journal to consoles: one reader per process, running while somebody watches, and one outbox per subscriber. A
 * subscriber that names an event gets all after it, then what the reader brings, each once and in order.
 */
import type { ReadArchive } from "@switchboard/control/journal-archive";
import type { JournalReader } from "@switchboard/execution/journal";
import { LiveInterrupted } from "@switchboard/api/live-errors";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import type { TenantId } from "@switchboard/routing/ids";
import type { JournalEntry } from "@switchboard/routing/journal-event";
import { type WatchedEntry, watchedOf } from "@switchboard/routing/watched-event";
import type { Logger } from "../logger.ts";
import { createFollower } from "./follower.ts";
import { compareJournalIds } from "./journal-id.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { asked, createReplay } from "./replay.ts";
import type { Tell } from "./tell.ts";

export type HubDeps = {
  /** Blocks: on a connection of its own. */
  reader: JournalReader;
  /** For what was missed and for positions; must not wait behind `reader`. */
  replays: JournalReader;
  archive: ReadArchive;
  partitions: readonly number[];
  partitionOf: (tenant: TenantId) => number;
  tell: Tell;
  /** Events younger than this can be resumed after. */
  keptMs: number;
  logger: Logger;
};

export type Hub = {
  /** Where a subscription begins that names an event, or none. Throws `ResyncNeeded` for one that is too old. */
  begin: (tenant: TenantId, afterId: string | null) => Promise<string>;
  /** Live events after `afterId` until `signal` aborts. Throws `ResyncNeeded` as its name says. */
  subscribe: (tenant: TenantId, afterId: string, signal: AbortSignal) => AsyncIterable<LiveEvent>;
  subscribers: () => number;
  stop: () => Promise<void>;
};

const outboxOptions = { capacity: 1_000, holdMs: 250 };

export const createHub = (deps: HubDeps): Hub => {
  const { replays, archive, partitionOf, tell, keptMs } = deps;
  const outboxes = new Map<TenantId, Set<Outbox>>();
  const replay = createReplay({ journal: replays, archive, partitionOf, keptMs });

  const deliver = (entry: JournalEntry): number => {
    const watching = outboxes.get(entry.event.tenantId);
    const watched = watching && watchedOf(entry);
    const event = watched && tell(watched);
    if (!event) return 0;
    for (const outbox of watching) outbox.push(event);
    return watching.size;
  };
  const lost = (cause: unknown) => {
    const error = new LiveInterrupted("Live events are not available at the moment.", { cause });
    for (const watching of outboxes.values()) for (const outbox of watching) outbox.fail(error);
  };
  const follower = createFollower({ ...deps, deliver, lost });

  const attach = (tenant: TenantId): { outbox: Outbox; detach: () => void } => {
    const outbox = createOutbox(outboxOptions);
    const watching = outboxes.get(tenant) ?? new Set();
    outboxes.set(tenant, watching.add(outbox));
    const detach = () => {
      watching.delete(outbox);
      if (watching.size === 0) outboxes.delete(tenant);
    };
    return { outbox, detach };
  };

  const toldOf = (entries: readonly WatchedEntry[]): LiveEvent[] => entries.flatMap((entry) => tell(entry) ?? []);

  async function* events(tenant: TenantId, afterId: string, signal: AbortSignal): AsyncIterable<LiveEvent> {
    let cursor = await replay.begin(tenant, afterId);
    // Most of a long absence is read before listening, so that what comes meanwhile can't fill the outbox.
    for (let isLast = false; !isLast && !signal.aborted; ) {
      const page = await replay.page(tenant, cursor);
      yield* toldOf(page.entries);
      ({ next: cursor, isLast } = page);
    }
    const { outbox, detach } = attach(tenant);
    try {
      // The reader brings all that lies behind `until`; what is before it is still to be read here.
      const until = await asked(follower.position(partitionOf(tenant)));
      while (!signal.aborted && compareJournalIds(cursor, until) < 0) {
        const page = await replay.page(tenant, cursor);
        yield* toldOf(page.entries);
        cursor = page.isLast && compareJournalIds(page.next, until) < 0 ? until : page.next;
      }
      while (!signal.aborted) {
        for (const event of await outbox.take(signal)) if (compareJournalIds(event.id, cursor) > 0) yield event;
      }
    } finally {
      detach();
    }
  }

  async function* subscribe(tenant: TenantId, afterId: string, signal: AbortSignal): AsyncIterable<LiveEvent> {
    const leave = follower.arrive();
    try {
      yield* events(tenant, afterId, signal);
    } finally {
      leave();
    }
  }

  return { begin: replay.begin, subscribe, subscribers: follower.watchers, stop: follower.stop };
};
