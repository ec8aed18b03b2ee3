/** The door while Cloudonix hangs: operators wait for its REST API, callers must not notice. */
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { BenchContext, Benchmark } from "./bench-context.ts";
import { signIn } from "./bench-sign-in.ts";
import { type BenchTenant, fillDatabase } from "./bench-tenant.ts";
import { figuresOf } from "./figure.ts";
import { atRate, loadProduct } from "./load.ts";
import { inTurn } from "./rounds.ts";
import { newKeyRing, type Running, startProduct } from "./server-pair.ts";

const rounds = 5;
const callsPerSecond = 200;
const seconds = 5;
/** So that a domain is asked three times in a round: after those it is left alone for a while, and nothing hangs any more. */
const askEveryMs = 2_500;
/** An operator in each, who all ask in the same moment; others in each round. */
const domains = 20;

/** Refuses the key of some domains at once and never answers for those that hang. */
const startPlatform = async ({ onEnd }: BenchContext) => {
  let hung = 0;
  const server = createServer((request, response) => {
    if (request.url?.includes("/hangs-")) hung += 1;
    else response.writeHead(401, { "content-type": "application/json" }).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the platform has no port");
  return { url: `http://127.0.0.1:${address.port}`, hung: () => hung };
};

const ask = async ({ port }: Running, token: string, { method, path, body }: { method: string; path: string; body: object }) => {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(`http://127.0.0.1:${port}/api${path}`, { method, headers, body: JSON.stringify(body) });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer).slice(0, 300)}`);
  return answer;
};

const verified = z.object({ works: z.literal(false), failure: z.enum(["timeout", "unauthorised"]) });

/** Operators who ask at fixed times, however long the last answer took; ends with milliseconds of the slowest. */
const startAsking = (product: Running, tokens: string[]) => {
  const over = new AbortController();
  let slowestMs = 0;
  const verify = async (token: string) => {
    const askedAt = performance.now();
    verified.parse(await ask(product, token, { method: "POST", path: "/cloudonix/verify", body: {} }));
    slowestMs = Math.max(slowestMs, performance.now() - askedAt);
  };
  const operators = tokens.map(async (token) => {
    const asked: Promise<void>[] = [];
    while (!over.signal.aborted) {
      asked.push(verify(token));
      await pause(askEveryMs, undefined, { signal: over.signal }).catch(() => {});
    }
    await Promise.all(asked);
  });
  return async (): Promise<number> => {
    over.abort();
    await Promise.all(operators);
    return slowestMs;
  };
};

export const platform: Benchmark = {
  describes: "the door while Cloudonix hangs",
  run: async (context) => {
    const { figures, add } = figuresOf("platform");
    const keyRing = newKeyRing();
    const database = await context.startDatabase();
    const tenantOf = (name: string): BenchTenant => ({ name, members: 10, strategy: "load_balanced" });
    const kinds = ["answers", "hangs"].map((kind) =>
      Array.from({ length: domains * rounds }, (_, number) => tenantOf(`${kind}-${number}`)),
    );
    const [called, ...asking] = await fillDatabase(database.url, keyRing, [tenantOf("called"), ...kinds.flat()]);
    if (called === undefined) return figures;
    const fake = await startPlatform(context);
    const product = await startProduct(context, database, { keyRing, settings: { CLOUDONIX_API_URL: fake.url } });
    const tokens: string[] = [];
    const body = { version: 1, cloudonixKey: `XI${"0".repeat(32)}` };
    for (const tenant of asking) {
      const token = await signIn(database.url, keyRing, tenant);
      await ask(product, token, { method: "PUT", path: "/tenant", body });
      tokens.push(token);
    }

    const slowestMs: number[] = [];
    const whileAsked = async (operators: string[]) => {
      const end = startAsking(product, operators);
      const { latencyMs } = await loadProduct(product.port, called, atRate(callsPerSecond, seconds - 1));
      slowestMs.push(await end());
      return latencyMs.p99;
    };
    const next = (from: string[]) => () => whileAsked(from.splice(0, domains));
    const sides = { answers: next(tokens.slice(0, domains * rounds)), hangs: next(tokens.slice(domains * rounds)) };
    context.say(`${callsPerSecond} calls/s, while ${domains} operators ask a Cloudonix that answers, and one that hangs, in turn`);
    const measured = await inTurn(rounds, sides, (round) => context.say(`round ${round} of ${rounds}, ${fake.hung()} questions hung`));
    add(`p99 at ${callsPerSecond} calls/s while Cloudonix hangs`, measured.median("hangs"), "ms", {
      baseline: { what: "the same operators ask, and Cloudonix answers", value: measured.median("answers") },
      target: { of: "ratio", is: "at most", limit: 1.25 },
    });
    add("longest that an operator waited for it", Math.max(...slowestMs), "ms", { target: { of: "value", is: "below", limit: 3_000 } });
    return figures;
  },
};
