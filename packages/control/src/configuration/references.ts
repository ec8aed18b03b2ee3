/** What refers to an agent or a group: named to whoever asks, and when somebody wants to delete it. */
import type { AgentId, GroupId } from "@switchboard/routing/ids";
import type { Prisma } from "../generated/client.ts";
import { ControlError, type Reference } from "../control-error.ts";

/** Enough to find the way; the count in the words is the whole one where there are fewer. */
const mostNamed = 20;

type Found = {
  groups: { id: string; name: string }[];
  rules: { id: string; pattern: string }[];
  tenant: { id: string; name: string } | null;
};

const referencesOf = ({ groups, rules, tenant }: Found): Reference[] => [
  ...groups.map(({ id, name }): Reference => ({ type: "agent_group", id, name })),
  ...rules.map(({ id, pattern }): Reference => ({ type: "inbound_rule", id, name: pattern })),
  ...(tenant === null ? [] : [{ type: "tenant" as const, id: tenant.id, name: tenant.name }]),
];

const named = { select: { id: true, name: true }, orderBy: { name: "asc" }, take: mostNamed } as const;
const patterned = { select: { id: true, pattern: true }, orderBy: { pattern: "asc" }, take: mostNamed } as const;

/** Where to look for what refers to one thing. */
type Uses = { groups: Prisma.AgentGroupWhereInput; rules: Prisma.InboundRuleWhereInput; tenant: Prisma.TenantWhereInput };
type Reader = { tx: Prisma.TransactionClient; tenantId: string };

const usesOfAgent = (tenantId: string, id: string): Uses => ({
  groups: { tenantId, OR: [{ members: { some: { agentId: id } } }, { fallbackAgentId: id }] },
  rules: { tenantId, OR: [{ agentId: id }, { fallbackAgentId: id }] },
  tenant: { id: tenantId, fallbackAgentId: id },
});

const usesOfGroup = (tenantId: string, id: string): Uses => ({
  groups: { tenantId, fallbackGroupId: id },
  rules: { tenantId, OR: [{ groupId: id }, { fallbackGroupId: id }] },
  tenant: { id: tenantId, fallbackGroupId: id },
});

async function referencesIn(tx: Prisma.TransactionClient, uses: Uses): Promise<Reference[]> {
  const [groups, rules, tenant] = [
    await tx.agentGroup.findMany({ where: uses.groups, ...named }),
    await tx.inboundRule.findMany({ where: uses.rules, ...patterned }),
    await tx.tenant.findFirst({ where: uses.tenant, select: named.select }),
  ];
  return referencesOf({ groups, rules, tenant });
}

export const agentReferences = ({ tx, tenantId }: Reader, id: AgentId): Promise<Reference[]> => referencesIn(tx, usesOfAgent(tenantId, id));
export const groupReferences = ({ tx, tenantId }: Reader, id: GroupId): Promise<Reference[]> => referencesIn(tx, usesOfGroup(tenantId, id));

/** `references`: the first twenty of a kind; `groups`, `rules`: how many there are. */
export type UsedBy = { references: Reference[]; groups: number; rules: number };

async function usedBy(tx: Prisma.TransactionClient, uses: Uses): Promise<UsedBy> {
  const [references, groups, rules] = await Promise.all([
    referencesIn(tx, uses),
    tx.agentGroup.count({ where: uses.groups }),
    tx.inboundRule.count({ where: uses.rules }),
  ]);
  return { references, groups, rules };
}

export const agentUsedBy = ({ tx, tenantId }: Reader, id: string): Promise<UsedBy> => usedBy(tx, usesOfAgent(tenantId, id));
export const groupUsedBy = ({ tx, tenantId }: Reader, id: string): Promise<UsedBy> => usedBy(tx, usesOfGroup(tenantId, id));

const words = { agent_group: "the group", inbound_rule: "the rule" } as const;

/** Throws ControlError `in_use` where there are references. */
export function refuseInUse(what: string, references: Reference[]): void {
  if (references.length === 0) return;
  const named = references.map(({ type, name }) => (type === "tenant" ? "the tenant’s fallback" : `${words[type]} “${name}”`));
  throw new ControlError("in_use", `${what} is in use by ${named.join(", ")}. Take it out there first.`, { references });
}
