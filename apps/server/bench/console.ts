/** The console in a browser: what its first page costs, how fast its pages follow one another, and two thousand live calls on the screen. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createDatabase } from "@switchboard/control/database";
import { readKeyRing } from "@switchboard/control/key-ring";
import { startSession } from "@switchboard/control/sessions";
import { rowsOf } from "@switchboard/control/sql";
import { tenantId, userId } from "@switchboard/routing/ids";
import { createAccessTokens } from "../src/auth/access-token.ts";
import { buildConsole, consoleIsStale } from "../../../scripts/setup/console-build.mjs";
import type { BenchContext, Benchmark, RunningServer } from "./bench-context.ts";
import { fillDatabase, type FilledTenant } from "./bench-tenant.ts";
import { type BusyLine, parseFrames, parsePages, parseSignOut } from "./console-job.ts";
import { figuresOf } from "./figure.ts";
import { runNode, startNode } from "./node-process.ts";
import { newKeyRing, type Running, startProduct } from "./server-pair.ts";

const calls = 2_000;
const eventsPerSecond = 100;
const watchedMs = 10_000;

type SignedIn = { accessToken: string /** Milliseconds since the epoch. */; expiresAt: number; user: object };

type Place = { context: BenchContext; product: Running; tenant: FilledTenant };

/** As if the person had just signed in; nobody types a password here. */
const signIn = async (databaseUrl: string, keyRing: string, { domain }: FilledTenant): Promise<SignedIn> => {
  const database = createDatabase(databaseUrl);
  try {
    const email = `admin@${domain}`;
    const [row] = await rowsOf<{ tenant_id: string; id: string }>(database.pool, "SELECT tenant_id, id FROM users WHERE email = ?", [
      email,
    ]);
    if (row === undefined) throw new Error(`${email} is nobody`);
    const tenant = tenantId(row.tenant_id);
    const { sessionId } = await startSession(database, tenant, userId(row.id));
    const accessToken = await createAccessTokens(readKeyRing(keyRing).derive("jwt")).mint({ tenantId: tenant, sessionId });
    const user = { id: row.id, email, name: null, role: "admin", enabled: true, version: 1 };
    return { accessToken, expiresAt: Date.now() + 600_000, user };
  } finally {
    await database.close();
  }
};

const startBusyLine = async ({ context, product, tenant }: Place, name: string, job: Pick<BusyLine, "calls" | "eventsPerSecond">) => {
  const readyFile = join(context.dir, `${name}.ready`);
  const { tenantKey, webhookToken, domain } = tenant;
  const whole: BusyLine = { ...job, url: `http://127.0.0.1:${product.port}`, tenant: { tenantKey, webhookToken, domain }, readyFile };
  return startNode({
    file: new URL("./busy-line.ts", import.meta.url),
    args: [JSON.stringify(whole)],
    settings: {},
    logPath: join(context.dir, `${name}.log`),
    isReady: async () => existsSync(readyFile),
  });
};

const setUp = async (context: BenchContext) => {
  if (consoleIsStale()) await buildConsole();
  const keyRing = newKeyRing();
  const database: RunningServer = await context.startDatabase();
  const [tenant] = await fillDatabase(database.url, keyRing, [{ name: "console", members: 10, strategy: "load_balanced" }]);
  if (tenant === undefined) throw new Error("no tenant");
  const product = await startProduct(context, database, { keyRing });
  return { place: { context, product, tenant }, signedIn: await signIn(database.url, keyRing, tenant) };
};

const look = (job: object): Promise<string> =>
  runNode(new URL("../../console/bench/measure.ts", import.meta.url), [JSON.stringify(job)], 120_000);

const below = (limit: number) => ({ target: { of: "value", is: "below", limit } as const });

export const consoleInBrowser: Benchmark = {
  describes: `the console in Chromium, at last with ${calls} live calls and ${eventsPerSecond} events/s`,
  run: async (context) => {
    const { figures, add } = figuresOf("console");
    const { place, signedIn } = await setUp(context);
    const page = { url: `http://127.0.0.1:${place.product.port}`, signedIn };

    context.say("opening it with nothing cached, and going through the pages, twice");
    const { scriptKb, firstMs, largestMs, routes } = parsePages(await look({ ...page, what: "pages" }));
    add("scripts of the first page, gzip", scriptKb, "KB", below(200));
    add("first contentful paint, nothing cached", firstMs, "ms");
    add("largest contentful paint, nothing cached", largestMs, "ms");
    for (const { name, coldMs, warmMs } of routes) {
      const baseline = coldMs === null ? null : { what: "the first time", value: coldMs };
      add(`to ${name}`, warmMs, "ms", { baseline, ...below(100) });
    }

    context.say("watching an idle line");
    const idle = parseFrames(await look({ ...page, what: "frames", calls: "0", forMs: watchedMs }));
    context.say(`filling the line with ${calls} calls`);
    const line = await startBusyLine(place, "busy-line", { calls, eventsPerSecond });
    context.say(`watching ${calls} calls, ${eventsPerSecond} events/s`);
    const busy = parseFrames(await look({ ...page, what: "frames", calls: "(19|20)\\d\\d", forMs: watchedMs }));
    await line.stop();
    const baseline = (value: number) => ({ baseline: { what: "the same page with no call", value } });
    add(`scripting with ${calls} live calls`, busy.scriptPercent, "%", { ...baseline(idle.scriptPercent), ...below(50) });
    const atMost = { target: { of: "value", is: "at most", limit: 100 } as const };
    add(`longest frame with ${calls} live calls`, busy.longestFrameMs, "ms", { ...baseline(idle.longestFrameMs), ...atMost });

    context.say("ending the session elsewhere");
    const { toldMs } = parseSignOut(await look({ ...page, what: "sign-out" }));
    add("a session that ended elsewhere shows", toldMs, "ms", below(2_000));
    return figures;
  },
};
