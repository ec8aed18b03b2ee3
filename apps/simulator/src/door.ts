/** Sends requests over a bounded pool of kept-open connections, and says how long each took from the moment it was due. */
import { Agent, request } from "undici";
import type { Answer } from "./cxml/check-answer.ts";
import type { WireRequest } from "./wire/voice-request.ts";

export type Purpose = "voice" | "dial_result" | "session_update" | "cdr";

/** `failure`: no answer at all, in words. */
export type DoorAnswer = { answer: Answer; failure: null } | { answer: null; failure: string };

export type Door = {
  /** @param dueAt on the clock of `performance.now()`; time spent waiting for a free connection counts. */
  send(purpose: Purpose, request: WireRequest, dueAt?: number): Promise<DoorAnswer>;
  close(): Promise<void>;
};

export type DoorOptions = {
  connections?: number;
  /** As long as the platform is said to wait. */
  timeoutMs?: number;
  onAnswered?: (purpose: Purpose, latencyMs: number) => void;
};

export function createDoor({ connections = 128, timeoutMs = 10_000, onAnswered }: DoorOptions = {}): Door {
  const agent = new Agent({
    connections,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    connectTimeout: timeoutMs,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  return {
    async send(purpose, { method, url, headers, body }, dueAt = performance.now()) {
      try {
        const response = await request(url, { method, headers, body, dispatcher: agent });
        const text = await response.body.text();
        onAnswered?.(purpose, performance.now() - dueAt);
        const contentType = response.headers["content-type"];
        return {
          answer: { status: response.statusCode, contentType: typeof contentType === "string" ? contentType : null, body: text },
          failure: null,
        };
      } catch (error) {
        return { answer: null, failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
      }
    },
    close: () => agent.close(),
  };
}
