/** Asks Cloudonix one thing: within the budget of the domain, again after a 429, and reads what it says. */
import { setTimeout as pause } from "node:timers/promises";
import createClient, { type Client } from "openapi-fetch";
import type { z } from "zod";
import { type Answer, type CloudonixFailure, failed } from "./answer.ts";
import { type Breakers, createBreakers } from "./breakers.ts";
import { type Bounds, exchange, type Received } from "./exchange.ts";
import type { paths } from "./generated/rest-api.ts";
import { refusalShape } from "./shapes.ts";

/** A person waits for the answer, or a job that can come again: it leaves room for persons and waits for nothing. */
export type Urgency = "person" | "job";

/** May one more request be sent for this domain? Counted over all processes where that is possible. */
export type AskAllowance = (domain: string, urgency: Urgency) => Promise<{ isAllowed: boolean; retryMs: number }>;

export type AskDeps = { baseUrl: string; allowance: AskAllowance; bounds?: Partial<Bounds> };

export type Credentials = { domain: string; key: string; urgency?: Urgency };

type Call = (client: Client<paths>) => Promise<unknown>;
export type Ask = <Value>(credentials: Credentials, shape: z.ZodType<Value>, call: Call) => Promise<Answer<Value>>;

const defaultBounds: Bounds = { timeoutMs: 2_000, limitBytes: 2 * 1024 * 1024 };
/** Longest that a person waits for the budget, all in all, and how often a 429 is tried again. */
const patienceMs = { person: 12_000, job: 0 } as const satisfies Record<Urgency, number>;
const triesAfter429 = 2;
const shortestPauseMs = 500;
const longestSaid = 200;
const sendable = /^[\x21-\x7e]+$/;

export function createAsk({ baseUrl, allowance, bounds }: AskDeps): Ask {
  const breakers = createBreakers();
  const deps = { baseUrl, allowance, breakers, bounds: { ...defaultBounds, ...bounds } };
  return async (credentials, shape, call) => {
    const { domain, key, urgency = "person" } = credentials;
    // No header takes it, and the error that says so quotes it.
    if (!sendable.test(key)) return failed({ kind: "unauthorised" });
    let left = patienceMs[urgency];
    for (let tries = 0; ; ) {
      // What is not sent costs nothing of the budget.
      const retryInMs = breakers.pausedMs(domain);
      if (retryInMs > 0) return failed({ kind: "paused", retryMs: retryInMs });
      const { isAllowed, retryMs } = await allowance(domain, urgency);
      const answer = isAllowed
        ? await breakers.guarded(domain, () => askOnce(deps, credentials, { shape, call }))
        : failed({ kind: "rate_limited", retryMs });
      if (answer.ok || answer.failure.kind !== "rate_limited") return answer;
      if (isAllowed) tries += 1;
      const waitMs = Math.max(answer.failure.retryMs, shortestPauseMs);
      if (waitMs > left || tries > triesAfter429) return answer;
      left -= waitMs;
      await pause(waitMs);
    }
  };
}

type Deps = { baseUrl: string; breakers: Breakers; bounds: Bounds };
type Question<Value> = { shape: z.ZodType<Value>; call: Call };

async function askOnce<Value>(deps: Deps, { key }: Credentials, { shape, call }: Question<Value>): Promise<Answer<Value>> {
  let received: Answer<Received> | null = null;
  const client = createClient<paths>({
    baseUrl: deps.baseUrl,
    headers: { authorization: `Bearer ${key}`, accept: "application/json" },
    // The library makes the request out of the description; what comes back is read here, within bounds.
    fetch: async (request) => {
      received = await exchange(request, deps.bounds);
      return new Response(null, { status: 204 });
    },
  });
  await call(client);
  return read(received ?? failed({ kind: "unreachable", code: null }), shape, key);
}

function read<Value>(received: Answer<Received>, shape: z.ZodType<Value>, key: string): Answer<Value> {
  if (!received.ok) return received;
  const { status, text } = received.value;
  const body = status === 204 ? null : parsed(text);
  if (status < 200 || status >= 300) return failed(refusal(received.value, body, key));
  const value = shape.safeParse(body);
  return value.success ? { ok: true, value: value.data } : failed({ kind: "bad_answer", status });
}

function refusal({ status, retryAfterMs }: Received, body: unknown, key: string): CloudonixFailure {
  if (status === 401) return { kind: "unauthorised" };
  if (status === 403) return { kind: "forbidden" };
  if (status === 404) return { kind: "not_found" };
  if (status === 429) return { kind: "rate_limited", retryMs: retryAfterMs ?? 1_000 };
  const said = refusalShape.safeParse(body);
  return { kind: "refused", status, said: said.success ? quoted(said.data.message, key) : null };
}

/** Their words for a person to read, in one short line, without the key should they repeat it. */
const quoted = (message: string, key: string): string =>
  message
    .replaceAll(key, "•••")
    .replaceAll(/\s+|\p{Cc}/gu, " ")
    .trim()
    .slice(0, longestSaid);

/** Undefined where it is no JSON: no shape takes that for an answer. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
