/** Agent groups: created, changed and removed by operators, with their members. */
import { type GroupId, groupId } from "@switchboard/routing/ids";
import { type AgentGroupChange, agentGroupChange, type AgentGroupInput, agentGroupInput } from "@switchboard/routing/input/agent-group";
import type { Fallback, GroupSettings, MemberConfig, Strategy } from "@switchboard/routing/plan-source";
import { z } from "zod";
import { type Bound, type Change, changeConfiguration, type Changed, readInput, refuseDuplicate, writeAudit } from "./change.ts";
import { ControlError } from "../control-error.ts";
import { checkFallbackTarget, fallbackColumns, storedFallbackOf } from "./fallback-columns.ts";
import { refuseGroupLoop } from "./fallback-loops.ts";
import type { Prisma } from "../generated/client.ts";
import { checkMembers, checkWindows, countMembers, memberRows, membersOf, shownMember } from "./group-members.ts";
import { newGroupId } from "../ids.ts";
import type { Database } from "../database/database.ts";
import { fitting, type Page, pageOf, type PageQuery, readCursor } from "../database/keyset.ts";
import { readSettings, readStrategy } from "../plans/plan-rows.ts";
import { groupReferences, groupUsedBy, refuseInUse, type UsedBy } from "./references.ts";
import { rowsOf, type SqlValue } from "../database/sql.ts";

export type AgentGroup = {
  id: GroupId;
  name: string;
  strategy: Strategy;
  settings: GroupSettings;
  fallback: Fallback;
  /** By position, then id: the order of the rotation. */
  members: MemberConfig[];
  version: number;
  /** ISO 8601. */
  createdAt: string;
  updatedAt: string;
};

/** `search`: in the name. */
export type GroupQuery = PageQuery & { search?: string | undefined; strategy?: Strategy | undefined };

const mostMembersOfPage = 1_000;

export type Groups = ReturnType<typeof createGroups>;

export function createGroups(bound: Bound) {
  const { database, tenantId } = bound;
  const { prisma, breaker } = database;
  return {
    /** By name; a page ends before it has more than so many members, which somebody would wait for. */
    list: ({ limit, cursor, search, strategy }: GroupQuery): Promise<Page<AgentGroup>> =>
      breaker.run(async () => {
        const rows = await readGroups(database, tenantId, { limit, after: readCursor(z.string(), cursor), search, strategy });
        const ids = rows.map(({ id }) => id);
        const counts = await countMembers(database, tenantId, ids);
        const fits = fitting(
          ids.map((id) => counts.get(id) ?? 0),
          { limit, most: mostMembersOfPage },
        );
        const members = await membersOf(database, tenantId, ids.slice(0, fits));
        return pageOf(rows.slice(0, fits + 1), fits, {
          keyOf: (row) => row.name,
          shown: (row) => shownListed(row, members.get(row.id) ?? []),
        });
      }),
    /** Throws ControlError `not_found`. */
    get: (id: string): Promise<AgentGroup> => breaker.run(async () => shown(await readGroup(prisma, tenantId, id))),
    /** Throws ControlError `not_found`. */
    usedBy: (id: string): Promise<UsedBy> =>
      breaker.run(async () => groupUsedBy({ tx: prisma, tenantId }, (await readGroup(prisma, tenantId, id)).id)),
    /** `id`: of one that was deleted and comes back. Throws ControlError `rule_broken`, `conflict` (the name is taken), `not_found` (a member or target that is not the tenant's). */
    create: (input: AgentGroupInput, id?: GroupId): Promise<Changed<AgentGroup>> =>
      changeConfiguration(bound, (change) => insertGroup(change, input, id)),
    /** Throws what `create` throws, and `stale`. */
    update: (id: string, input: AgentGroupChange): Promise<Changed<AgentGroup>> =>
      changeConfiguration(bound, (change) => updateGroup(change, groupId(id), input)),
    /** Throws ControlError `not_found`, `in_use` with what refers to it. */
    remove: (id: string): Promise<Changed<AgentGroup>> => changeConfiguration(bound, (change) => deleteGroup(change, groupId(id))),
  };
}

type ListedGroup = Omit<ShownRow, "settings" | "fallback"> & { settings: string; fallback: string | null };
type Listed = Omit<GroupQuery, "cursor"> & { after: string | null };

/** The rows of a page, and one more. Past Prisma, which spends several milliseconds of the event loop on making objects of 200 of them. */
async function readGroups({ pool }: Pick<Database, "pool">, tenantId: string, { limit, after, search, strategy }: Listed) {
  const conditions = ["tenant_id = ?"];
  const values: SqlValue[] = [tenantId];
  const add = (sql: string, value: SqlValue) => {
    conditions.push(sql);
    values.push(value);
  };
  if (search !== undefined) add("name LIKE ?", `%${search.replace(/[\\%_]/g, "\\$&")}%`);
  if (strategy !== undefined) add("strategy = ?", strategy);
  if (after !== null) add("name > ?", after);
  const columns = "id, name, strategy, settings, fallback, version, created_at AS createdAt, updated_at AS updatedAt";
  const sql = `SELECT ${columns} FROM agent_groups WHERE ${conditions.join(" AND ")} ORDER BY name LIMIT ?`;
  return await rowsOf<ListedGroup>(pool, sql, [...values, limit + 1]);
}

