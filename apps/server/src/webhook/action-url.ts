/**
 * Signs what the next step of a call must know into the action URL, and reads it back. The URL alone carries a call on when
 * Redis is away; the signature covers tenant, call, step, tried agents and expiry, so nothing in it can be changed.
 */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import {
  type AgentId,
  agentId,
  type CallId,
  callId,
  type RuleId,
  ruleId,
  type TargetId,
  groupId,
  type TenantId,
  tenantId,
} from "@switchboard/routing/ids";
import { type Reason, reasons } from "@switchboard/routing/reason";
import { z } from "zod";

/** A dial that was handed to the platform, as its result will need it. */
export type DialStep = {
  tenantId: TenantId;
  callId: CallId;
  /** The step whose decision this dial is; its result is answered as step + 1. */
  step: number;
  ruleId: RuleId | null;
  /** Where in the chain the dial was taken. */
  link: number;
  targetId: TargetId | null;
  agentId: AgentId | null;
  trunk: string | null;
  /** Attempts made in this target, this one included, and when its first began (milliseconds). */
  attempts: number;
  targetStartedAt: number | null;
  tried: AgentId[];
  /** Dials of this call whose result never said anything. */
  unknowns: number;
  reason: Reason;
  /** Milliseconds since the epoch. */
  expiresAt: number;
};

export type SigningKey = { id: string; key: Uint8Array };

const payloadSchema = z.tuple([
  z.literal(1),
  z.string(),
  z.string(),
  z.int().positive(),
  z.string().nullable(),
  z.int().nonnegative(),
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.int().nonnegative(),
  z.int().nullable(),
  z.array(z.string()),
  z.int().nonnegative(),
  z.enum(reasons),
  z.int(),
]);

type Ready = { id: string; key: KeyObject };

const mac = ({ key }: Ready, payload: string): Buffer => createHmac("sha256", key).update(payload).digest();

type FindKey = (id: string) => SigningKey | undefined;

// Made once: a key given as bytes is wrapped anew for each signature, which takes five times as long as the signature.
const readyOf = ({ id, key }: SigningKey): Ready => ({ id, key: createSecretKey(key) });

/**
 * `given`: the first signs, all verify. `find` knows keys that came to the ring since, with which another process may have signed.
 * The result is safe in a query string as it stands.
 */
export const createActionSigner = (given: SigningKey[], find: FindKey = () => undefined) => {
  const keys = given.map(readyOf);
  const signing = keys[0];
  if (!signing) throw new Error("The key ring is empty: no key can sign action URLs");
  const byId = new Map(keys.map((key) => [key.id, key]));

  const keyOf = (id: string): Ready | undefined => {
    const known = byId.get(id);
    const found = known ? undefined : find(id);
    if (!found) return known;
    const ready = readyOf(found);
    byId.set(id, ready);
    return ready;
  };

  const sign = (step: DialStep): string => {
    const payload: z.input<typeof payloadSchema> = [
      1,
      step.tenantId,
      step.callId,
      step.step,
      step.ruleId,
      step.link,
      step.targetId,
      step.agentId,
      step.trunk,
      step.attempts,
      step.targetStartedAt,
      step.tried,
      step.unknowns,
      step.reason,
      step.expiresAt,
    ];
    const head = `${signing.id}.${Buffer.from(JSON.stringify(payload)).toString("base64url")}`;
    return `${head}.${mac(signing, head).toString("base64url")}`;
  };

  /** Null for anything that was not signed by us or has expired at `now` (milliseconds). */
  const verify = (token: string, now: number): DialStep | null => {
    const [keyId, body, signature] = token.split(".", 4);
    const key = keyOf(keyId ?? "");
    if (!key || body === undefined || signature === undefined || token.length > 8_192) return null;
    const expected = mac(key, `${keyId}.${body}`);
    const given = Buffer.from(signature, "base64url");
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const parsed = payloadSchema.safeParse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
    if (!parsed.success) return null;
    const [, tenant, call, step, rule, link, target, agent, trunk, attempts, startedAt, tried, unknowns, reason, expiresAt] = parsed.data;
    if (expiresAt < now) return null;
    return {
      tenantId: tenantId(tenant),
      callId: callId(call),
      step,
      ruleId: rule === null ? null : ruleId(rule),
      link,
      targetId: target === null ? null : groupId(target),
      agentId: agent === null ? null : agentId(agent),
      trunk,
      attempts,
      targetStartedAt: startedAt,
      tried: tried.map(agentId),
      unknowns,
      reason,
      expiresAt,
    };
  };

  return { sign, verify };
};

export type ActionSigner = ReturnType<typeof createActionSigner>;
