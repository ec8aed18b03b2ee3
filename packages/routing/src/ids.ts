/** Branded identifiers: a tenant's id can't pass for an agent's. Every id is 24 characters, its kind in front. */

declare const kind: unique symbol;
type Id<K extends string> = string & { readonly [kind]: K };

export type TenantId = Id<"tenant">;
export type UserId = Id<"user">;
export type AgentId = Id<"agent">;
export type GroupId = Id<"group">;
export type RuleId = Id<"rule">;
export type CallId = Id<"call">;

/** What a rule points at and a claim chooses from: a group, or one agent as a group of one. */
export type TargetId = GroupId | AgentId;

/** Length of every id, kind included; the packed rows in Redis rely on it. */
export const idLength = 24;

/** Brand a string that is known to be such an id (a row just read, a signed token just verified). */
export const tenantId = (value: string): TenantId => value as TenantId;
export const userId = (value: string): UserId => value as UserId;
export const agentId = (value: string): AgentId => value as AgentId;
export const groupId = (value: string): GroupId => value as GroupId;
export const ruleId = (value: string): RuleId => value as RuleId;
export const callId = (value: string): CallId => value as CallId;