const withMembers = { include: { members: { orderBy: [{ position: "asc" }, { agentId: "asc" }] } } } satisfies Prisma.AgentGroupDefaultArgs;
type GroupRow = Prisma.AgentGroupGetPayload<typeof withMembers>;

async function readGroup(prisma: Prisma.TransactionClient, tenantId: string, id: string): Promise<GroupRow> {
  const row = await prisma.agentGroup.findUnique({ where: { tenantId_id: { tenantId, id } }, ...withMembers });
  if (!row) throw new ControlError("not_found", "There is no such group.");
  return row;
}

export async function insertGroup(change: Change, input: AgentGroupInput, id = newGroupId()): Promise<AgentGroup> {
  const { tx, tenantId, at } = change;
  const { members: given, fallback, ...fields } = readInput(agentGroupInput, input);
  const members = memberRows(given);
  await checkMembers(change, members);
  await checkFallbackTarget(tx, tenantId, fallback);
  await checkWindows(change, { id, ...fields });
  const data = { ...fields, ...fallbackColumns(fallback), tenantId, id, createdAt: at, updatedAt: at };
  await refuseDuplicate(nameTaken(fields.name), tx.agentGroup.create({ data }));
  await tx.groupMember.createMany({ data: members.map((member) => ({ ...member, tenantId, groupId: id })) });
  const group = shown(await readGroup(tx, tenantId, id));
  await writeAudit(change, { action: "group.created", targetType: "agent_group", targetId: id, before: null, after: audited(group) });
  return group;
}

async function updateGroup(change: Change, id: GroupId, input: AgentGroupChange): Promise<AgentGroup> {
  const { tx, tenantId, at } = change;
  const { version, members, fallback, name, strategy, settings } = readInput(agentGroupChange, input);
  const before = shown(await readGroup(tx, tenantId, id));
  if (before.version !== version) throw new ControlError("stale", "Somebody changed this group in the meantime.");
  const fields = { name: name ?? before.name, strategy: strategy ?? before.strategy, settings: settings ?? before.settings };
  if (fallback !== undefined) {
    await checkFallbackTarget(tx, tenantId, fallback);
    await refuseGroupLoop(change, id, fallback);
  }
  await checkWindows(change, { id, ...fields });
  const data = { ...fields, ...(fallback === undefined ? {} : fallbackColumns(fallback)), version: version + 1, updatedAt: at };
  await refuseDuplicate(nameTaken(fields.name), tx.agentGroup.update({ where: { tenantId_id: { tenantId, id } }, data }));
  if (members !== undefined) await replaceMembers(change, id, memberRows(members));
  const after = shown(await readGroup(tx, tenantId, id));
  const note = { action: "group.updated", targetType: "agent_group", targetId: id };
  await writeAudit(change, { ...note, before: audited(before), after: audited(after) });
  return after;
}

async function replaceMembers(change: Change, id: GroupId, members: MemberConfig[]): Promise<void> {
  const { tx, tenantId } = change;
  await checkMembers(change, members);
  await tx.groupMember.deleteMany({ where: { tenantId, groupId: id } });
  await tx.groupMember.createMany({ data: members.map((member) => ({ ...member, tenantId, groupId: id })) });
}

async function deleteGroup(change: Change, id: GroupId): Promise<AgentGroup> {
  const { tx, tenantId } = change;
  const group = shown(await readGroup(tx, tenantId, id));
  refuseInUse(`“${group.name}”`, await groupReferences(change, id));
  await tx.agentGroup.delete({ where: { tenantId_id: { tenantId, id } } });
  await writeAudit(change, { action: "group.deleted", targetType: "agent_group", targetId: id, before: audited(group), after: null });
  return group;
}

const nameTaken = (name: string): string => `There is a group named “${name}” already.`;

const shown = (row: GroupRow): AgentGroup => shownWith(row, row.members.map(shownMember));

const shownListed = ({ settings, fallback, ...row }: ListedGroup, members: MemberConfig[]): AgentGroup =>
  shownWith({ ...row, settings: JSON.parse(settings), fallback: fallback === null ? null : JSON.parse(fallback) }, members);

type ShownRow = Pick<GroupRow, "id" | "name" | "strategy" | "settings" | "fallback" | "version" | "createdAt" | "updatedAt">;

function shownWith(row: ShownRow, members: MemberConfig[]): AgentGroup {
  const { name, version } = row;
  return {
    id: groupId(row.id),
    name,
    strategy: readStrategy(row.strategy),
    settings: readSettings(row.settings),
    fallback: storedFallbackOf(row.fallback),
    members,
    version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function audited({ createdAt: _, updatedAt: __, settings, fallback, ...rest }: AgentGroup): Prisma.InputJsonObject {
  return { ...rest, settings: { ...settings }, fallback: fallback === null ? null : { ...fallback } };
}
