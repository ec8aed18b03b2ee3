/** Opens a tenant's domain at Cloudonix, with the key that is stored for it or another one. */
import type { Urgency } from "@switchboard/cloudonix/ask";
import type { Cloudonix } from "@switchboard/cloudonix/client";
import type { DomainClient } from "@switchboard/cloudonix/domain-client";
import { type CloudonixAccount, readCloudonixAccount } from "@switchboard/control/cloudonix-account";
import type { Database } from "@switchboard/control/database";
import type { KeyRing } from "@switchboard/control/key-ring";
import type { TenantId } from "@switchboard/routing/ids";

export const noKeyWords = "There is no Cloudonix API key yet. Store one that may manage the domain; it begins with XI.";

/** `client` null: there is no key. */
export type OpenedDomain = Omit<CloudonixAccount, "key"> & { client: DomainClient | null };

/** `key`: in place of the stored one. Throws ControlError `not_found`, `unavailable`. */
export type OpenDomain = (tenantId: TenantId, how: { urgency: Urgency; key?: string | undefined }) => Promise<OpenedDomain>;

export const createOpenDomain =
  ({ cloudonix, database, keyRing }: { cloudonix: Cloudonix; database: Database; keyRing: KeyRing }): OpenDomain =>
  async (tenantId, { urgency, key: given }) => {
    const { key: stored, ...account } = await readCloudonixAccount(database, keyRing, tenantId);
    const key = given ?? stored;
    return { ...account, client: key === null ? null : cloudonix.domain({ domain: account.domain, key, urgency }) };
  };
