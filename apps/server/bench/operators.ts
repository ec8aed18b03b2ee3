/** The operators' door with as much configuration as a tenant has: lists and single things, and how soon a change decides calls. */
import { createRedisClient } from "@switchboard/execution/client";
import { z } from "zod";
import { type FilledLarge, fillLargeTenant } from "./bench-configuration.ts";
import { fillDials } from "./bench-dials.ts";
import { signIn } from "./bench-sign-in.ts";
import type { BenchContext, Benchmark, RunningServer } from "./bench-context.ts";
import { figuresOf } from "./figure.ts";
import { askRedis, untilReady } from "./redis-figures.ts";
import { inTurn, median } from "./rounds.ts";
import { newKeyRing, type Running, startProduct } from "./server-pair.ts";

const size = { agents: 10_000, groups: 1_000, membersOfEach: 10, rules: 50_000 };
const groupsOfPage = 50;
const rounds = 3;
/** Fewer than the limits let pass in one go; they are forgotten after each round. */
const asksOfRound = 250;
const edits = 20;

type Place = { context: BenchContext; product: Running; token: string; filled: FilledLarge };

/** What is measured is the door, not its limits. */
const forgetLimits = async ({ redis }: Running) => {
  const client = createRedisClient({ url: redis.url, cluster: false, role: "jobs" });
  await untilReady(client);
  const keys = z.array(z.string()).parse(await askRedis(client, "KEYS", "{limit:*"));
  if (keys.length > 0) await askRedis(client, "DEL", ...keys);
  client.disconnect();
};

const ask = async ({ product, token }: Place, path: string, change?: unknown): Promise<unknown> => {
  const body = change === undefined ? {} : { method: "PUT", body: JSON.stringify(change) };
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(`http://127.0.0.1:${product.port}/api${path}`, { headers, ...body });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer).slice(0, 300)}`);
  return answer;
};

const p99 = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN;

const p99Of = async (place: Place, path: string): Promise<number> => {
  const times: number[] = [];
  for (let index = 0; index < asksOfRound; index++) {
    const startedAt = performance.now();
    await ask(place, path);
    times.push(performance.now() - startedAt);
  }
  await forgetLimits(place.product);
  return p99(times);
};

const pageSchema = z.object({ nextCursor: z.string() });

/** The cursor of a page that lies deep in the list. */
const deepCursor = async (place: Place, path: string, pages: number): Promise<string> => {
  let cursor = "";
  for (let page = 0; page < pages; page++) {
    const answer = await ask(place, `${path}?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    cursor = pageSchema.parse(answer).nextCursor;
    if (page % asksOfRound === 0) await forgetLimits(place.product);
  }
  return encodeURIComponent(cursor);
};

const measureReads = async (place: Place, add: ReturnType<typeof figuresOf>["add"]) => {
  const { filled } = place;
  const [agentsAt, groupsAt, rulesAt] = [
    await deepCursor(place, "/voice-agents", 40),
    await deepCursor(place, "/agent-groups", 4),
    await deepCursor(place, "/inbound-rules", 200),
  ];
  const paths = {
    "agents, first page": "/voice-agents",
    "agents, 8,000 further": `/voice-agents?limit=200&cursor=${agentsAt}`,
    "agents, searched": "/voice-agents?search=number%20999",
    "one agent": `/voice-agents/${filled.agents[1]}`,
    "groups, first page": "/agent-groups",
    "groups, 800 further, as many as have 1,000 members": `/agent-groups?limit=200&cursor=${groupsAt}`,
    "one group": `/agent-groups/${filled.group}`,
    "rules, first page": "/inbound-rules",
    "rules, 200 of them, 40,000 further": `/inbound-rules?limit=200&cursor=${rulesAt}`,
    "rules, searched": "/inbound-rules?search=%2B15550031",
    "rules, 8,500 found, the last of all in order": "/inbound-rules?search=%2B1555004",
    "one rule": `/inbound-rules/${filled.rule}`,
    "audit log": "/audit-log",
    "statuses of 200 agents": `/voice-agents/statuses?ids=${filled.agentIds.slice(0, 200).join(",")}`,
    "distribution of a page of 25 groups of 10, 1,000,000 dials in the windows of 50": `/agent-groups/distribution?limit=${groupsOfPage}`,
    "what deserves attention": "/attention",
    "tenant’s load": "/tenant/load",
  };
  const bare = "who is signed in";
  const sides: Record<string, () => Promise<number>> = { [bare]: () => p99Of(place, "/auth/user") };
  for (const [what, path] of Object.entries(paths)) sides[what] = () => p99Of(place, path);
  const measured = await inTurn(rounds, sides, (round) => place.context.say(`reads, round ${round} of ${rounds}`));
  for (const what of Object.keys(paths)) {
    const baseline = { what: bare, value: measured.median(bare) };
    add(`p99 ${what}`, measured.median(what), "ms", { baseline, target: { of: "value", is: "below", limit: 30 } });
  }
};

