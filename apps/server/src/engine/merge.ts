/** Brings what was decided and accepted locally into Redis, each line once, in its order, then forgets it. */
import type { AdvanceRequest } from "@switchboard/execution/advance";
import type { LocalDecision } from "@switchboard/execution/supersede";
import type { Logger } from "../logger.ts";
import type { LocalJournal } from "./local-journal.ts";
import type { LocalLine, LocalStep } from "./local-line.ts";
import type { LocalMemory } from "./local-memory.ts";

export type MergeDeps = {
  journal: LocalJournal<LocalLine>;
  memory: LocalMemory;
  adopt: (local: LocalDecision) => Promise<{ kind: string }>;
  advance: (report: AdvanceRequest) => Promise<{ kind: string }>;
  logger: Logger;
};

const localDecision = ({ request, decision, decidedAt }: LocalStep): LocalDecision => {
  const { tenantId, callId, step, facts, webhook, ended, endedEvidence } = request;
  return { tenantId, callId, step, facts, webhook, ended, endedEvidence, decision, at: decidedAt };
};

/** Lines in flight at once; order matters only within a call, and a call's lines merge to the same state in any order. */
const batch = 64;

/**
 * The script failed on this very line, and would again for ever. A Redis that can't write now says so in other words (READONLY,
 * OOM, LOADING, MISCONF), and one that is away raises no answer at all.
 */
const isRefusal = (error: unknown): boolean => error instanceof Error && error.name === "ReplyError" && error.message.startsWith("ERR ");

export const createMerge = ({ journal, memory, adopt, advance, logger }: MergeDeps) => {
  let running: Promise<void> | null = null;

  const send = async (line: LocalLine): Promise<void> => {
    const { kind } = line.kind === "step" ? await adopt(localDecision(line)) : await advance(line.accepted);
    if (kind === "no_epoch") throw new Error("the partition's figures are not rebuilt yet");
  };

  const replay = async (line: LocalLine): Promise<void> => {
    try {
      await send(line);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const call = line.kind === "step" ? line.request.callId : line.accepted.callId;
      logger.error({ event: "local_line_refused", call, err: error }, "set aside in the local journal's folder");
      journal.setAside(line);
    }
  };

  const merge = async () => {
    const files = journal.collect();
    let merged = 0;
    for (const file of files) {
      const { lines, unreadable } = journal.read(file);
      for (let start = 0; start < lines.length; start += batch) {
        await Promise.all(lines.slice(start, start + batch).map(replay));
      }
      merged += lines.length;
      journal.done(file, unreadable);
    }
    // Lines that came while we merged are in a new file; what they say must stay in memory.
    if (!journal.pending()) memory.clear();
    if (merged > 0) logger.info({ event: "local_merged", lines: merged, files: files.length }, "local decisions merged");
  };

  /** One at a time in a process; rejects when Redis doesn't take it, and nothing is lost then. */
  return async (): Promise<void> => {
    running ??= merge().finally(() => {
      running = null;
    });
    return running;
  };
};
