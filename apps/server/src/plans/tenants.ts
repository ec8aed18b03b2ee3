/** Every tenant this process answers for, in memory: found by token, by path key or by id, each with its compiled plan. */
import type { TenantId } from "@switchboard/routing/ids";
import type { Plan } from "@switchboard/routing/plan";

type Secret<T> = { value: T; validUntil: number | null };

export type TenantEntry = {
  id: TenantId;
  /** The path key, and the one before it while its grace lasts. */
  keys: Secret<string>[];
  /** SHA-256 of the webhook tokens. */
  tokens: { hash: Buffer; validUntil: number | null }[];
  /** Domain and aliases in lower case. */
  domains: ReadonlySet<string>;
  /** Session updates or CDRs have come with a bearer: from then on none may come without. */
  reportsCarryBearer: boolean;
  plan: Plan;
};

export type Tenants = {
  byId: (id: TenantId) => TenantEntry | undefined;
  /** `hash`: SHA-256 of the token, in hex. */
  byTokenHash: (hash: string) => TenantEntry | undefined;
  byKey: (key: string, now: number) => TenantEntry | undefined;
  /** Domain or alias, case and a trailing dot ignored. It proves nothing. */
  byDomain: (domain: string) => TenantEntry | undefined;
  sawReportBearer: (entry: TenantEntry) => void;
};

/** As domains are kept. */
export const normalDomain = (domain: string): string => domain.toLowerCase().replace(/\.$/, "");

export const createTenants = (onFirstReportBearer: (id: TenantId) => void) => {
  const entries = new Map<TenantId, TenantEntry>();
  const byTokenHash = new Map<string, TenantEntry>();
  const byKey = new Map<string, TenantEntry>();
  const byDomain = new Map<string, TenantEntry>();

  const remove = (id: TenantId) => {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    for (const token of entry.tokens) byTokenHash.delete(token.hash.toString("hex"));
    for (const key of entry.keys) byKey.delete(key.value);
    for (const domain of entry.domains) if (byDomain.get(domain) === entry) byDomain.delete(domain);
  };

  /** Replaces the tenant's entry whole; a reader sees the old one or the new one. */
  const put = (entry: TenantEntry) => {
    remove(entry.id);
    entries.set(entry.id, entry);
    for (const token of entry.tokens) byTokenHash.set(token.hash.toString("hex"), entry);
    for (const key of entry.keys) byKey.set(key.value, entry);
    for (const domain of entry.domains) byDomain.set(domain, entry);
  };

  const lookUp: Tenants = {
    byId: (id) => entries.get(id),
    byTokenHash: (hash) => byTokenHash.get(hash),
    byKey: (key, now) => {
      const entry = byKey.get(key);
      const secret = entry?.keys.find((candidate) => candidate.value === key);
      return secret && (secret.validUntil === null || secret.validUntil > now) ? entry : undefined;
    },
    byDomain: (domain) => byDomain.get(normalDomain(domain)),
    sawReportBearer: (entry) => {
      if (entry.reportsCarryBearer) return;
      entry.reportsCarryBearer = true;
      onFirstReportBearer(entry.id);
    },
  };

  return { lookUp, put, remove, all: () => [...entries.values()] };
};
