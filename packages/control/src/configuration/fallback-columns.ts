/** A fallback as it is stored: whole as JSON, its target beside it as a reference that the database watches. */
import { type AgentId, agentId, type GroupId, groupId } from "@switchboard/routing/ids";
import { normaliseNumber } from "@switchboard/routing/number";
import type { Fallback } from "@switchboard/routing/plan-source";
import { z } from "zod";
import { ControlError } from "../control-error.ts";
import { Prisma } from "../generated/client.ts";

type FallbackColumns = {
  fallback: Prisma.InputJsonObject | typeof Prisma.DbNull;
  fallbackAgentId: AgentId | null;
  fallbackGroupId: GroupId | null;
};

export function fallbackColumns(fallback: Fallback): FallbackColumns {
  return {
    fallback: fallback === null ? Prisma.DbNull : { ...fallback },
    fallbackAgentId: fallback?.type === "voice_agent" ? fallback.targetId : null,
    fallbackGroupId: fallback?.type === "agent_group" ? fallback.targetId : null,
  };
}

const storedFallback = z.discriminatedUnion("type", [
  z.object({ type: z.literal("voice_agent"), targetId: z.string().transform(agentId) }),
  z.object({ type: z.literal("agent_group"), targetId: z.string().transform(groupId) }),
  z.object({ type: z.literal("number"), number: z.string(), trunks: z.array(z.string()).optional() }),
  z.object({ type: z.literal("sip"), uri: z.string() }),
  z.object({ type: z.literal("message"), text: z.string(), language: z.string().optional() }),
  z.object({ type: z.literal("reject"), reason: z.enum(["busy", "rejected", "congestion", "failed"]) }),
  z.object({ type: z.literal("hangup") }),
]);

/** From the JSON text of the column. */
export const readFallback = (text: string | null): Fallback => (text === null ? null : storedFallback.parse(JSON.parse(text)));

/** From the column as Prisma reads it. */
export const storedFallbackOf = (json: Prisma.JsonValue): Fallback => (json === null ? null : storedFallback.parse(json));

/** Throws ControlError `not_found` for a target that is not this tenant's, `rule_broken` for a number that can't be dialled. */
export async function checkFallbackTarget(tx: Prisma.TransactionClient, tenantId: string, fallback: Fallback): Promise<void> {
  if (fallback?.type === "voice_agent") await checkAgent(tx, { tenantId, id: fallback.targetId, path: ["fallback", "targetId"] });
  if (fallback?.type === "agent_group") await checkGroup(tx, { tenantId, id: fallback.targetId, path: ["fallback", "targetId"] });
  if (fallback?.type === "number" && normaliseNumber(fallback.number, null).kind === "text") {
    const message = `“${fallback.number}” is not a number: use digits, with + in front.`;
    throw new ControlError("rule_broken", message, { issues: [{ path: ["fallback", "number"], message }] });
  }
}

type Reference = { tenantId: string; id: string; path: (string | number)[] };

export async function checkAgent(tx: Prisma.TransactionClient, { tenantId, id, path }: Reference): Promise<void> {
  if ((await tx.voiceAgent.count({ where: { tenantId, id } })) === 0) throw missing("There is no such agent.", path);
}

export async function checkGroup(tx: Prisma.TransactionClient, { tenantId, id, path }: Reference): Promise<void> {
  if ((await tx.agentGroup.count({ where: { tenantId, id } })) === 0) throw missing("There is no such group.", path);
}

/** Absent and another tenant's look the same. */
const missing = (message: string, path: (string | number)[]): ControlError =>
  new ControlError("not_found", message, { issues: [{ path, message }] });
