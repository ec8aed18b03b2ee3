/** What a claim that came now would answer, and how everybody stands whom it asks; nothing is written. */
import type { ClaimRequest } from "@switchboard/routing/claim";
import type { CompiledGroup } from "@switchboard/routing/plan-source";
import { wholeArguments } from "./claim-arguments.ts";
import type { RedisClient } from "./client.ts";
import { type SimulatedClaim, simulateReply } from "./replies.ts";
import { loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("simulate");

/** Null while Redis lacks its figures (it was wiped). Throws when it does not answer. */
export type SimulateClaim = (request: ClaimRequest) => Promise<SimulatedClaim | null>;

export function createSimulateClaim(redis: RedisClient, clock?: TestClock): SimulateClaim {
  return async (request) => {
    const groups = request.chain.flatMap((link) => (link.kind === "target" ? [link.group] : []));
    const { keys, given } = wholeArguments(request, clock);
    const simulated = simulateReply(await runScript(redis, script, keys, given), request);
    if (simulated === null) return null;
    return { ...simulated, targets: simulated.targets.map((target) => knownToBoth(target, groups)) };
  };
}

/** Where Redis knows a newer configuration than the request, the claim chooses among what both have enabled. */
function knownToBoth({ targetId, members }: SimulatedClaim["targets"][number], groups: readonly CompiledGroup[]) {
  const asked = groups.find((group) => group.id === targetId)?.members ?? [];
  const enabled = new Set(asked.filter((member) => member.enabled).map(({ agentId }) => agentId));
  return { targetId, members: members.map((member) => ({ ...member, enabled: member.enabled && enabled.has(member.agentId) })) };
}