/** Rings at this process until it dials what is expected; answers how long that took. */
const untilDialled = async ({ port }: Running, { tenantKey, webhookToken }: FilledLarge, dialled: string): Promise<number> => {
  const startedAt = performance.now();
  const headers = { authorization: `Bearer ${webhookToken}`, "content-type": "application/json" };
  for (let count = 0; count < 10_000; count++) {
    const body = JSON.stringify({
      Session: crypto.randomUUID().replaceAll("-", ""),
      From: "+14155550100",
      To: "+15550020000",
      Direction: "inbound",
    });
    const response = await fetch(`http://127.0.0.1:${port}/api/webhooks/voice-application/${tenantKey}`, { method: "POST", headers, body });
    if ((await response.text()).includes(`>${dialled}<`)) return performance.now() - startedAt;
  }
  throw new Error(`${dialled} is never dialled`);
};

const ruleSchema = z.object({ version: z.int() });

/** One operator changes where a rule leads; each process must follow. */
const measureChanges = async (place: Place, other: Running, add: ReturnType<typeof figuresOf>["add"]) => {
  const { filled, product } = place;
  const path = `/inbound-rules/${filled.rule}`;
  const [saved, here, there]: number[][] = [[], [], []];
  for (let edit = 0; edit < edits; edit++) {
    const [targetId = "", dialled] = edit % 2 === 0 ? [filled.agents[0], "+15550100"] : [filled.agents[1], `+1555010${size.agents - 1}`];
    const { version } = ruleSchema.parse(await ask(place, path));
    const startedAt = performance.now();
    await ask(place, path, { version, targetType: "voice_agent", targetId });
    saved?.push(performance.now() - startedAt);
    const [inThis, inOther] = await Promise.all([untilDialled(product, filled, dialled ?? ""), untilDialled(other, filled, dialled ?? "")]);
    here?.push(inThis);
    there?.push(inOther);
  }
  const target = { of: "value", is: "below", limit: 1_000 } as const;
  add("a rule is saved", median(saved ?? []), "ms");
  add("its first call in the process that saved it, longest", Math.max(...(here ?? [])), "ms", { target });
  add("its first call in the other process, longest", Math.max(...(there ?? [])), "ms", { target });
};

export const operators: Benchmark = {
  describes: "the operators' door with 10,000 agents, 1,000 groups and 50,000 rules",
  run: async (context) => {
    const { figures, add } = figuresOf("operators");
    const keyRing = newKeyRing();
    const database: RunningServer = await context.startDatabase();
    context.say("filling the database");
    const filled = await fillLargeTenant(database.url, keyRing, size);
    await fillDials(database.url, filled.tenantId, groupsOfPage);
    const product = await startProduct(context, database, { keyRing });
    const other = await startProduct(context, database, { keyRing, redis: product.redis, name: "other" });
    const place = { context, product, filled, token: await signIn(database.url, keyRing, filled) };
    await measureReads(place, add);
    context.say(`${edits} changes of one rule`);
    await measureChanges(place, other, add);
    return figures;
  },
};
