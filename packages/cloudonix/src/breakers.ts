/** Leaves a domain alone after several questions without a good answer, then tries one: nobody waits for what is known to hang. */
import { type CircuitBreakerPolicy, circuitBreaker, ConsecutiveBreaker, handleWhenResult, isBrokenCircuitError } from "cockatiel";
import { type Answer, failed } from "./answer.ts";

const failuresInARow = 3;
const leftAloneMs = 10_000;
const mostRemembered = 1_000;

export type Breakers = {
  /** Asks, or answers "paused" without asking. */
  guarded<Value>(domain: string, ask: () => Promise<Answer<Value>>): Promise<Answer<Value>>;
  /** Milliseconds for which the domain is still left alone; 0: it may be asked. */
  pausedMs(domain: string): number;
};

type Breaker = { policy: CircuitBreakerPolicy; pausedUntil: number };

export function createBreakers(): Breakers {
  const breakers = new Map<string, Breaker>();
  function breakerOf(domain: string): Breaker {
    const known = breakers.get(domain);
    if (known) return known;
    const policy = circuitBreaker(handleWhenResult(isOutage), {
      breaker: new ConsecutiveBreaker(failuresInARow),
      halfOpenAfter: leftAloneMs,
    });
    const made = { policy, pausedUntil: 0 };
    policy.onBreak(() => {
      made.pausedUntil = performance.now() + leftAloneMs;
    });
    const oldest = breakers.size >= mostRemembered ? breakers.keys().next().value : undefined;
    if (oldest !== undefined) breakers.delete(oldest);
    breakers.set(domain, made);
    return made;
  }
  return {
    pausedMs: (domain) => Math.max(0, (breakers.get(domain)?.pausedUntil ?? 0) - performance.now()),
    guarded: async (domain, ask) => {
      try {
        return await breakerOf(domain).policy.execute(ask);
      } catch (error) {
        if (isBrokenCircuitError(error)) return failed({ kind: "paused", retryMs: leftAloneMs });
        throw error;
      }
    },
  };
}

const outages = new Set(["timeout", "unreachable", "bad_answer", "too_large", "redirected"]);

/** Whether the platform is unwell; a refusal for what was asked is a good answer. */
function isOutage(result: unknown): boolean {
  if (typeof result !== "object" || result === null || !("failure" in result)) return false;
  const { failure } = result;
  if (typeof failure !== "object" || failure === null || !("kind" in failure)) return false;
  if (failure.kind === "refused") return "status" in failure && Number(failure.status) >= 500;
  return typeof failure.kind === "string" && outages.has(failure.kind);
}
