/**
 * Signs what the next step of a call must know into the action URL, and reads it back. The URL alone carries a call on when
 * Redis is away; the signature covers tenant, call, step, tried agents and expiry, so nothing in it can be changed.
 */
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
import { type Naming, namingText, readNaming } from "@switchboard/routing/named-place";
import { type Reason, reasons } from "@switchboard/routing/reason";
import { z } from "zod";
import { createSignedTexts, type FindKey, type SigningKey } from "./signed-text.ts";

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
  /** Null: the rules said where the call goes. */
  naming: Naming | null;
  /** Of a test call: whatever comes of the dial is one too. */
  test: boolean;
};

/** What the rest is of: a dial, or that of a test call. */
const [ofDial, ofTestDial] = [1, 2] as const;

const payloadSchema = z.tuple([
  z.literal([ofDial, ofTestDial]),
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
  z.string().min(2).optional(),
]);

/** `keys`: the first signs, all verify; see `createSignedTexts`. */
export const createActionSigner = (keys: readonly SigningKey[], find?: FindKey) => {
  const texts = createSignedTexts(keys, find);

  const sign = (step: DialStep): string => {
    const payload: z.input<typeof payloadSchema> = [
      step.test ? ofTestDial : ofDial,
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
      ...(step.naming === null ? ([] as const) : ([namingText(step.naming)] as const)),
    ];
    return texts.sign(JSON.stringify(payload));
  };

  /** Null for anything that was not signed by us or has expired at `now` (milliseconds). */
  const verify = (token: string, now: number): DialStep | null => {
    const text = texts.read(token);
    const parsed = text === null ? null : payloadSchema.safeParse(JSON.parse(text));
    if (!parsed?.success) return null;
    const [kind, tenant, call, step, rule, link, target, agent, trunk, attempts, startedAt, tried, unknowns, reason, expiresAt, naming] =
      parsed.data;
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
      naming: naming === undefined ? null : readNaming(naming),
      test: kind === ofTestDial,
    };
  };

  return { sign, verify };
};

export type ActionSigner = ReturnType<typeof createActionSigner>;
