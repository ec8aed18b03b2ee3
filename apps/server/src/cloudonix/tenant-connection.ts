/** What planning, applying and undoing of one tenant share: the open domain, how it stands, and how it should. */
import type { Webhooks } from "@switchboard/api/schemas/tenant";
import type { DomainClient } from "@switchboard/cloudonix/domain-client";
import type { CloudonixConnection, CloudonixConnections } from "@switchboard/control/cloudonix-connection";
import type { Comparison } from "@switchboard/control/cloudonix-drift";
import { ControlError } from "@switchboard/control/control-error";
import type { TokenStanding } from "@switchboard/control/webhook-token-standing";
import type { Wanted } from "./differences.ts";
import { noKeyWords, type OpenedDomain } from "./open-domain.ts";
import { type PlatformState, profileText, readPlatformState } from "./platform-state.ts";
import { refusedByPlatform } from "./refused-by-platform.ts";

export type TenantConnectionDeps = {
  open: () => Promise<OpenedDomain>;
  connections: CloudonixConnections;
  /** The addresses of now. */
  webhooks: () => Promise<Webhooks>;
  /** A new bearer token for the webhooks; the one before keeps its grace. */
  mintToken: () => Promise<string>;
  standingOf: (token: string) => Promise<TokenStanding>;
  /** What a look at the connected domain found. */
  note: (comparison: Comparison) => Promise<void>;
  /** The same text for the same facts, that nobody can make up. */
  sign: (facts: string) => string;
  publicUrl: string;
};

export type Looked = {
  client: DomainClient;
  domain: string;
  state: PlatformState;
  wanted: Wanted;
  /** Of this very domain; null: none. */
  connection: CloudonixConnection | null;
};

/** Throws ControlError `rule_broken` and `unavailable`, in words. */
export const lookAt = async (deps: TenantConnectionDeps, isDefault: boolean): Promise<Looked> => {
  const { client, domain } = await deps.open();
  if (client === null) throw new ControlError("rule_broken", noKeyWords);
  const state = await readPlatformState(client);
  if (!state.ok) throw refusedByPlatform(state.failure, domain);
  const connection = await deps.connections.read();
  const wanted = { webhooks: await deps.webhooks(), isDefault, tokenStanding: await tokenStandingIn(deps, state.value) };
  return { client, domain, state: state.value, wanted, connection: connection?.domain === domain ? connection : null };
};

export const tokenStandingIn = async (
  { standingOf }: Pick<TenantConnectionDeps, "standingOf">,
  state: PlatformState,
): Promise<TokenStanding | null> => {
  const token = profileText(state, "authorization-api-key");
  return token === null ? null : await standingOf(token);
};
