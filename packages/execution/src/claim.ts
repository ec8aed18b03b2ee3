/** The claim: chooses who takes a call at this step, leases, counts and journals it, in one round trip. */
import type { ClaimOutcome, ClaimRequest } from "@switchboard/routing/claim";
import type { CompiledGroup } from "@switchboard/routing/plan-source";
import { endArguments, endedArguments, evidenceArgument, jsonMembers, outboundCapsArgument, sipIdsArgument } from "./arguments.ts";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { claimReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";
import { type TargetConfiguration, targetConfiguration } from "./target-configuration.ts";

const script = loadScript("claim");

/** What this process knows of a target: sent along until Redis is known to hold it. */
export type Sent = TargetConfiguration & { attach: boolean };

export type Claim = (request: ClaimRequest) => Promise<ClaimOutcome>;

/**
 * One EVALSHA per claim. A second trip follows only when Redis lacks a target's configuration that it had before (wiped, or
 * replaced by a process with another plan). Throws when Redis does not answer in time: the claim may have run all the same.
 */
export function createClaim(redis: RedisClient, clock?: TestClock): Claim {
  const configurations = new WeakMap<CompiledGroup, Sent>();
  const configurationOf = (group: CompiledGroup): Sent => {
    const known = configurations.get(group);
    if (known) return known;
    const sent = { ...targetConfiguration(group), attach: true };
    configurations.set(group, sent);
    return sent;
  };

  return async (request) => {
    const keys = tenantScriptKeys(request.tenantId);
    const targets = request.chain.flatMap((link) => (link.kind === "target" ? [configurationOf(link.group)] : []));
    const ask = async () => claimReply(await runScript(redis, script, keys, claimArguments(request, targets, clock)), request.facts);
    let reply = await ask();
    if (reply.kind === "needs_configuration") {
      for (const target of targets) target.attach = true;
      reply = await ask();
    }
    if (reply.kind === "needs_configuration") throw new Error("Redis asks for a configuration that it was sent");
    if (reply.kind === "no_epoch") return reply;
    const { older, ...outcome } = reply;
    // A repeat is answered before any configuration is looked at.
    if (!outcome.repeat) for (const target of targets) target.attach = older;
    return outcome;
  };
}

/** ARGV of the claim, which a simulation runs too. */
export function claimArguments(request: ClaimRequest, targets: readonly Sent[], clock: TestClock | undefined): (string | number)[] {
  const { tenantId, callId, step, ended, webhook, progress, facts } = request;
  return [
    clockArgument(clock),
    tenantId,
    callId,
    step,
    request.planVersion,
    request.tenantCapacity ?? "",
    request.windowHoursInUse.join(","),
    JSON.stringify(facts),
    jsonMembers({ type: "step", callId, step, ended, webhook }),
    ...endedArguments(ended),
    evidenceArgument(request.endedEvidence),
    request.tried.join(""),
    request.reason ?? "",
    progress.attempts,
    progress.startedAt ?? "",
    sipIdsArgument(facts.sipCallIds),
    ...endArguments(request.chain, request.firstLink),
    outboundCapsArgument(request.outboundCaps),
    ...targetArguments(request, targets),
  ];
}

function targetArguments(request: ClaimRequest, targets: readonly Sent[]): (string | number)[] {
  const links = request.chain.filter((link) => link.kind === "target");
  return links.flatMap((link, index) => {
    const target = targets[index];
    if (!target) return [];
    return [link.group.id, target.hash, target.attach ? target.json : "", request.firstLink + index, JSON.stringify(link.fallback)];
  });
}
