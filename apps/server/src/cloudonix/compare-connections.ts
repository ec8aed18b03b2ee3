/** Looks whether connected domains are still as they were set, a few at a time. */
import { failureWords } from "@switchboard/cloudonix/failure-words";
import type { Comparison } from "@switchboard/control/cloudonix-drift";
import type { CloudonixConnection } from "@switchboard/control/cloudonix-connection";
import type { TokenStanding } from "@switchboard/control/webhook-token-standing";
import type { Webhooks } from "@switchboard/api/schemas/tenant";
import type { TenantId } from "@switchboard/routing/ids";
import { differencesOf } from "./differences.ts";
import { noKeyWords, type OpenDomain } from "./open-domain.ts";
import { readPlatformState } from "./platform-state.ts";
import { tokenStandingIn } from "./tenant-connection.ts";

export type CompareDeps = {
  due: () => Promise<TenantId[]>;
  openDomain: OpenDomain;
  read: (tenantId: TenantId) => Promise<CloudonixConnection | null>;
  webhooks: (tenantId: TenantId) => Promise<Webhooks>;
  standingOf: (tenantId: TenantId, token: string) => Promise<TokenStanding>;
  note: (tenantId: TenantId, comparison: Comparison) => Promise<void>;
};

/** Answers how many were compared. */
export const createCompareConnections =
  (deps: CompareDeps) =>
  async (signal: AbortSignal): Promise<number> => {
    const due = await deps.due();
    let compared = 0;
    for (const tenantId of due) {
      if (signal.aborted) break;
      const comparison = await compare(deps, tenantId);
      if (comparison === null) continue;
      await deps.note(tenantId, comparison);
      compared += 1;
    }
    return compared;
  };

/** Null: it is no longer connected. */
const compare = async ({ openDomain, read, webhooks, standingOf }: CompareDeps, tenantId: TenantId): Promise<Comparison | null> => {
  const connection = await read(tenantId);
  if (connection?.state !== "connected") return null;
  const { client, domain } = await openDomain(tenantId, { urgency: "job" });
  const at = new Date();
  if (client === null) return { at, failure: noKeyWords };
  if (domain !== connection.domain)
    return { at, failure: `The domain is ${domain} since, and what was set is at ${connection.domain}. Connect the new one.` };
  const state = await readPlatformState(client);
  if (!state.ok) return { at, failure: failureWords(state.failure, domain) };
  const tokenStanding = await tokenStandingIn({ standingOf: (token) => standingOf(tenantId, token) }, state.value);
  const wanted = { webhooks: await webhooks(tenantId), isDefault: connection.isDefault, tokenStanding };
  return { at, differences: differencesOf(state.value, wanted) };
};
