/** The claim: chooses who takes a call at this step, leases, counts and journals it, in one round trip. */
import type { ClaimOutcome, ClaimRequest } from "@switchboard/routing/claim";
import type { CompiledGroup } from "@switchboard/routing/plan-source";
import { endArguments, endedArguments, evidenceArgument, jsonMembers, outboundCapsArgument, sipIdsArgument } from "./arguments.ts";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { claimReply, type ClaimReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";
import { type TargetConfiguration, targetConfiguration } from "./target-configuration.ts";

const script = loadScript("claim");
const testScript = loadScript("test-claim");

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

  /** Redis keeps nothing of it but the call, so every configuration is sent along. */
  const claimForTest: Claim = async (request) => {
    const targets = groupsOf(request).map((group) => ({ ...configurationOf(group), attach: true }));
    const args = claimArguments(request, targets, clock);
    return decidedOf(claimReply(await runScript(redis, testScript, tenantScriptKeys(request.tenantId), args), request.facts));
  };

  return async (request) => {
    if (request.facts.test) return claimForTest(request);
    const keys = tenantScriptKeys(request.tenantId);
    const targets = groupsOf(request).map(configurationOf);
    const ask = async () => claimReply(await runScript(redis, script, keys, claimArguments(request, targets, clock)), request.facts);
    let reply = await ask();
    if (reply.kind === "needs_configuration") {
      for (const target of targets) target.attach = true;
      reply = await ask();
    }
    // A repeat is answered before any configuration is looked at.
    if (reply.kind === "decided" && !reply.repeat) for (const target of targets) target.attach = reply.older;
    return decidedOf(reply);
  };
}

const groupsOf = ({ chain }: ClaimRequest): CompiledGroup[] => chain.flatMap((link) => (link.kind === "target" ? [link.group] : []));

function decidedOf(reply: ClaimReply): ClaimOutcome {
  if (reply.kind === "needs_configuration") throw new Error("Redis asks for a configuration that it was sent");
  if (reply.kind === "no_epoch") return reply;
  const { older: _, ...outcome } = reply;
  return outcome;
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
