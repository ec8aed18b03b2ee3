/** Consoles that watch: how late events reach hundreds of them, what that costs the calls, and what one of them costs in memory. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createDatabase, type Database } from "@switchboard/control/database";
import { newUserId } from "@switchboard/control/ids";
import { readKeyRing } from "@switchboard/control/key-ring";
import { startSession } from "@switchboard/control/sessions";
import { execute, rowsOf } from "@switchboard/control/sql";
import { tenantId } from "@switchboard/routing/ids";
import { createAccessTokens } from "../src/auth/access-token.ts";
import type { BenchContext, Benchmark } from "./bench-context.ts";
import { fillDatabase, type FilledTenant } from "./bench-tenant.ts";
import { figuresOf } from "./figure.ts";
import { heldBytes } from "./heap-held.ts";
import { parsePlayed, parseWatched, type Played, type Traffic, type Watch, type Watched } from "./live-job.ts";
import { runNode, startNode } from "./node-process.ts";
import { newKeyRing, type Running, startProduct } from "./server-pair.ts";

const callsPerSecond = 50;
const seconds = 20;
const settleMs = 4_000;
/** As many as one person may open. */
const socketsPerPerson = 20;
const manyTenants = 50;

type Place = { context: BenchContext; product: Running; database: Database; keyRing: string };

const anotherLike =
  "INSERT INTO users (tenant_id, id, email, password_hash, role, created_at, updated_at) SELECT tenant_id, ?, ?, password_hash, role, created_at, updated_at FROM users WHERE email = ?";

/** As many people as it takes to open so many sockets; nobody types a password here. */
const peopleOf = async ({ database, keyRing }: Place, { domain }: FilledTenant, sockets: number): Promise<Watch["people"]> => {
  const { mint } = createAccessTokens(readKeyRing(keyRing).derive("jwt"));
  const people: Watch["people"] = [];
  const admins = await rowsOf<{ tenant_id: string }>(database.pool, "SELECT tenant_id FROM users WHERE email = ?", [`admin@${domain}`]);
  const tenant = tenantId(admins[0]?.tenant_id ?? "");
  for (let left = sockets; left > 0; left -= socketsPerPerson) {
    const user = newUserId();
    await execute(database.pool, anotherLike, [user, `${user}@${domain}`, `admin@${domain}`]);
    const { sessionId } = await startSession(database, tenant, user);
    const token = await mint({ tenantId: tenant, sessionId });
    people.push({ token, sockets: Math.min(socketsPerPerson, left) });
  }
  return people;
};

let watches = 0;
const startWatching = async ({ context, product }: Place, people: Watch["people"]) => {
  watches += 1;
  const [readyFile, resultFile] = ["ready", "result"].map((name) => join(context.dir, `watchers-${watches}.${name}`));
  if (readyFile === undefined || resultFile === undefined) throw new Error("no place for the watchers' files");
  const watchers = await startNode({
    file: new URL("./live-watchers.ts", import.meta.url),
    args: [JSON.stringify({ url: `ws://127.0.0.1:${product.port}`, people, readyFile, resultFile })],
    settings: {},
    logPath: join(context.dir, `watchers-${watches}.log`),
    isReady: async () => existsSync(readyFile),
  });
  return async (): Promise<Watched> => {
    await watchers.stop();
    return parseWatched(readFileSync(resultFile, "utf8"));
  };
};

const playCalls = async ({ product }: Place, tenants: FilledTenant[], forSeconds = seconds): Promise<Played> => {
  const [first, ...rest] = tenants.map(({ tenantKey, webhookToken, domain }) => ({ tenantKey, webhookToken, domain }));
  if (first === undefined) throw new Error("nobody to call");
  const traffic: Traffic = { url: `http://127.0.0.1:${product.port}`, callsPerSecond, seconds: forSeconds, tenants: [first, ...rest] };
  const text = await runNode(new URL("./live-traffic.ts", import.meta.url), [JSON.stringify(traffic)], 120_000);
  const played = parsePlayed(text);
  if (played.failures > 0) throw new Error(`${played.failures} calls failed. The first: ${played.firstFailure}`);
  return played;
};

/** Processor time it has used so far, seconds. */
const workedSeconds = ({ product }: Place): number => {
  const [, fields = ""] = readFileSync(`/proc/${product.pid}/stat`, "utf8").split(") ");
  const [user = 0, system = 0] = fields.split(" ").slice(11, 13).map(Number);
  return (user + system) / 100;
};

