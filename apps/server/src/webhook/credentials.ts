/** Who is calling: the tenant comes from a secret alone, never from what the body says. */
import { hash, timingSafeEqual } from "node:crypto";
import type { Tenants, TenantEntry } from "../plans/tenants.ts";
import type { ActionSigner, DialStep } from "./action-url.ts";
import type { Headers } from "./wire-in.ts";

const longestToken = 1_024;

/** The bearer token of the request: absent, unusable (another scheme, empty), or a text to be checked. */
type Bearer = { kind: "absent" } | { kind: "unusable" } | { kind: "token"; hash: Buffer };

const readBearer = (headers: Headers): Bearer => {
  const header = headers.authorization;
  if (header === undefined) return { kind: "absent" };
  const match = typeof header === "string" && header.length <= longestToken ? /^\s*bearer\s+(\S+)\s*$/i.exec(header) : null;
  const token = match?.[1];
  // By way of a string: asked for bytes, the library takes twice as long.
  return token === undefined ? { kind: "unusable" } : { kind: "token", hash: Buffer.from(hash("sha256", token, "binary"), "binary") };
};

const same = (one: Buffer, other: Buffer) => one.length === other.length && timingSafeEqual(one, other);

const holds = (entry: TenantEntry, tokenHash: Buffer, now: number): boolean =>
  entry.tokens.some((token) => same(token.hash, tokenHash) && (token.validUntil === null || token.validUntil > now));

export type CredentialCheck = ReturnType<typeof createCredentialCheck>;

/** Every function answers null for "401". `now` in milliseconds. */
export const createCredentialCheck = ({ tenants, signer }: { tenants: Tenants; signer: ActionSigner }) => ({
  /** A voice request: the bearer says who; a key in the path must be the same tenant's. */
  voice: (headers: Headers, tenantKey: string | undefined, now: number): TenantEntry | null => {
    const bearer = readBearer(headers);
    if (bearer.kind !== "token") return null;
    const entry = tenants.byTokenHash(bearer.hash.toString("hex"));
    if (!entry || !holds(entry, bearer.hash, now)) return null;
    return tenantKey === undefined || tenants.byKey(tenantKey, now) === entry ? entry : null;
  },

  /** A dial's result: our own signature says who; a bearer, when sent, must be that tenant's. */
  dialResult: (headers: Headers, signed: string | null, now: number): { entry: TenantEntry; dial: DialStep } | null => {
    const dial = signed === null ? null : signer.verify(signed, now);
    const entry = dial && tenants.byId(dial.tenantId);
    if (!dial || !entry) return null;
    const bearer = readBearer(headers);
    if (bearer.kind === "unusable" || (bearer.kind === "token" && !holds(entry, bearer.hash, now))) return null;
    return { entry, dial };
  },

  /** A session update or CDR: the key in the path says who; a bearer must be right, and is asked for once one has been seen. */
  report: (headers: Headers, tenantKey: string, now: number): TenantEntry | null => {
    const entry = tenants.byKey(tenantKey, now);
    if (!entry) return null;
    const bearer = readBearer(headers);
    if (bearer.kind === "absent") return entry.reportsCarryBearer ? null : entry;
    if (bearer.kind === "unusable" || !holds(entry, bearer.hash, now)) return null;
    tenants.sawReportBearer(entry);
    return entry;
  },
});
