/** The way to Cloudonix's REST API. Never used while a call waits for its answer. */
import { type AskDeps, createAsk, type Credentials } from "./ask.ts";
import { createDomainClient, type DomainClient } from "./domain-client.ts";

export type Cloudonix = { domain(credentials: Credentials): DomainClient };

/** `baseUrl` is the only place where anything is sent, and where the key goes. */
export function createCloudonix(deps: AskDeps): Cloudonix {
  const ask = createAsk({ ...deps, baseUrl: deps.baseUrl.replace(/\/+$/, "") });
  return { domain: (credentials) => createDomainClient(ask, { ...credentials, domain: credentials.domain.toLowerCase() }) };
}
