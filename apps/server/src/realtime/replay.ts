/**
 * What a subscriber missed, in order: from the stream while it holds everything since, from the archive in MySQL for what was
 * trimmed before. Nobody's clock decides which: a page of the stream counts only when nothing archived lies before it.
 */
import type { ReadArchive } from "@switchboard/control/journal-archive";
import type { JournalReader } from "@switchboard/execution/journal";
import { LiveInterrupted, ResyncNeeded } from "@switchboard/api/live-errors";
import type { TenantId } from "@switchboard/routing/ids";
import type { JournalEntry } from "@switchboard/routing/journal-event";
import { type WatchedEntry, watchedOf } from "@switchboard/routing/watched-event";
import { compareJournalIds, journaledAt, placeBehind } from "./journal-id.ts";

export type ReplayDeps = {
  /** Must not wait behind a reader that blocks. */
  journal: JournalReader;
  archive: ReadArchive;
  partitionOf: (tenant: TenantId) => number;
  /** Events younger than this are still to be had. */
  keptMs: number;
};

/** `next`: where to read on; `isLast`: the journal held no more. */
export type ReplayPage = { entries: WatchedEntry[]; next: string; isLast: boolean };

const pageSize = 500;
/** Whoever came in time may take this much longer to read than what he came for is promised. */
const readingMs = 300_000;

const gone = () => new ResyncNeeded("What happened since is no longer kept. Take a new snapshot.");

/** An answer of a store's, or words for the subscriber that there is none. */
export const asked = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
  try {
    return await answer;
  } catch (error) {
    throw new LiveInterrupted("Live events are not available at the moment.", { cause: error });
  }
};

export const createReplay = ({ journal, archive, partitionOf, keptMs }: ReplayDeps) => {
  const pageOf = (found: JournalEntry[], tenant: TenantId, afterId: string): ReplayPage => ({
    entries: found.flatMap((entry) => (entry.event.tenantId === tenant ? (watchedOf(entry) ?? []) : [])),
    next: found.at(-1)?.id ?? afterId,
    isLast: found.length < pageSize,
  });

  /** What was trimmed between `afterId` and the first entry found; null when nothing was. */
  const archived = async (tenant: TenantId, afterId: string, beforeId: string | undefined): Promise<ReplayPage | null> => {
    if (journaledAt(afterId) < Date.now() - keptMs - readingMs) throw gone();
    const entries = await asked(archive(tenant, afterId));
    const missing = beforeId === undefined ? entries : entries.filter(({ id }) => compareJournalIds(id, beforeId) < 0);
    const last = missing.at(-1);
    return last === undefined ? null : { entries: missing, next: last.id, isLast: false };
  };

  return {
    /** Throws `ResyncNeeded` for an event that is too old, `LiveInterrupted` when a store is away. */
    begin: async (tenant: TenantId, afterId: string | null): Promise<string> => {
      const lastId = () => asked(journal.lastId(partitionOf(tenant)));
      if (afterId === null) return placeBehind(await lastId());
      // Old, and yet the last word: a quiet night.
      const isOld = journaledAt(afterId) < Date.now() - keptMs;
      if (isOld && compareJournalIds(afterId, await lastId()) < 0) throw gone();
      return afterId;
    },
    /** Throws as `begin` does. */
    page: async (tenant: TenantId, afterId: string): Promise<ReplayPage> => {
      const partition = partitionOf(tenant);
      const found = await asked(journal.read(new Map([[partition, afterId]]), { blockMs: 1, count: pageSize }));
      // Asked behind the page: what is trimmed by then has been archived before.
      const oldest = await asked(journal.firstId(partition));
      const isWhole = oldest !== "0-0" && compareJournalIds(oldest, afterId) <= 0;
      const missing = isWhole ? null : await archived(tenant, afterId, found[0]?.id);
      return missing ?? pageOf(found, tenant, afterId);
    },
  };
};

export type Replay = ReturnType<typeof createReplay>;
