/**
 * Writes down what the webhook door refuses, so many lines a minute and no more: whoever tries credentials fills no disk. Nothing
 * but the lines is limited, or somebody else's failures would lock the platform out.
 */
import { admit, type Limit } from "@switchboard/execution/gcra";
import { createRemembered } from "../limits/remembered.ts";
import type { Logger } from "../logger.ts";

export const linesPerCaller: Limit = { perSecond: 20 / 60, burst: 20 };
/** Callers can be made up. */
const linesInAll: Limit = { perSecond: 5, burst: 200 };

export type Refused = {
  event: "voice_refused" | "report_refused";
  status: number;
  code: string;
  tenant?: string | undefined;
  requestId: string;
};
/** Who was refused: the path's key and the address. */
export type Caller = { tenantKey: string | undefined; address: string };

export type RefusalLog = (refused: Refused, caller: Caller) => void;

/** `now` in milliseconds. A line says how many were left out before it, as `unwritten`. */
export const createRefusalLog = ({ logger, now }: { logger: Logger; now: () => number }): RefusalLog => {
  const dueAt = createRemembered<number>();
  let unwritten = 0;
  const mayWrite = (name: string, limit: Limit): boolean => {
    const { dueAt: next, verdict } = admit(dueAt.get(name) ?? null, now(), limit);
    if (next !== null) dueAt.put(name, next);
    return verdict.isAllowed;
  };
  return (refused, { tenantKey = "", address }) => {
    if (!mayWrite(`${address} ${tenantKey.slice(0, 64)}`, linesPerCaller) || !mayWrite("", linesInAll)) {
      unwritten += 1;
      return;
    }
    logger.warn({ ...refused, ...(unwritten > 0 ? { unwritten } : {}) });
    unwritten = 0;
  };
};
