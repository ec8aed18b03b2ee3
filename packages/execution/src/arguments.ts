/** How what scripts are given is written as text; the Lua headers name each argument. */
import type { OutboundCaps } from "@switchboard/routing/claim";
import type { ChainLink } from "@switchboard/routing/decision";
import type { Evidence } from "@switchboard/routing/evidence";
import { healthPoints } from "@switchboard/routing/failover";
import type { EndedAttempt } from "@switchboard/routing/journal-event";

/** "rank source at tie state"; empty for none. */
export const evidenceArgument = (evidence: Evidence | null): string =>
  evidence ? `${evidence.rank} ${evidence.source} ${Math.trunc(evidence.at)} ${Math.trunc(evidence.tie)} ${evidence.state}` : "";

/** An object's members without its braces, so that a script can add its own. */
export const jsonMembers = (value: object): string => JSON.stringify(value).slice(1, -1);

/** Separated by spaces, so none may hold one. */
export const sipIdsArgument = (sipCallIds: readonly string[]): string => sipCallIds.map((id) => id.replaceAll(/\s+/g, "")).join(" ");

/** The ended dial: points, agent, target, step; all empty when none ended or it was no agent's. */
export function endedArguments(ended: EndedAttempt | null): [string, string, string, string] {
  if (!ended || ended.agentId === null || ended.targetId === null) return ["", "", "", ""];
  return [String(healthPoints(ended.result) ?? ""), ended.agentId, ended.targetId, String(ended.step)];
}

/** The link that takes the call when no target does: members, index, fallback, ring and talk limit (0: nothing is dialled). */
export function endArguments(chain: readonly ChainLink[], firstLink: number): (string | number)[] {
  const index = chain.findIndex((link) => link.kind !== "target");
  const link = chain[index];
  if (!link || link.kind === "target") return ["", firstLink + chain.length, "null", 0, 0];
  const { fallback, ...body } = link;
  const dials = body.kind === "number" || body.kind === "sip";
  const limits = dials ? [body.timeoutSeconds, body.timeLimitSeconds] : [0, 0];
  return [body.kind === "built_in" ? "" : jsonMembers(body), firstLink + index, JSON.stringify(fallback), ...limits];
}

/** "concurrent per-minute", a dash for no limit; empty for a call that is not outbound. */
export const outboundCapsArgument = (caps: OutboundCaps | null | undefined): string =>
  caps ? `${caps.maxConcurrent ?? "-"} ${caps.maxPerMinute ?? "-"}` : "";