/** What it works for, in percent of one processor. */
const shareOf = async (place: Place, play: () => Promise<Played>): Promise<{ played: Played; percent: number }> => {
  const [worked, began] = [workedSeconds(place), performance.now()];
  const played = await play();
  return { played, percent: Math.round(((workedSeconds(place) - worked) * 100_000) / (performance.now() - began)) };
};

type Add = ReturnType<typeof figuresOf>["add"];

const measure = async (place: Place, tenants: FilledTenant[], { who, perTenant, add }: { who: string; perTenant: number; add: Add }) => {
  const { say } = place.context;
  const people: Watch["people"] = [];
  for (const tenant of tenants) people.push(...(await peopleOf(place, tenant, perTenant)));
  const sockets = tenants.length * perTenant;
  say(`${who}: the same calls with nobody watching`);
  const unwatched = await shareOf(place, () => playCalls(place, tenants));
  say(`${who}: opening ${sockets} sockets`);
  const end = await startWatching(place, people);
  await pause(settleMs);
  say(`${who}: ${callsPerSecond} calls/s for ${seconds} s`);
  const watched = await shareOf(place, () => playCalls(place, tenants));
  const { played } = watched;
  await pause(settleMs);
  const { started, broken, lagMs, events } = await end();
  say(
    `${who}: ${events} events delivered, lag p50 ${lagMs.p50} ms, slowest ${lagMs.max} ms, the server at work ${watched.percent} % of the time, ${unwatched.percent} % with nobody watching`,
  );
  const atMost = (limit: number) => ({ target: { of: "value", is: "at most", limit } as const });
  const below = (limit: number) => ({ target: { of: "value", is: "below", limit } as const });
  add(`p99 delivery lag, ${who}`, lagMs.p99, "ms", below(500));
  const baseline = { what: "the same calls with nobody watching", value: unwatched.played.voiceMs.p99 };
  add(`p99 voice request meanwhile, ${who}`, played.voiceMs.p99, "ms", { baseline, ...below(50) });
  add(`starts of calls not delivered or twice, ${who}`, Math.abs(played.calls * perTenant - started), "", atMost(0));
  add(`connections broken, ${who}`, broken, "", atMost(0));
};

/** Of consoles to which nothing happens. */
const measureMemory = async (place: Place, tenants: FilledTenant[], add: Add) => {
  const sockets = 10;
  const people: Watch["people"] = [];
  for (const tenant of tenants) people.push(...(await peopleOf(place, tenant, sockets)));
  const [first, ...others] = people;
  if (first === undefined) return;
  // Whatever the first of them brings about is not theirs.
  const endFirst = await startWatching(place, [first]);
  await pause(settleMs);
  const before = await heldBytes(place.product);
  place.context.say(`opening ${others.length * sockets} sockets and letting them be`);
  const endOthers = await startWatching(place, others);
  await pause(settleMs);
  const each = (await heldBytes(place.product)) - before;
  await Promise.all([endFirst(), endOthers()]);
  add("memory of a console that watches", each / (others.length * sockets) / 1_024, "KB", {
    target: { of: "value", is: "below", limit: 100 },
  });
};

export const live: Benchmark = {
  describes: "live events to hundreds of consoles while calls come in",
  run: async (context) => {
    const { figures, add } = figuresOf("live");
    const keyRing = newKeyRing();
    const server = await context.startDatabase();
    const database = createDatabase(server.url);
    context.onEnd(database.close);
    const names = Array.from({ length: manyTenants + 1 }, (_, number) => `live-${number}`);
    context.say(`creating ${names.length} tenants`);
    const [alone, ...many] = await fillDatabase(
      server.url,
      keyRing,
      names.map((name) => ({ name, members: 3, strategy: "round_robin" })),
    );
    if (alone === undefined) return figures;
    const idle = await startProduct(context, server, { keyRing, name: "idle" });
    await measureMemory({ context, product: idle, database, keyRing }, [alone, ...many], add);
    await idle.stop();
    const place = { context, product: await startProduct(context, server, { keyRing, redis: idle.redis }), database, keyRing };

    // Whatever it allocates once is allocated.
    context.say("warming up");
    const warm = await startWatching(place, await peopleOf(place, alone, 20));
    await playCalls(place, [alone, ...many], 4);
    await warm();

    await measure(place, many, { who: `500 consoles in ${manyTenants} tenants`, perTenant: 500 / manyTenants, add });
    await measure(place, [alone], { who: "50 consoles in one tenant", perTenant: 50, add });
    return figures;
  },
};
