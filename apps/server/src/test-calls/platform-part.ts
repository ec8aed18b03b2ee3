/** Plays the platform towards this server's own doors, over HTTP, with nothing but a test token. */
import {
  cdrBody,
  type DialEnd,
  type Instruction,
  type PlayedCall,
  readInstruction,
  updateBody,
  voiceRequestBody,
} from "../webhook/wire-test.ts";
import type { Line, PlatformPart } from "./play-course.ts";

export type PlatformPartDeps = {
  call: PlayedCall;
  token: string;
  /** Our own address, as `http://127.0.0.1:3000`. */
  baseUrl: string;
  /** The key in the paths of reports. */
  tenantKey: string;
  startedAt: number;
  now: () => number;
  signal: AbortSignal;
};

export const createPlatformPart = ({ call, token, baseUrl, tenantKey, startedAt, now, signal }: PlatformPartDeps): PlatformPart => {
  const post = async (path: string, body: object, expected: number): Promise<string> => {
    const answer = await fetch(baseUrl + path, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });
    const text = await answer.text();
    if (answer.status !== expected) throw new Error(`the door answered ${answer.status}`);
    return text;
  };
  const ask = async (path: string, result: DialEnd | null): Promise<Instruction> =>
    readInstruction(await post(path, voiceRequestBody(call, result), 200));
  const timesOf = (line: Line) => ({ ...line, startedAt, at: now() });

  return {
    ask: () => ask(`/api/webhooks/voice-application/${tenantKey}`, null),
    report: ask,
    update: async (state, line) => {
      await post(`/api/webhooks/session-update/${tenantKey}`, updateBody(call, state, timesOf(line)), 204);
    },
    cdr: async (end, line) => {
      await post(`/api/webhooks/cdr/${tenantKey}`, cdrBody(call, end, timesOf(line)), 204);
    },
  };
};
