/** Places test calls: answers at once, plays them beside the rest of the work, and ends those that can't be played to their end. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { PlacedTestCall } from "@switchboard/api/schemas/test-call";
import { tooManyRequests } from "@switchboard/api/too-many-requests";
import { ControlError } from "@switchboard/control/control-error";
import type { AdvanceRequest } from "@switchboard/execution/advance";
import { evidenceOfDisposition } from "@switchboard/routing/evidence";
import type { CallId, TenantId } from "@switchboard/routing/ids";
import type { TestCallInput } from "@switchboard/routing/input/test-call";
import type { Logger } from "../logger.ts";
import type { TenantEntry } from "../plans/tenants.ts";
import { type TestTokens, testTokenSeconds } from "../webhook/test-token.ts";
import type { PlayedCall } from "../webhook/wire-test.ts";
import { createPlatformPart } from "./platform-part.ts";
import { playCourse } from "./play-course.ts";

export type TestCallDeps = {
  tokens: Pick<TestTokens, "mint">;
  entryOf: (tenant: TenantId) => TenantEntry | undefined;
  callIdOf: (tenant: TenantId, session: string) => CallId;
  /** Null while nothing listens. */
  ownAddress: () => string | null;
  /** Ends a call whose play was broken off, past the door. */
  accept: (report: AdvanceRequest) => Promise<void>;
  now: () => number;
  logger: Logger;
};

const mostAtOnce = 5;
/** How long one plays at the most; the token outlives it. */
const longestMs = (testTokenSeconds - 10) * 1_000;
/** About when the next will have ended. */
const retryMs = 5_000;
const longestWords = 64;

type Placed = { tenantId: TenantId; callId: CallId; call: PlayedCall; startedAt: number };

export type TestCalls = ReturnType<typeof createTestCalls>;

export const createTestCalls = (deps: TestCallDeps) => {
  const { now, logger } = deps;
  const running = new Map<TenantId, Set<Promise<void>>>();
  const stopping = new AbortController();

  /** Nothing more will be said of it: so that it doesn't stand on the board until the sweep. */
  const giveUp = async ({ tenantId, callId, call, startedAt }: Placed, error: unknown) => {
    const at = now();
    const cause = stopping.signal.aborted ? "this server stops" : error instanceof Error ? error.message : String(error);
    const word = `test broken off: ${cause}`.slice(0, longestWords);
    logger.warn({ event: "test_call_broken_off", tenant: tenantId, call: callId, cause });
    const { session, from, to } = call;
    await deps.accept({
      tenantId,
      callId,
      facts: { session, direction: "inbound", from, to, sipCallIds: [], ruleId: null, receivedAt: startedAt, test: true },
      report: {
        ...{ source: "cdr", word, evidence: evidenceOfDisposition("FAILED", at, 0), dedupe: `test ${session}` },
        ...{ occurredAt: at, answeredAt: null, endedAt: at, billSeconds: 0 },
      },
      webhook: { kind: "cdr", receivedAt: at, fields: { session, disposition: word } },
    });
  };

  const play = async (placed: Placed, { keys: [key] }: TenantEntry, baseUrl: string, course: TestCallInput["course"]) => {
    const { tenantId, callId, call, startedAt } = placed;
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(longestMs)]);
    const token = deps.tokens.mint({ tenantId, session: call.session }, startedAt);
    const platform = createPlatformPart({ call, token, baseUrl, tenantKey: key?.value ?? "", startedAt, now, signal });
    const pause = (milliseconds: number) => wait(milliseconds, undefined, { signal, ref: false });
    try {
      await playCourse({ platform, course, pause, now });
    } catch (error) {
      await giveUp(placed, error).catch((failure: unknown) => logger.error({ event: "test_call_left", call: callId, err: failure }));
    }
  };

  const begin = (placed: Placed, playing: Promise<void>) => {
    const own = running.get(placed.tenantId) ?? new Set();
    running.set(placed.tenantId, own.add(playing));
    void playing.finally(() => {
      own.delete(playing);
      if (own.size === 0) running.delete(placed.tenantId);
    });
  };

  return {
    /** Throws ControlError `unavailable`, and TRPCError `TOO_MANY_REQUESTS` while as many are played as may be. */
    place: (tenantId: TenantId, { from, to, course }: TestCallInput): PlacedTestCall => {
      const entry = deps.entryOf(tenantId);
      const baseUrl = stopping.signal.aborted ? null : deps.ownAddress();
      if (!entry || baseUrl === null)
        throw new ControlError("unavailable", "No test call can be placed now. Please try again in a moment.");
      if ((running.get(tenantId)?.size ?? 0) >= mostAtOnce)
        throw tooManyRequests(`At most ${mostAtOnce} test calls are played at the same time.`, retryMs);
      const session = `test-${randomUUID()}`;
      const { domain } = entry.plan.tenant;
      const callId = deps.callIdOf(tenantId, session);
      const placed: Placed = { tenantId, callId, call: { session, from: from || "anonymous", to, domain }, startedAt: now() };
      begin(placed, play(placed, entry, baseUrl, course));
      return { callId, session };
    },
    /** Ends what is played; resolves when all of it has ended. */
    stop: async () => {
      stopping.abort();
      await Promise.all([...running.values()].flatMap((own) => [...own]));
    },
  };
};
