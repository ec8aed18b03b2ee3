/** Who decides a step: Redis while it is there, else this process alone, so that every call gets an answer. */
import type { AdvanceRequest } from "@switchboard/execution/advance";
import type { ClaimOutcome, ClaimRequest } from "@switchboard/routing/claim";
import { decideLocally } from "@switchboard/routing/local-choice";
import type { Logger } from "../logger.ts";
import type { Decided } from "../webhook/render-answer.ts";
import type { Breaker } from "./breaker.ts";
import type { ClaimGate } from "./claim-gate.ts";
import { createGivenDecisions, type Given } from "./given-decisions.ts";
import type { LocalJournal } from "./local-journal.ts";
import type { LocalLine } from "./local-line.ts";
import type { LocalMemory } from "./local-memory.ts";

export type DeciderDeps = {
  claim: (request: ClaimRequest) => Promise<ClaimOutcome>;
  advance: (report: AdvanceRequest) => Promise<{ kind: "applied" | "created" | "shed" | "no_epoch" }>;
  breaker: Pick<Breaker, "closed" | "claimFailed" | "figuresLost">;
  gate: ClaimGate;
  memory: LocalMemory;
  journal: LocalJournal<LocalLine>;
  now: () => number;
  logger: Logger;
};

export const createDecider = ({ claim, advance, breaker, gate, memory, journal, now, logger }: DeciderDeps) => {
  const given = createGivenDecisions();

  const keep = (request: ClaimRequest, decided: Decided) => {
    const { decision, decidedAt } = decided;
    // On disk before the answer; a disk that refuses must not cost the call.
    try {
      journal.append({ kind: "step", request: { ...request, chain: [] }, decision, decidedAt });
    } catch (error) {
      logger.error({ event: "local_journal_failed", call: request.callId, err: error });
    }
    memory.keep(request, decided, now());
  };

  const locally = (request: ClaimRequest): Decided => {
    const before = memory.find(request) ?? given.find(request);
    if (before) return before;
    if (request.ended) memory.release(request.callId);
    const at = now();
    const decision = decideLocally(request, memory.active, at);
    const first = decision.kind === "agent" && decision.attempt === 1;
    const decided: Decided = {
      decision,
      decidedAt: at,
      targetStartedAt: decision.kind !== "agent" ? null : first ? at : request.progress.startedAt,
      ruleId: request.facts.ruleId,
      degraded: true,
    };
    keep(request, decided);
    return decided;
  };

  const askRedis = async (request: ClaimRequest, keepIn: Given): Promise<Decided> => {
    // Decided here and not merged yet: Redis would choose anew.
    const before = memory.find(request);
    if (before) return before;
    if (!breaker.closed()) return locally(request);
    try {
      const outcome = await gate.run(request.tenantId, () => claim(request));
      if (outcome?.kind === "decided") {
        const { decision, decidedAt, targetStartedAt, ruleId } = outcome;
        keepIn.decided = { decision, decidedAt, targetStartedAt, ruleId, degraded: false };
        return keepIn.decided;
      }
      if (outcome?.kind === "no_epoch") breaker.figuresLost();
    } catch (error) {
      logger.warn({ event: "claim_failed", call: request.callId, err: error });
      breaker.claimFailed(now(), error);
    }
    return locally(request);
  };

  const decideAnew = async (request: ClaimRequest, keepIn: Given): Promise<Decided> => {
    try {
      return await askRedis(request, keepIn);
    } finally {
      given.close(request, keepIn);
    }
  };

  return {
    decide: (request: ClaimRequest): Promise<Decided> => {
      const known = given.open(request, now());
      known.underWay ??= decideAnew(request, known);
      return known.underWay;
    },

    /** Remembers a decision that was taken elsewhere than in Redis (our own fault, say). */
    keep,

    /** Resolves once the report is in Redis or on the disk. */
    accept: async (accepted: AdvanceRequest): Promise<void> => {
      if (breaker.closed()) {
        try {
          const { kind } = await advance(accepted);
          if (kind !== "no_epoch") return;
          breaker.figuresLost();
        } catch (error) {
          breaker.claimFailed(now(), error);
        }
      }
      if (accepted.callId !== null && accepted.report.evidence?.rank === 4) memory.release(accepted.callId);
      journal.append({ kind: "report", accepted });
      await journal.synced();
    },
  };
};
