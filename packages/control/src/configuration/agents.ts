/** Voice agents: created, changed and removed by operators. */
import { type AgentId, agentId } from "@switchboard/routing/ids";
import { type VoiceAgentChange, type VoiceAgentInput, voiceAgentChange, voiceAgentInput } from "@switchboard/routing/input/voice-agent";
import { z } from "zod";
import {
  type Bound,
  type Change,
  changeConfiguration,
  type Changed,
  readInput,
  refuseDuplicate,
  type SwitchedAgent,
  writeAudit,
} from "./change.ts";
import { ControlError } from "../control-error.ts";
import type { Prisma, VoiceAgent as AgentRow } from "../generated/client.ts";
import { newAgentId } from "../ids.ts";
import { searchAgents } from "./agent-search.ts";
import { type Page, pageOf, type PageQuery, readCursor } from "../database/keyset.ts";
import { agentReferences, agentUsedBy, refuseInUse, type UsedBy } from "./references.ts";
import { seal } from "../secrets/secrets.ts";

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
  metadata: Prisma.JsonObject;
  version: number;
  /** ISO 8601. */
  createdAt: string;
  updatedAt: string;
};

/** `search`: in the name, the provider or the service value. */
export type AgentQuery = PageQuery & { search?: string | undefined; provider?: string | undefined; enabled?: boolean | undefined };

export const passwordColumn = "voice_agents.sealed_password";

export type Agents = ReturnType<typeof createAgents>;

export function createAgents(bound: Bound) {
  const { database, tenantId } = bound;
  const { prisma, breaker } = database;
  return {
    /** By name. */
    list: (query: AgentQuery): Promise<Page<VoiceAgent>> =>
      breaker.run(async () => {
        const after = readCursor(z.string(), query.cursor);
        const found = query.search ? { id: { in: await searchAgents(database, tenantId, { ...query, search: query.search, after }) } } : {};
        const where = { tenantId, ...filterOf(query), ...(after === null ? {} : { name: { gt: after } }), ...found };
        const rows = await prisma.voiceAgent.findMany({ where, orderBy: { name: "asc" }, take: query.limit + 1 });
        return pageOf(rows, query.limit, { keyOf: (row) => row.name, shown });
      }),
    /** Throws ControlError `not_found`. */
    get: (id: string): Promise<VoiceAgent> =>
      breaker.run(async () => {
        const row = await prisma.voiceAgent.findUnique({ where: { tenantId_id: { tenantId, id } } });
        if (!row) throw absent();
        return shown(row);
      }),
    /** Throws ControlError `not_found`. */
    usedBy: (id: string): Promise<UsedBy> =>
      breaker.run(async () => {
        const row = await prisma.voiceAgent.findUnique({ where: { tenantId_id: { tenantId, id } }, select: { id: true } });
        if (!row) throw absent();
        return await agentUsedBy({ tx: prisma, tenantId }, row.id);
      }),
    /** `id`: of one that was deleted and comes back. Throws ControlError `rule_broken`, `conflict` (the name is taken). */
    create: (input: VoiceAgentInput, id?: AgentId): Promise<Changed<VoiceAgent>> =>
      changeConfiguration(bound, (change) => insertAgent(change, input, id)),
    /** Throws ControlError `not_found`, `stale`, `rule_broken`, `conflict`. */
    update: async (id: string, input: VoiceAgentChange): Promise<Changed<VoiceAgent>> => {
      const { item, planVersion } = await changeConfiguration(bound, (change) => updateAgent(change, agentId(id), input), switched);
      return { item: item.after, planVersion };
    },
    /** Throws ControlError `not_found`, `in_use` with what refers to it. */
    remove: (id: string): Promise<Changed<VoiceAgent>> => changeConfiguration(bound, (change) => deleteAgent(change, agentId(id))),
  };
}

const absent = () => new ControlError("not_found", "There is no such agent.");

const filterOf = ({ provider, enabled }: AgentQuery) => ({
  ...(provider === undefined ? {} : { provider }),
  ...(enabled === undefined ? {} : { enabled }),
});

export async function insertAgent(change: Change, input: VoiceAgentInput, id = newAgentId()): Promise<VoiceAgent> {
  const { tx, tenantId, at } = change;
  const { password, ...fields } = readInput(voiceAgentInput, input);
  const data = { ...fields, tenantId, id, sealedPassword: sealed(change, id, password), createdAt: at, updatedAt: at };
  const row = await refuseDuplicate(nameTaken(fields.name), tx.voiceAgent.create({ data }));
  const agent = shown(row);
  await writeAudit(change, { action: "agent.created", targetType: "voice_agent", targetId: id, before: null, after: audited(agent) });
  return agent;
}

type UpdatedAgent = { wasEnabled: boolean; after: VoiceAgent };

const switched = ({ wasEnabled, after: { id, enabled } }: UpdatedAgent): SwitchedAgent | null =>
  enabled === wasEnabled ? null : { kind: "agent", id, enabled };

async function updateAgent(change: Change, id: AgentId, input: VoiceAgentChange): Promise<UpdatedAgent> {
  const { tx, tenantId, at } = change;
  const { version, password, ...given } = readInput(voiceAgentChange, input);
  const where = { tenantId_id: { tenantId, id } };
  const before = await tx.voiceAgent.findUnique({ where });
  if (!before) throw absent();
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
  return { wasEnabled: before.enabled, after };
}

async function deleteAgent(change: Change, id: AgentId): Promise<VoiceAgent> {
  const { tx, tenantId } = change;
  const where = { tenantId_id: { tenantId, id } };
  const row = await tx.voiceAgent.findUnique({ where });
  if (!row) throw absent();
  refuseInUse(`“${row.name}”`, await agentReferences(change, id));
  await tx.voiceAgent.delete({ where });
  const agent = shown(row);
  await writeAudit(change, { action: "agent.deleted", targetType: "voice_agent", targetId: id, before: audited(agent), after: null });
  return agent;
}

const nameTaken = (name: string): string => `There is an agent named “${name}” already.`;

const sealed = ({ keyRing, tenantId }: Change, id: AgentId, password: string | null): string | null =>
  password === null ? null : seal(keyRing, { tenantId, column: passwordColumn, rowId: id }, password);

function shown(row: AgentRow): VoiceAgent {
  const { tenantId: _, sealedPassword, createdAt, updatedAt, metadata, ...rest } = row;
  const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  const isObject = typeof metadata === "object" && metadata !== null && !Array.isArray(metadata);
  return { ...rest, ...times, id: agentId(row.id), metadata: isObject ? metadata : {}, hasPassword: sealedPassword !== null };
}

function audited({ createdAt: _, updatedAt: __, ...rest }: VoiceAgent): Prisma.InputJsonObject {
  return rest;
}
