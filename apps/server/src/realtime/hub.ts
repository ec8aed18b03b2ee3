/**
 * Shows the journal to consoles: one reader per process, running while somebody watches, and one outbox per subscriber. A
 * subscriber that names an event gets all after it from the stream itself, then what the reader brings, each once and in order.
 */
import type { JournalReader } from "@switchboard/execution/journal";
import { LiveInterrupted, ResyncNeeded } from "@switchboard/api/live-errors";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import type { TenantId } from "@switchboard/routing/ids";
import type { JournalEntry } from "@switchboard/routing/journal-event";
import type { Logger } from "../logger.ts";
import { createFollower } from "./follower.ts";
import { compareJournalIds, journaledAt } from "./journal-id.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import type { Tell } from "./tell.ts";

export type HubDeps = {
  /** Blocks: on a connection of its own. */
  reader: JournalReader;
  /** For what was missed and for positions; must not wait behind `reader`. */
  replays: JournalReader;
  partitions: readonly number[];
  partitionOf: (tenant: TenantId) => number;
  tell: Tell;
  /** Entries younger than this are still in the stream. */
  keptMs: number;
  logger: Logger;
};

export type Hub = {
  /** Live events after `afterId` (null: from now on) until `signal` aborts. Throws `ResyncNeeded` as its name says. */
  subscribe: (tenant: TenantId, afterId: string | null, signal: AbortSignal) => AsyncIterable<LiveEvent>;
  subscribers: () => number;
  stop: () => Promise<void>;
};

const pageSize = 500;
const outboxOptions = { capacity: 1_000, holdMs: 250 };

export const createHub = (deps: HubDeps): Hub => {
  const { replays, partitionOf, tell } = deps;
  const outboxes = new Map<TenantId, Set<Outbox>>();

  const deliver = (entry: JournalEntry) => {
    const watching = outboxes.get(entry.event.tenantId);
    if (watching === undefined) return;
    const event = tell(entry);
    if (event !== null) for (const outbox of watching) outbox.push(event);
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

  const refuseTooOld = async (partition: number, afterId: string) => {
    if (journaledAt(afterId) >= Date.now() - deps.keptMs) return;
    // Old, and yet the last word: a quiet night.
    if (compareJournalIds(afterId, await asked(replays.lastId(partition))) >= 0) return;
    throw new ResyncNeeded("What happened since is no longer kept. Take a new snapshot.");
  };

  /** An answer of the journal's, or words for the subscriber that there is none. */
  const asked = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } catch (error) {
      throw new LiveInterrupted("Live events are not available at the moment.", { cause: error });
    }
  };

  const readPage = (partition: number, afterId: string) =>
    asked(replays.read(new Map([[partition, afterId]]), { blockMs: 1, count: pageSize }));

  const toldOf = (entries: JournalEntry[], tenant: TenantId): LiveEvent[] =>
    entries.flatMap((entry) => (entry.event.tenantId === tenant ? (tell(entry) ?? []) : []));

  async function* events(tenant: TenantId, afterId: string | null, signal: AbortSignal): AsyncIterable<LiveEvent> {
    const partition = partitionOf(tenant);
    let cursor = afterId ?? (await asked(replays.lastId(partition)));
    await refuseTooOld(partition, cursor);
    // Most of a long absence is read before listening, so that what comes meanwhile can't fill the outbox.
    for (let isFull = true; isFull && !signal.aborted; ) {
      const page = await readPage(partition, cursor);
      yield* toldOf(page, tenant);
      cursor = page.at(-1)?.id ?? cursor;
      isFull = page.length === pageSize;
    }
    const { outbox, detach } = attach(tenant);
    try {
      // The reader brings all that lies behind `until`; what is before it is still to be read here.
      const until = await asked(follower.position(partition));
      while (!signal.aborted && compareJournalIds(cursor, until) < 0) {
        const page = await readPage(partition, cursor);
        yield* toldOf(page, tenant);
        cursor = page.at(-1)?.id ?? until;
      }
      while (!signal.aborted) {
        for (const event of await outbox.take(signal)) if (compareJournalIds(event.id, cursor) > 0) yield event;
      }
    } finally {
      detach();
    }
  }

  async function* subscribe(tenant: TenantId, afterId: string | null, signal: AbortSignal): AsyncIterable<LiveEvent> {
    const leave = follower.arrive();
    try {
      yield* events(tenant, afterId, signal);
    } finally {
      leave();
    }
  }

  return { subscribe, subscribers: follower.watchers, stop: follower.stop };
};
