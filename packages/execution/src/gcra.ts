/** How often something may be done (generic cell rate algorithm): an even rate, and a burst that fills again at that rate. */

export type Limit = { perSecond: number; burst: number };

export type LimitVerdict = {
  isAllowed: boolean;
  /** The burst: how often in a row, after a rest. */
  limit: number;
  /** How often more, now. */
  remaining: number;
  /** Milliseconds until the whole burst is there again. */
  resetMs: number;
  /** Milliseconds until the next is allowed; 0 when this one was. */
  retryMs: number;
};

export const intervalMs = ({ perSecond }: Limit): number => 1_000 / perSecond;

/**
 * `dueAt`: when, at the even rate, the next would be due; null when nothing is known. Answers what is to be remembered, null when it
 * was refused: a refusal costs nothing, so that whoever tries again and again isn't locked out for it. The Redis script does the same.
 */
export function admit(dueAt: number | null, now: number, limit: Limit): { dueAt: number | null; verdict: LimitVerdict } {
  const interval = intervalMs(limit);
  const due = Math.max(dueAt ?? 0, now);
  const next = due + interval;
  const retryMs = next - limit.burst * interval - now;
  const isAllowed = retryMs <= 0;
  return { dueAt: isAllowed ? next : null, verdict: verdictOf(limit, isAllowed, { aheadMs: (isAllowed ? next : due) - now, retryMs }) };
}

/** `aheadMs`: how far behind now the next is due. */
export function verdictOf(limit: Limit, isAllowed: boolean, { aheadMs, retryMs }: { aheadMs: number; retryMs: number }): LimitVerdict {
  // Above a whole number by what a division has left over.
  const remaining = Math.max(0, Math.floor(limit.burst - aheadMs / intervalMs(limit) + 1e-6));
  return { isAllowed, limit: limit.burst, remaining: isAllowed ? remaining : 0, resetMs: aheadMs, retryMs: isAllowed ? 0 : retryMs };
}
