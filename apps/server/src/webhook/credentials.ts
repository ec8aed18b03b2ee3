/** Who is calling: the tenant comes from a secret alone, never from what the body says. */
import { timingSafeEqual } from "node:crypto";
import type { Tenants, TenantEntry } from "../plans/tenants.ts";
import type { ActionSigner, DialStep } from "./action-url.ts";
import { createBearerReader, type Token } from "./bearer.ts";
import type { NamedStep, NamedUrls } from "./named-url.ts";
import type { TestTokens } from "./test-token.ts";
import type { Headers } from "./wire-in.ts";

const same = (one: Buffer, other: Buffer) => one.length === other.length && timingSafeEqual(one, other);

const holds = (entry: TenantEntry, tokenHash: Buffer, now: number): boolean =>
  entry.tokens.some((token) => same(token.hash, tokenHash) && (token.validUntil === null || token.validUntil > now));

/** Whose request it is. `test`: the session of the one call that it may speak of; null when a test token opened no door. */
export type Known = { entry: TenantEntry; test: string | null };

export type CredentialDeps = {
  tenants: Tenants;
  signer: ActionSigner;
  namedUrls: Pick<NamedUrls, "verify">;
  testTokens: Pick<TestTokens, "read">;
};

export type CredentialCheck = ReturnType<typeof createCredentialCheck>;

/** Every function answers null for "401". `now` in milliseconds. */
export const createCredentialCheck = (deps: CredentialDeps) => {
  const { tenants, signer } = deps;
  const readBearer = createBearerReader();

  const byTestToken = (text: string, now: number): Known | null => {
    const token = deps.testTokens.read(text, now);
    const entry = token && tenants.byId(token.tenantId);
    return token && entry ? { entry, test: token.session } : null;
  };

  /** The tenant's own token, or a test token of the same tenant. */
  const byTokenOf = (entry: TenantEntry, { text, hash: tokenHash }: Token, now: number): Known | null => {
    if (holds(entry, tokenHash, now)) return { entry, test: null };
    const known = byTestToken(text, now);
    return known?.entry === entry ? known : null;
  };

  return {
    /** A voice request: the bearer says who; a key in the path must be the same tenant's. */
    voice: (headers: Headers, tenantKey: string | undefined, now: number): Known | null => {
      const bearer = readBearer(headers);
      if (bearer.kind !== "token") return null;
      const entry = tenants.byTokenHash(bearer.hashHex);
      const known = entry && holds(entry, bearer.hash, now) ? { entry, test: null } : byTestToken(bearer.text, now);
      return known === null || tenantKey === undefined || tenants.byKey(tenantKey, now) === known.entry ? known : null;
    },

    /** A dial's result: our own signature says who; a bearer, when sent, must be that tenant's. */
    dialResult: (headers: Headers, signed: string | null, now: number): (Known & { dial: DialStep }) | null => {
      const dial = signed === null ? null : signer.verify(signed, now);
      const entry = dial && tenants.byId(dial.tenantId);
      if (!dial || !entry) return null;
      const bearer = readBearer(headers);
      if (bearer.kind === "unusable") return null;
      const known = bearer.kind === "absent" ? { entry, test: null } : byTokenOf(entry, bearer, now);
      return known && { ...known, dial };
    },

    /** A call that an operator sends somewhere: proven as a dial's result is. */
    named: (headers: Headers, signed: string | null, now: number): (Known & { named: NamedStep }) | null => {
      const named = signed === null ? null : deps.namedUrls.verify(signed, now);
      const entry = named && tenants.byId(named.tenantId);
      if (!named || !entry) return null;
      const bearer = readBearer(headers);
      if (bearer.kind === "absent") return { entry, test: null, named };
      const known = bearer.kind === "unusable" ? null : byTokenOf(entry, bearer, now);
      return known?.test === null ? { ...known, named } : null;
    },

    /** A session update or CDR: the key in the path says who; a bearer must be right, and is asked for once one has been seen. */
    report: (headers: Headers, tenantKey: string, now: number): Known | null => {
      const entry = tenants.byKey(tenantKey, now);
      if (!entry) return null;
      const bearer = readBearer(headers);
      if (bearer.kind === "absent") return entry.reportsCarryBearer ? null : { entry, test: null };
      const known = bearer.kind === "unusable" ? null : byTokenOf(entry, bearer, now);
      // The platform has not begun to send one because we do.
      if (known?.test === null) tenants.sawReportBearer(entry);
      return known;
    },
  };
};
