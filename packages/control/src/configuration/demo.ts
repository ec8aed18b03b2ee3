/** The demo tenant of a first start: two providers, one group of each strategy, and rules that reach them all. */
import { randomBytes } from "node:crypto";
import { insertAgent } from "./agents.ts";
import type { Change } from "./change.ts";
import { ControlError } from "../control-error.ts";
import type { Prisma } from "../generated/client.ts";
import { insertGroup } from "./groups.ts";
import { insertInboundRule } from "./inbound-rules.ts";
import { insertOutboundRule } from "./outbound-rules.ts";
import { type CreatedTenant, insertTenant, prepareTenant, type TenantDeps } from "./tenants.ts";

export type Demo = CreatedTenant & { admin: { email: string; password: string } };

const domain = "demo.example";
const email = "admin@demo.example";

/** Called numbers and the group that answers each; `*` is everything else. */
const demoNumbers = { round_robin: "+15550100001", priority: "+15550100002", load_balanced: "*" } as const;

/**
 * Creates the demo tenant when there is no tenant at all; null when there is one. `beforeCommit` may write down what is
 * shown only once: when it throws, or this process ends before it is done, nothing was created.
 */
export async function seedDemo(deps: TenantDeps, beforeCommit: (demo: Demo) => void | Promise<void>): Promise<Demo | null> {
  const { database } = deps;
  if ((await database.breaker.run(() => database.prisma.tenant.count())) > 0) return null;
  const password = randomBytes(12).toString("base64url");
  const prepared = await prepareTenant(deps, { domain, name: "Demo", country: "US", email, password });
  const create = database.unhurried(async (tx) => {
    if (!(await isOurTurn(tx))) return null;
    const { created, change } = await insertTenant(deps, tx, prepared);
    await insertDemoConfiguration(change);
    const demo = { ...created, admin: { email, password } };
    await beforeCommit(demo);
    await tx.$queryRaw`SELECT RELEASE_LOCK(CONCAT('seed:', SHA1(DATABASE())))`;
    return demo;
  });
  // The other process had just committed: its domain is taken.
  return await create.catch((error: unknown) => {
    if (error instanceof ControlError && error.kind === "conflict") return null;
    throw error;
  });
}

/** Of two processes on one empty database the second leaves it to the first. The lock goes with the connection at the latest. */
async function isOurTurn(tx: Prisma.TransactionClient): Promise<boolean> {
  const [lock] = await tx.$queryRaw<{ taken: bigint | number | null }[]>`SELECT GET_LOCK(CONCAT('seed:', SHA1(DATABASE())), 0) AS taken`;
  return Number(lock?.taken ?? 0) === 1;
}

async function insertDemoConfiguration(change: Change): Promise<void> {
  const agents = [
    await insertAgent(change, { name: "Sales (Retell)", provider: "retell", serviceValue: "+15550100101", capacity: 500 }),
    await insertAgent(change, { name: "Support (Retell)", provider: "retell", serviceValue: "+15550100102", capacity: 500 }),
    await insertAgent(change, { name: "Sales (Vapi)", provider: "vapi", serviceValue: "+15550100103", capacity: 500 }),
    await insertAgent(change, { name: "Support (Vapi)", provider: "vapi", serviceValue: "+15550100104", capacity: 500 }),
  ];
  const member = (place: number, more: { priority?: number; weight?: number } = {}) =>
    agents.slice(place, place + 1).map(({ id }) => ({ agentId: id, ...more }));
  const rotation = await insertGroup(change, {
    name: "In turn",
    strategy: "round_robin",
    members: [...member(0), ...member(1), ...member(2), ...member(3)],
  });
  const tiers = await insertGroup(change, {
    name: "First choice first",
    strategy: "priority",
    members: [...member(0, { priority: 1 }), ...member(2, { priority: 2 }), ...member(3, { priority: 2 })],
  });
  const balanced = await insertGroup(change, {
    name: "Fewest calls first",
    strategy: "load_balanced",
    members: [...member(0, { weight: 2 }), ...member(1), ...member(2, { weight: 2 }), ...member(3)],
    fallback: { type: "message", text: "All our agents are busy. Please call again in a few minutes.", language: "en-US" },
  });
  const groups = { round_robin: rotation, priority: tiers, load_balanced: balanced };
  await insertInboundRule(change, { pattern: demoNumbers.round_robin, targetType: "agent_group", targetId: groups.round_robin.id });
  await insertInboundRule(change, { pattern: demoNumbers.priority, targetType: "agent_group", targetId: groups.priority.id });
  await insertInboundRule(change, { pattern: demoNumbers.load_balanced, targetType: "agent_group", targetId: groups.load_balanced.id });
  await insertOutboundRule(change, { prefix: "US", trunkConfig: { trunks: ["demo-carrier-a", "demo-carrier-b"], timeoutSeconds: 30 } });
}
