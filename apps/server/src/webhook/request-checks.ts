/** The checks of the webhook door that come before the body is read, in the contract's order: 413, 405, 415, 401. */
import type { FastifyRequest } from "fastify";
import { type Refusal, refusals } from "./answer.ts";
import { normalDomain } from "../plans/tenants.ts";
import { bodyKindOf } from "./body.ts";
import type { Caller } from "./refusal-log.ts";

export const bodyLimitBytes = 256 * 1024;

/** The first check that fails, or null. Credentials come after these. */
export const refuseByHead = (request: FastifyRequest, methods: readonly string[]): Refusal | null => {
  const length = request.headers["content-length"];
  if (length !== undefined && Number(length) > bodyLimitBytes) return refusals.tooLarge;
  if (!methods.includes(request.method)) return refusals.method;
  if (request.method === "POST" && bodyKindOf(request.headers["content-type"]) === null) return refusals.contentType;
  return null;
};

/** Does a domain that was named belong to the tenant? Case and a trailing dot don't matter; none named is fine. */
export const isOwnDomain = (named: string | null, domains: ReadonlySet<string>): boolean =>
  named === null || domains.has(normalDomain(named));

/** The key in the path, where the route has one. */
export const tenantKeyOf = ({ params }: FastifyRequest): string | undefined =>
  typeof params === "object" && params !== null && "tenantKey" in params && typeof params.tenantKey === "string"
    ? params.tenantKey
    : undefined;

/** Whose failures belong together in the log. */
export const callerOf = (request: FastifyRequest): Caller => ({ tenantKey: tenantKeyOf(request), address: request.ip });
