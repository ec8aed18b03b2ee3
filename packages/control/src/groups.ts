/** Agent groups: created by operators, with their members. */
import { type AgentGroupInput, agentGroupInput } from "@switchboard/routing/input/agent-group";
import { type GroupId } from "@switchboard/routing/ids";
import { type Bound, type Change, changeConfiguration, type Changed, readInput, refuseDuplicate, writeAudit } from "./change.ts";
import { ControlError } from "./control-error.ts";
import { checkFallbackTarget, fallbackColumns } from "./fallback-columns.ts";
import { newGroupId } from "./ids.ts";

const mostMembers = 200;
const mostWindows = 3;
const defaultWindowHours = 24;

export function createGroups(bound: Bound) {
  return {
    /** Throws ControlError `rule_broken`, `conflict` (the name is taken), `not_found` (a member or target that is not the tenant's). */
    create: (input: AgentGroupInput): Promise<Changed<{ id: GroupId }>> =>
      changeConfiguration(bound, (change) => insertGroup(change, input)),
  };
}

export async function insertGroup(change: Change, input: AgentGroupInput): Promise<{ id: GroupId }> {
  const { tx, tenantId, at } = change;
  const { members: given, fallback, ...fields } = readInput(agentGroupInput, input);
  const id = newGroupId();
  const members = given.map((member, place) => ({ ...member, position: member.position ?? place + 1 }));
  checkMembers(members);
  await checkFallbackTarget(tx, tenantId, fallback);
  if (fields.strategy === "load_balanced") await checkWindows(change, fields.settings.windowHours ?? defaultWindowHours);
  await refuseDuplicate(
    `There is a group named “${fields.name}” already.`,
    tx.agentGroup.create({ data: { ...fields, ...fallbackColumns(fallback), tenantId, id, createdAt: at, updatedAt: at } }),
  );
  const agentIds = members.map((member) => member.agentId);
  const known = await tx.voiceAgent.count({ where: { tenantId, id: { in: agentIds } } });
  if (known !== agentIds.length)
    throw new ControlError("not_found", "A member of this group is no agent of yours.", {
      issues: [{ path: ["members"], message: "There is no such agent." }],
    });
  await tx.groupMember.createMany({ data: members.map((member) => ({ ...member, tenantId, groupId: id })) });
  await writeAudit(change, {
    action: "group.created",
    targetType: "agent_group",
    targetId: id,
    before: null,
    after: { id, ...fields, fallback, members },
  });
  return { id };
}

function checkMembers(members: { agentId: string }[]): void {
  const issue = (message: string) => new ControlError("rule_broken", message, { issues: [{ path: ["members"], message }] });
  if (members.length > mostMembers) throw issue(`A group has at most ${mostMembers} members.`);
  if (new Set(members.map((member) => member.agentId)).size !== members.length)
    throw new ControlError("conflict", "An agent is a member of a group once.");
}

/** Each window length in use costs a running total per agent. */
async function checkWindows({ tx, tenantId }: Change, windowHours: number): Promise<void> {
  const groups = await tx.agentGroup.findMany({ where: { tenantId, strategy: "load_balanced" }, select: { settings: true } });
  const inUse = new Set([windowHours, ...groups.map(({ settings }) => windowOf(settings))]);
  if (inUse.size <= mostWindows) return;
  const message = `At most ${mostWindows} different window lengths per tenant; others are in use already.`;
  throw new ControlError("rule_broken", message, { issues: [{ path: ["settings", "windowHours"], message }] });
}

function windowOf(settings: unknown): number {
  const hours = typeof settings === "object" && settings !== null && "windowHours" in settings ? settings.windowHours : undefined;
  return typeof hours === "number" ? hours : defaultWindowHours;
}
