/** One request and its answer, within bounds: seconds, bytes, and one place where it goes. */
import { type Answer, failed } from "./answer.ts";

/** What came back, whole. */
export type Received = { status: number; text: string; retryAfterMs: number | null };

export type Bounds = { timeoutMs: number; limitBytes: number };

const decoder = new TextDecoder();

/** The time runs until the last byte of the answer is read. */
export async function exchange(request: Request, { timeoutMs, limitBytes }: Bounds): Promise<Answer<Received>> {
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(request, { redirect: "manual", signal: late });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return failed({ kind: "redirected", status: response.status });
    }
    const text = await readAtMost(response, limitBytes);
    if (text === null) return failed({ kind: "too_large", limitBytes });
    return { ok: true, value: { status: response.status, text, retryAfterMs: retryAfterMs(response.headers.get("retry-after")) } };
  } catch (error) {
    if (late.aborted) return failed({ kind: "timeout", afterMs: timeoutMs });
    return failed({ kind: "unreachable", code: codeOf(error) });
  }
}

/** Null when there is more; the rest is not fetched. */
async function readAtMost(response: Response, limitBytes: number): Promise<string | null> {
  if (response.body === null) return "";
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    bytes += part.byteLength;
    if (bytes > limitBytes) return null;
    parts.push(part);
  }
  return decoder.decode(Buffer.concat(parts));
}

/** Seconds; a date says nothing about a clock that isn't ours. */
function retryAfterMs(header: string | null): number | null {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
}

/** Such as ECONNREFUSED; the error itself may quote the request. */
function codeOf(error: unknown): string | null {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : null;
}
