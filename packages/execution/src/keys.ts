/** The one place that spells Redis keys: every key carries its partition's hash tag, and a tenant's keys its id too. */
import { createHash } from "node:crypto";
import type { TenantId } from "@switchboard/routing/ids";

export const partitionCount = 64;
export const partitions: readonly number[] = Array.from({ length: partitionCount }, (_, index) => index);

/** What follows the partition's prefix; shared by its tenants. */
const partitionKeys = { epoch: "epoch", journal: "journal", tenants: "tenants", fence: "fence:" } as const;

/** What follows the tenant's prefix. Names that end in a colon are completed by an id. */
const tenantKeys = {
  agents: "agents",
  causes: "causes",
  leases: "leases",
  live: "live",
  outbound: "outbound",
  dialled: "dialled",
  missed: "missed",
  rounds: "rounds",
  call: "call:",
  group: "group:",
  ring: "ring:",
  credit: "credit:",
  sip: "sip:",
} as const;

/** Stable for ever: the first two bytes of the id's sha256, modulo the number of partitions. */
export function partitionOf(tenantId: TenantId): number {
  return createHash("sha256").update(tenantId).digest().readUInt16BE(0) % partitionCount;
}

export const partitionPrefix = (partition: number): string => `{p${String(partition).padStart(2, "0")}}:`;
export const journalKey = (partition: number): string => partitionPrefix(partition) + partitionKeys.journal;
export const epochKey = (partition: number): string => partitionPrefix(partition) + partitionKeys.epoch;
export const tenantsKey = (partition: number): string => partitionPrefix(partition) + partitionKeys.tenants;

/** A job's lock and the counter of its fencing tokens; not bound to a partition. */
export const jobLockKey = (job: string): string => `{job:${job}}:lock`;
export const jobTokenKey = (job: string): string => `{job:${job}}:token`;

const keysByTenant = new Map<TenantId, [string, string]>();

/** KEYS of every script that works on one tenant: the partition's and the tenant's prefix, which `luaKeys` completes. */
export function tenantScriptKeys(tenantId: TenantId): [string, string] {
  const known = keysByTenant.get(tenantId);
  if (known) return known;
  const prefix = partitionPrefix(partitionOf(tenantId));
  const keys: [string, string] = [prefix, `${prefix}${tenantId}:`];
  if (keysByTenant.size >= 10_000) keysByTenant.clear();
  keysByTenant.set(tenantId, keys);
  return keys;
}

/** All of a tenant's calls, for `SCAN`: an id in the star's place is a call's key. */
export const callKeyPattern = (tenantId: TenantId): string => `${tenantScriptKeys(tenantId)[1]}${tenantKeys.call}*`;

/** How scripts spell keys: each name in a Lua source stands for the text beside it, completed by the prefixes in KEYS. */
export const luaKeys: ReadonlyMap<string, string> = new Map([
  ...Object.entries(partitionKeys).map(([name, text]): [string, string] => [`${name}_key`, `KEYS[1] .. '${text}'`]),
  ...Object.entries(tenantKeys).map(([name, text]): [string, string] => [`${name}_key`, `KEYS[2] .. '${text}'`]),
]);

/** Written by the watchdog to see whether Redis takes writes. */
export const probeKey = "{probe}:written";

/** Where changes of configuration are announced; not bound to a partition. */
export const planChannel = "switchboard:plans";

/** When the next of what a limit counts would be due; its own slot, since nothing else is read with it. */
export const limitKey = (name: string): string => `{limit:${name}}`;

/** When the last of what a window counts were done. */
export const windowLimitKey = (name: string): string => `{window:${name}}`;

/** An account's failed logins. `account` is no e-mail address but its hash: personal data has no place in Redis. */
export const loginPauseKey = (account: string): string => `{login:${account}}`;

/** Where ends of sign-ins are announced; not bound to a partition. */
export const sessionChannel = "switchboard:sessions";

/** In front of a BullMQ queue's name: one slot for all of its keys. */
export const queuePrefix = "{queue}";

/** What may be used once and has been; `name` says nothing of whom it belongs to. */
export const usedKey = (name: string): string => `{used:${name}}`;
