/** What refers to an agent or a group: named when somebody wants to delete it. */
import type { AgentId, GroupId } from "@switchboard/routing/ids";
import type { Change } from "./change.ts";
import { ControlError, type Reference } from "./control-error.ts";

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

export async function agentReferences({ tx, tenantId }: Change, id: AgentId): Promise<Reference[]> {
  const inGroup = { OR: [{ members: { some: { agentId: id } } }, { fallbackAgentId: id }] };
  const [groups, rules, tenant] = [
    await tx.agentGroup.findMany({ where: { tenantId, ...inGroup }, ...named }),
    await tx.inboundRule.findMany({ where: { tenantId, OR: [{ agentId: id }, { fallbackAgentId: id }] }, ...patterned }),
    await tx.tenant.findFirst({ where: { id: tenantId, fallbackAgentId: id }, select: named.select }),
  ];
  return referencesOf({ groups, rules, tenant });
}

export async function groupReferences({ tx, tenantId }: Change, id: GroupId): Promise<Reference[]> {
  const [groups, rules, tenant] = [
    await tx.agentGroup.findMany({ where: { tenantId, fallbackGroupId: id }, ...named }),
    await tx.inboundRule.findMany({ where: { tenantId, OR: [{ groupId: id }, { fallbackGroupId: id }] }, ...patterned }),
    await tx.tenant.findFirst({ where: { id: tenantId, fallbackGroupId: id }, select: named.select }),
  ];
  return referencesOf({ groups, rules, tenant });
}

const words = { agent_group: "the group", inbound_rule: "the rule" } as const;

/** Throws ControlError `in_use` where there are references. */
export function refuseInUse(what: string, references: Reference[]): void {
  if (references.length === 0) return;
  const named = references.map(({ type, name }) => (type === "tenant" ? "the tenant’s fallback" : `${words[type]} “${name}”`));
  throw new ControlError("in_use", `${what} is in use by ${named.join(", ")}. Take it out there first.`, { references });
}
