/** Whether the tenant's domain and its key work at Cloudonix, and what there deserves a second look. */
import type { CloudonixAccess } from "@switchboard/api/deps";
import { failureWords } from "@switchboard/cloudonix/failure-words";
import type { PlatformDomain } from "@switchboard/cloudonix/shapes";
import type { TenantId } from "@switchboard/routing/ids";
import { noKeyWords, type OpenDomain, type OpenedDomain } from "./open-domain.ts";

export const createVerify =
  (openDomain: OpenDomain, tenantId: TenantId): CloudonixAccess["verify"] =>
  async ({ cloudonixKey }) => {
    const opened = await openDomain(tenantId, { urgency: "person", key: cloudonixKey });
    const { domain, client } = opened;
    if (client === null) return { works: false, domain, failure: "no_key", words: noKeyWords, warnings: [] };
    const read = await client.read();
    if (!read.ok) return { works: false, domain, failure: read.failure.kind, words: failureWords(read.failure, domain), warnings: [] };
    const words = `Cloudonix knows ${domain}, and this key may manage it.`;
    return { works: true, domain, failure: null, words, warnings: warningsOf(opened, read.value) };
  };

const warningsOf = ({ domain, aliases }: OpenedDomain, platform: PlatformDomain): string[] => {
  const known = new Set([domain, ...aliases]);
  const unknown = [platform.domain, ...platform.aliases].map((name) => name.toLowerCase()).filter((name) => !known.has(name));
  return [
    ...(platform.isActive ? [] : ["Cloudonix says that this domain is not active: it takes no calls."]),
    ...unknown.map((name) => `Cloudonix also knows this domain as ${name}: calls that name it so are refused until it is an alias here.`),
  ];
};
