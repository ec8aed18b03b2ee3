/**
 * The URL that the platform asks when an operator sends a call somewhere: signed, it says which call, at which step, and where to. The
 * claim is made when the platform asks, so that a request to it that fails has changed nothing.
 */
import {
  agentId,
  type CallId,
  callId,
  groupId,
  type RuleId,
  ruleId,
  type TargetId,
  type TenantId,
  tenantId,
} from "@switchboard/routing/ids";
import type { EndedAttempt } from "@switchboard/routing/journal-event";
import { type Naming, namingText, readNaming } from "@switchboard/routing/named-place";
import { z } from "zod";
import { createSignedTexts, type FindKey, type SigningKey } from "./signed-text.ts";

export type NamedStep = {
  tenantId: TenantId;
  /** Null of a call that is begun: the platform has not named it yet. */
  callId: CallId | null;
  /** The step that is decided when the URL is asked. */
  step: number;
  naming: Naming;
  /** The rule that the call came by. */
  ruleId: RuleId | null;
  /** The dial that ends with this step. */
  ended: EndedAttempt | null;
  /** Of a call that is begun: as whom we call, and whom. */
  started: { from: string; to: string } | null;
  /** Milliseconds since the epoch. */
  expiresAt: number;
};

const results = ["completed", "busy", "no-answer", "failed", "canceled", "unknown"] as const;
const nullableText = z.string().nullable();

const payloadSchema = z.strictObject({
  tenant: z.string(),
  call: nullableText,
  step: z.int().positive(),
  naming: z.string().min(2),
  rule: nullableText,
  ended: z
    .strictObject({ step: z.int(), targetId: nullableText, agentId: nullableText, trunk: nullableText, result: z.enum(results) })
    .nullable(),
  started: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
  expiresAt: z.int(),
});

const targetOf = (id: string): TargetId => (id.startsWith("grp_") ? groupId(id) : agentId(id));

const endedOf = (ended: z.output<typeof payloadSchema>["ended"]): EndedAttempt | null =>
  ended && {
    ...ended,
    targetId: ended.targetId === null ? null : targetOf(ended.targetId),
    agentId: ended.agentId === null ? null : agentId(ended.agentId),
  };

export type NamedUrls = ReturnType<typeof createNamedUrls>;

/** `keys`: the first signs, all verify; see `createSignedTexts`. */
export const createNamedUrls = (publicUrl: string, keys: readonly SigningKey[], find?: FindKey) => {
  const texts = createSignedTexts(keys, find);
  return {
    urlOf: ({ tenantId: tenant, callId: call, naming, ruleId: rule, ...rest }: NamedStep): string => {
      const payload: z.input<typeof payloadSchema> = { tenant, call, naming: namingText(naming), rule, ...rest };
      return `${publicUrl}/api/webhooks/named-place?s=${texts.sign(JSON.stringify(payload))}`;
    },
    /** Null for anything that was not signed by us or has expired at `now` (milliseconds). */
    verify: (token: string, now: number): NamedStep | null => {
      const text = texts.read(token);
      const parsed = text === null ? null : payloadSchema.safeParse(JSON.parse(text));
      if (!parsed?.success || parsed.data.expiresAt < now) return null;
      const { tenant, call, naming, rule, ended, step, started, expiresAt } = parsed.data;
      return {
        tenantId: tenantId(tenant),
        callId: call === null ? null : callId(call),
        naming: readNaming(naming),
        ruleId: rule === null ? null : ruleId(rule),
        ended: endedOf(ended),
        ...{ step, started, expiresAt },
      };
    },
  };
};
