/** What is asked of a group's members and of its window before it is saved. */
import { agentId, type GroupId } from "@switchboard/routing/ids";
import type { agentGroupInput } from "@switchboard/routing/input/agent-group";
import type { GroupSettings, MemberConfig, Strategy } from "@switchboard/routing/plan-source";
import type { z } from "zod";
import type { Change } from "./change.ts";
import { ControlError } from "../control-error.ts";
import type { Database } from "../database/database.ts";
import type { GroupMember } from "../generated/client.ts";
import { memberOf, type MemberRow } from "../plans/plan-rows.ts";
import { rowsOf } from "../database/sql.ts";

const mostMembers = 200;
const mostWindows = 3;
const defaultWindowHours = 24;

/** Whoever was given no position has that of their place in the list. */
export const memberRows = (members: z.output<typeof agentGroupInput>["members"]): MemberConfig[] =>
  members.map((member, place) => ({ ...member, position: member.position ?? place + 1 }));

export const shownMember = ({ agentId: id, position, priority, weight, capacity, enabled }: GroupMember): MemberConfig => ({
  agentId: agentId(id),
  ...{ position, priority, weight, capacity, enabled },
});

const inRotation = (a: MemberConfig, b: MemberConfig): number => a.position - b.position || (a.agentId < b.agentId ? -1 : 1);

/** How many members each of these groups has; those without any are not in it. */
export async function countMembers({ pool }: Pick<Database, "pool">, tenantId: string, groupIds: string[]): Promise<Map<string, number>> {
  if (groupIds.length === 0) return new Map();
  const sql = `SELECT group_id, COUNT(*) AS members FROM group_members
    WHERE tenant_id = ? AND group_id IN (${groupIds.map(() => "?").join(",")}) GROUP BY group_id`;
  const rows = await rowsOf<{ group_id: string; members: number }>(pool, sql, [tenantId, ...groupIds]);
  return new Map(rows.map(({ group_id, members }) => [group_id, members]));
}

/** By group, each in the order of the rotation. Past Prisma: a page of groups has thousands of members. */
export async function membersOf(
  { pool }: Pick<Database, "pool">,
  tenantId: string,
  groupIds: string[],
): Promise<Map<string, MemberConfig[]>> {
  const found = new Map<string, MemberConfig[]>(groupIds.map((id) => [id, []]));
  if (groupIds.length === 0) return found;
  const rows = await rowsOf<MemberRow>(
    pool,
    `SELECT group_id, agent_id, position, priority, weight, capacity, enabled FROM group_members
     WHERE tenant_id = ? AND group_id IN (${groupIds.map(() => "?").join(",")})`,
    [tenantId, ...groupIds],
  );
  for (const row of rows) found.get(row.group_id)?.push(memberOf(row));
  for (const members of found.values()) members.sort(inRotation);
  return found;
}

/** Throws ControlError `rule_broken` (too many), `conflict` (an agent twice), `not_found` (no agent of the tenant's). */
export async function checkMembers({ tx, tenantId }: Change, members: MemberConfig[]): Promise<void> {
  if (members.length > mostMembers) {
    const message = `A group has at most ${mostMembers} members.`;
    throw new ControlError("rule_broken", message, { issues: [{ path: ["members"], message }] });
  }
  const ids = members.map((member) => member.agentId);
  const issuesAt = (isWrong: (id: string, place: number) => boolean, message: string) =>
    ids.flatMap((id, place) => (isWrong(id, place) ? [{ path: ["members", place, "agentId"], message }] : []));
  const twice = issuesAt((id, place) => ids.slice(0, place).some((each) => each === id), "This agent is a member already.");
  if (twice.length > 0) throw new ControlError("conflict", "An agent is a member of a group once.", { issues: twice });
  const known = await tx.voiceAgent.findMany({ where: { tenantId, id: { in: ids } }, select: { id: true } });
  const knownIds = new Set(known.map(({ id }) => id));
  const unknown = issuesAt((id) => !knownIds.has(id), "There is no such agent.");
  if (unknown.length > 0) throw new ControlError("not_found", "A member of this group is no agent of yours.", { issues: unknown });
}

type Windowed = { id: GroupId; strategy: Strategy; settings: GroupSettings };

/** Each window length in use costs a running total per agent. Throws ControlError `rule_broken`. */
export async function checkWindows({ tx, tenantId }: Change, { id, strategy, settings }: Windowed): Promise<void> {
  if (strategy !== "load_balanced") return;
  const others = await tx.agentGroup.findMany({
    where: { tenantId, strategy: "load_balanced", id: { not: id } },
    select: { settings: true },
  });
  const inUse = new Set([settings.windowHours ?? defaultWindowHours, ...others.map((other) => windowOf(other.settings))]);
  if (inUse.size <= mostWindows) return;
  const message = `At most ${mostWindows} different window lengths per tenant; others are in use already.`;
  throw new ControlError("rule_broken", message, { issues: [{ path: ["settings", "windowHours"], message }] });
}

function windowOf(settings: unknown): number {
  const hours = typeof settings === "object" && settings !== null && "windowHours" in settings ? settings.windowHours : undefined;
  return typeof hours === "number" ? hours : defaultWindowHours;
}
