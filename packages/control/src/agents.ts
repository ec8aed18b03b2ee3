/** Voice agents: created and changed by operators. */
import { type AgentId, agentId } from "@switchboard/routing/ids";
import { type VoiceAgentChange, type VoiceAgentInput, voiceAgentChange, voiceAgentInput } from "@switchboard/routing/input/voice-agent";
import { type Bound, type Change, changeConfiguration, type Changed, readInput, refuseDuplicate, writeAudit } from "./change.ts";
import { ControlError } from "./control-error.ts";
import type { Prisma, VoiceAgent as AgentRow } from "./generated/client.ts";
import { newAgentId } from "./ids.ts";
import { seal } from "./secrets.ts";

/** An agent as people see it: never its password. */
export type VoiceAgent = {
  id: AgentId;
  name: string;
  provider: string;
  serviceValue: string;
  username: string | null;
  hasPassword: boolean;
  enabled: boolean;
  capacity: number | null;
  metadata: Prisma.JsonValue;
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

export const passwordColumn = "voice_agents.sealed_password";

export function createAgents(bound: Bound) {
  return {
    /** Throws ControlError `rule_broken`, `conflict` (the name is taken). */
    create: (input: VoiceAgentInput): Promise<Changed<VoiceAgent>> => changeConfiguration(bound, (change) => insertAgent(change, input)),
    /** Throws ControlError `not_found`, `stale`, `rule_broken`, `conflict`. */
    update: (id: AgentId, input: VoiceAgentChange): Promise<Changed<VoiceAgent>> =>
      changeConfiguration(bound, (change) => updateAgent(change, id, input)),
  };
}

export async function insertAgent(change: Change, input: VoiceAgentInput): Promise<VoiceAgent> {
  const { tx, tenantId, at } = change;
  const { password, ...fields } = readInput(voiceAgentInput, input);
  const id = newAgentId();
  const data = { ...fields, tenantId, id, sealedPassword: sealed(change, id, password), createdAt: at, updatedAt: at };
  const row = await refuseDuplicate(nameTaken(fields.name), tx.voiceAgent.create({ data }));
  const agent = shown(row);
  await writeAudit(change, { action: "agent.created", targetType: "voice_agent", targetId: id, before: null, after: audited(agent) });
  return agent;
}

async function updateAgent(change: Change, id: AgentId, input: VoiceAgentChange): Promise<VoiceAgent> {
  const { tx, tenantId, at } = change;
  const { version, password, ...given } = readInput(voiceAgentChange, input);
  const where = { tenantId_id: { tenantId, id } };
  const before = await tx.voiceAgent.findUnique({ where });
  if (!before) throw new ControlError("not_found", "There is no such agent.");
  if (before.version !== version) throw new ControlError("stale", "Somebody changed this agent in the meantime.");
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const secret = password === undefined ? {} : { sealedPassword: sealed(change, id, password) };
  const update = tx.voiceAgent.update({ where, data: { ...fields, ...secret, version: version + 1, updatedAt: at } });
  const after = shown(await refuseDuplicate(nameTaken(given.name ?? before.name), update));
  await writeAudit(change, {
    action: "agent.updated",
    targetType: "voice_agent",
    targetId: id,
    before: audited(shown(before)),
    after: audited(after),
  });
  return after;
}

const nameTaken = (name: string): string => `There is an agent named “${name}” already.`;

const sealed = ({ keyRing, tenantId }: Change, id: AgentId, password: string | null): string | null =>
  password === null ? null : seal(keyRing, { tenantId, column: passwordColumn, rowId: id }, password);

function shown(row: AgentRow): VoiceAgent {
  const { tenantId: _, sealedPassword, ...rest } = row;
  return { ...rest, id: agentId(row.id), hasPassword: sealedPassword !== null };
}

function audited({ createdAt: _, updatedAt: __, ...rest }: VoiceAgent): Prisma.InputJsonObject {
  return rest;
}
