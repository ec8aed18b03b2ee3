/** What a question to Cloudonix ends in: what it answered, or the one reason why there is nothing. */

export type CloudonixFailure =
  /** The key is not known there. */
  | { kind: "unauthorised" }
  /** The key is known and may not do this: often another domain's. */
  | { kind: "forbidden" }
  | { kind: "not_found" }
  /** By our own count or by the platform's; nothing was done. */
  | { kind: "rate_limited"; retryMs: number }
  /** What was asked may have been done all the same. */
  | { kind: "timeout"; afterMs: number }
  | { kind: "unreachable"; code: string | null }
  /** Something that can't be read; what was asked may have been done. */
  | { kind: "bad_answer"; status: number }
  | { kind: "too_large"; limitBytes: number }
  | { kind: "redirected"; status: number }
  | { kind: "refused"; status: number; said: string | null }
  /** Not asked: several questions in a row had no good answer. */
  | { kind: "paused"; retryMs: number };

export type Answer<Value> = { ok: true; value: Value } | { ok: false; failure: CloudonixFailure };

export const failed = (failure: CloudonixFailure): { ok: false; failure: CloudonixFailure } => ({ ok: false, failure });
