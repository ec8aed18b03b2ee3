/** Holds live calls against the platform's sessions: what the platform no longer names, twice in a row, is over. */
import type { LiveCall, ReadLiveCalls } from "@switchboard/execution/live-calls";
import type { Fence } from "@switchboard/execution/lock";
import type { Reconcile } from "@switchboard/execution/reconcile";
import { sessionWords, wordLetters } from "@switchboard/routing/cloudonix-words";
import type { TenantId } from "@switchboard/routing/ids";
import type { PlatformSession } from "@switchboard/cloudonix/shapes";
import type { OpenDomain } from "../cloudonix/open-domain.ts";
import type { Logger } from "../logger.ts";

export type ReconcileRoundDeps = {
  readConnected: () => Promise<TenantId[]>;
  readLiveCalls: ReadLiveCalls;
  reconcile: Reconcile;
  openDomain: OpenDomain;
  now: () => number;
  logger: Logger;
};

/** What a round found. `missing`: live here, not there; `unknown`: in progress there, not here; `unasked`: tenants without an answer. */
export type Drift = { missing: number; unknown: number; givenUp: number; unasked: number };

/** A session so young may not be listed yet. */
const youngestMs = 30_000;
/** Of one tenant in one round: what is left waits for the next. */
const mostMissing = 5_000;

/** A word that ends a session, or an end: without either it goes on, whatever the word. */
const isInProgress = ({ status, endedAt }: PlatformSession): boolean => {
  const moves = sessionWords.get(wordLetters(status ?? ""))?.moves;
  return endedAt === null && moves !== "end" && moves !== "final";
};

/** An older platform names calls by their SIP Call-ID, of which its list of sessions says nothing; of a test call it never heard. */
const couldBeNamed = ({ facts, startedAt }: LiveCall, nowMs: number): boolean =>
  !facts.test && !facts.session.includes("@") && startedAt <= nowMs - youngestMs;

const nothing: Drift = { missing: 0, unknown: 0, givenUp: 0, unasked: 0 };

export const createReconcileRound = ({ readConnected, readLiveCalls, reconcile, openDomain, now, logger }: ReconcileRoundDeps) => {
  const ofTenant = async (tenantId: TenantId, fence: Fence): Promise<Drift> => {
    const { calls } = await readLiveCalls(tenantId);
    const judged = calls.filter((call) => couldBeNamed(call, now()));
    if (judged.length === 0) return nothing;
    const { client } = await openDomain(tenantId, { urgency: "job" });
    const sessions = (await client?.sessions()) ?? null;
    if (!sessions?.ok) {
      logger.warn({ event: "not_reconciled", tenant: tenantId, cause: sessions?.failure.kind ?? "no_key" });
      return { ...nothing, unasked: 1 };
    }
    const named = new Set(sessions.value.filter(isInProgress).map(({ token }) => token));
    const known = new Set(calls.map(({ facts }) => facts.session));
    const missing = judged.filter(({ facts }) => !named.has(facts.session)).slice(0, mostMissing);
    const outcome = await reconcile(
      tenantId,
      missing.map(({ callId }) => callId),
      fence,
    );
    const givenUp = outcome.kind === "done" ? outcome.givenUp : 0;
    if (givenUp > 0) logger.info({ event: "reconciled", tenant: tenantId, givenUp });
    return { ...nothing, missing: missing.length, unknown: [...named].filter((token) => !known.has(token)).length, givenUp };
  };

  /** One tenant after the other; one that fails is left for the next round. */
  return async (fence: Fence, signal: AbortSignal): Promise<Drift> => {
    const sum = { ...nothing };
    for (const tenantId of await readConnected()) {
      if (signal.aborted) break;
      const drift = await ofTenant(tenantId, fence).catch((error: unknown) => {
        logger.warn({ event: "not_reconciled", tenant: tenantId, err: error });
        return { ...nothing, unasked: 1 };
      });
      for (const key of ["missing", "unknown", "givenUp", "unasked"] as const) sum[key] += drift[key];
    }
    return sum;
  };
};
