/** A target's configuration as the claim script takes it over, with the hash by which script and process know that they mean the same. */
import { createHash } from "node:crypto";
import type { CompiledGroup, Strategy } from "@switchboard/routing/plan-source";

const strategyCodes: Record<Strategy, number> = { round_robin: 1, priority: 2, load_balanced: 3 };

/** "No limit" in the packed rows. */
const noCap = 0xffffffff;

export type TargetConfiguration = {
  /** 16 characters of the JSON's sha1. */
  hash: string;
  json: string;
};

export function targetConfiguration(group: CompiledGroup): TargetConfiguration {
  const { settings } = group;
  const json = JSON.stringify({
    strategy: strategyCodes[group.strategy],
    level: settings.newMemberStart === "level" ? 1 : 0,
    window: settings.windowHours,
    ring: settings.ringSeconds,
    attempts: settings.maxAttempts,
    total: settings.maxTotalSeconds,
    call: settings.maxCallSeconds,
    members: group.members.map((member) => [
      member.agentId,
      member.agentCapacity ?? noCap,
      member.memberCapacity ?? noCap,
      member.priority,
      member.weight,
      member.enabled ? 1 : 0,
    ]),
  });
  return { hash: createHash("sha1").update(json).digest("hex").slice(0, 16), json };
}
