/** The trunks that Cloudonix knows for a tenant, remembered for a minute; while it fails, the last ones known and how old they are. */
import type { TrunkList } from "@switchboard/api/schemas/cloudonix";
import { failureWords } from "@switchboard/cloudonix/failure-words";
import type { PlatformTrunk } from "@switchboard/cloudonix/shapes";
import type { TenantId } from "@switchboard/routing/ids";
import { createRemembered } from "../limits/remembered.ts";
import { noKeyWords, type OpenDomain } from "./open-domain.ts";

const freshMs = 60_000;
/** So that a page that is opened often doesn't use up the domain's requests while Cloudonix fails. */
const failedFreshMs = 10_000;

/** Of one domain: a tenant that changes its domain has others. */
type Known = { domain: string; items: PlatformTrunk[]; readAt: number };
type Read = { known: Known | null; failure: string | null; until: number };

export type ReadTrunks = (tenantId: TenantId) => Promise<TrunkList>;

/** Throws ControlError `unavailable` when the database is away. */
export const createReadTrunks = (openDomain: OpenDomain, now: () => number): ReadTrunks => {
  const reads = createRemembered<Read>(1_000);
  const running = new Map<TenantId, Promise<Read>>();

  const ask = async (tenantId: TenantId): Promise<Read> => {
    const { client, domain } = await openDomain(tenantId, { urgency: "job" });
    const last = reads.get(tenantId) ?? null;
    const known = last?.known?.domain === domain ? last.known : null;
    if (client === null) return { known: null, failure: noKeyWords, until: 0 };
    if (last !== null && known !== null && now() < last.until) return last;
    if (last !== null && last.failure !== null && now() < last.until) return { ...last, known };
    const trunks = await client.trunks();
    const at = now();
    const read: Read = trunks.ok
      ? { known: { domain, items: trunks.value, readAt: at }, failure: null, until: at + freshMs }
      : { known, failure: failureWords(trunks.failure, domain), until: at + failedFreshMs };
    reads.put(tenantId, read);
    return read;
  };

  /** Whoever asks at the same time gets the same answer. */
  const askOnce = (tenantId: TenantId): Promise<Read> => {
    const already = running.get(tenantId);
    if (already) return already;
    const asking = ask(tenantId).finally(() => running.delete(tenantId));
    running.set(tenantId, asking);
    return asking;
  };

  return async (tenantId) => {
    const { known, failure } = await askOnce(tenantId);
    return {
      items: (known?.items ?? []).map(({ id, name, direction, isActive, transport, ip, port }) => ({
        ...{ id: String(id), name, direction, isActive, transport },
        address: ip === null ? null : port === null ? ip : `${ip}:${port}`,
      })),
      nextCursor: null,
      readAt: known === null ? null : new Date(known.readAt).toISOString(),
      failure,
    };
  };
};
