/** Carries erasures out: MySQL's tables, what Redis remembers, files put aside; and waits for what can't be rewritten to run out. */
import type { OpenErasure } from "@switchboard/control/erasure-work";
import type { EraseStates } from "@switchboard/execution/erase-states";
import type { JournalReader } from "@switchboard/execution/journal";
import type { JobLock } from "@switchboard/execution/lock";
import type { TenantId } from "@switchboard/routing/ids";
import type { Logger } from "../logger.ts";
import { type Job, keepTrying } from "./keep-trying.ts";

export type ErasureJobDeps = {
  lock: JobLock;
  open: () => Promise<OpenErasure[]>;
  /** Goes through MySQL; what it leaves waits. */
  eraseFromDatabase: (erasure: OpenErasure, part: { partition: number; lastJournalMs: number; signal: AbortSignal }) => Promise<void>;
  eraseStates: EraseStates;
  erasedText: string;
  /** Of this machine; answers how many files were changed. */
  scrubFiles: (erasure: OpenErasure) => number;
  /** Lines of this process that Redis does not have yet. */
  linesPending: () => boolean;
  count: (erasure: OpenErasure, changed: Record<string, number>) => Promise<void>;
  tell: (erasure: OpenErasure, waitsFor: string) => Promise<void>;
  /** Whether files of exports from before still lie somewhere. */
  exportsLeft: (erasure: OpenErasure) => Promise<boolean>;
  /** False when something late has come in the meantime. */
  finish: (erasure: OpenErasure) => Promise<boolean>;
  forgetGuards: () => Promise<void>;
  /** Appends a word behind which what lies before it can be trimmed: the last one always stays. */
  markJournal: (tenantId: TenantId) => Promise<void>;
  reader: Pick<JournalReader, "firstId" | "lastId">;
  partitionOf: (tenantId: TenantId) => number;
  logger: Logger;
};

const everyMs = 2_000;
const lockTtlMs = 10_000;

const millisecondsOf = (id: string): number => Number(id.split("-")[0]);

/** Each step may be done twice at once or anew: a number that is gone is not found again. The lock spares the stores. */
export const startErasureJob = (deps: ErasureJobDeps): Job =>
  keepTrying("erasures", everyMs, deps.logger, async (stopping) => {
    const open = await deps.open();
    if (open.length === 0) return;
    // Files are each machine's own, so every process looks at its own.
    for (const erasure of open) await deps.count(erasure, { localFiles: deps.scrubFiles(erasure) });
    await deps.lock.withLock("erasures", lockTtlMs, async (_fence, lost) => {
      const signal = AbortSignal.any([stopping, lost]);
      for (const erasure of await deps.open()) {
        if (signal.aborted) return;
        await (erasure.status === "running" ? goThrough(deps, erasure, signal) : settle(deps, erasure, signal));
      }
      await deps.forgetGuards();
    });
  });

async function goThrough(deps: ErasureJobDeps, erasure: OpenErasure, signal: AbortSignal): Promise<void> {
  const partition = deps.partitionOf(erasure.tenantId);
  const lastJournalMs = millisecondsOf(await deps.reader.lastId(partition));
  await deps.eraseFromDatabase(erasure, { partition, lastJournalMs, signal });
  if (!signal.aborted) await eraseFromRedis(deps, erasure, signal);
}

async function eraseFromRedis(deps: ErasureJobDeps, erasure: OpenErasure, signal: AbortSignal): Promise<number> {
  const { isErased, tenantId } = erasure;
  const { changed, left } = await deps.eraseStates(tenantId, { isErased, erasedText: deps.erasedText, signal });
  await deps.count(erasure, { callStates: changed });
  return left;
}

/** What can't be rewritten is waited for: entries of the journal, which consoles resume from, and decisions of calls on the line. */
async function settle(deps: ErasureJobDeps, erasure: OpenErasure, signal: AbortSignal): Promise<void> {
  const { logger, tell, reader, partitionOf } = deps;
  const partition = partitionOf(erasure.tenantId);
  if (millisecondsOf(await reader.lastId(partition)) <= erasure.lateAtMs) await deps.markJournal(erasure.tenantId);
  const oldest = await reader.firstId(partition);
  if (oldest !== "0-0" && millisecondsOf(oldest) <= erasure.lateAtMs)
    return tell(erasure, "The live store keeps what has just happened for ten minutes, for those who watch; then it is gone there too.");
  if (await deps.exportsLeft(erasure)) return tell(erasure, "Exports of before are withdrawn; their files are being removed.");
  if (deps.linesPending()) return tell(erasure, "Events of an outage are still to be merged; they are stored without the number.");
  if ((await eraseFromRedis(deps, erasure, signal)) > 0)
    return tell(erasure, "A call on the line was sent to this number; what was decided for it is kept until it ends.");
  if (signal.aborted) return;
  if (await deps.finish(erasure)) logger.info({ event: "number_erased", tenant: erasure.tenantId, erasure: erasure.id });
}
