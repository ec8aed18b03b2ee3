/** What the claim script is given: what many calls have in common, written once, and what each has of its own. */
import type { ClaimOutcome, ClaimRequest } from "@switchboard/routing/claim";
import type { ChainLink } from "@switchboard/routing/decision";
import type { CompiledGroup } from "@switchboard/routing/plan-source";
import { endArguments, endedArguments, evidenceArgument, jsonMembers, outboundCapsArgument, sipIdsArgument } from "./arguments.ts";
import { tenantScriptKeys } from "./keys.ts";
import { clockArgument, type TestClock } from "./script.ts";
import { type TargetConfiguration, targetConfiguration } from "./target-configuration.ts";
import { written } from "./written-script.ts";

/** What this process knows of a target: sent along until Redis is known to hold it. */
type Sent = TargetConfiguration & { attach: boolean };

/** What calls that go together have in common, and nothing of any one of them: it is kept as long as the rule. */
type Way = Pick<
  ClaimRequest,
  "chain" | "tenantId" | "planVersion" | "firstLink" | "reason" | "tenantCapacity" | "windowHoursInUse" | "outboundCaps"
>;

/** All that is the same for calls of one tenant that go the same way. */
export type Shape = {
  way: Way;
  keys: [string, string];
  targets: Sent[];
  /** As the script has them: before the targets, and per target what comes before and after its configuration. */
  head: string[];
  sides: [id: string, hash: string, link: string, fallback: string][];
  /** All of that as Redis reads it, for as long as it holds every configuration; empty until it does. */
  steady: string;
};

export type Batch = {
  shape: Shape;
  clockText: string;
  /** The calls' own arguments, as Redis reads them. */
  calls: string;
  waiting: {
    request: ClaimRequest;
    resolve: (outcome: ClaimOutcome) => void;
    reject: (error: unknown) => void;
    /** Has Redis asked for the configurations already? */
    isSecond: boolean;
  }[];
};

const isSameWay = (one: Way, other: Way): boolean =>
  one.chain === other.chain &&
  one.tenantId === other.tenantId &&
  one.planVersion === other.planVersion &&
  one.firstLink === other.firstLink &&
  one.reason === other.reason &&
  one.tenantCapacity === other.tenantCapacity &&
  one.windowHoursInUse === other.windowHoursInUse &&
  one.outboundCaps === other.outboundCaps;

function newShape(request: ClaimRequest, targets: Sent[]): Shape {
  const { chain, firstLink } = request;
  const links = chain.filter((link) => link.kind === "target");
  const head = [
    request.tenantId,
    request.planVersion,
    request.tenantCapacity ?? "",
    request.windowHoursInUse.join(","),
    request.reason ?? "",
    ...endArguments(chain, firstLink),
    outboundCapsArgument(request.outboundCaps),
    targets.length,
  ].map(String);
  const sides = links.map((link, index): Shape["sides"][number] => [
    link.group.id,
    targets[index]?.hash ?? "",
    String(firstLink + index),
    JSON.stringify(link.fallback),
  ]);
  const { tenantId, planVersion, reason, tenantCapacity, windowHoursInUse, outboundCaps } = request;
  const way = { chain, tenantId, planVersion, firstLink, reason, tenantCapacity, windowHoursInUse, outboundCaps };
  return { way, keys: tenantScriptKeys(tenantId), targets, head, sides, steady: "" };
}

/** Finds what a request shares with those before it. Chains are told apart by identity: the plan keeps one for each rule. */
export function createShapes(): (request: ClaimRequest) => Shape {
  const configurations = new WeakMap<CompiledGroup, Sent>();
  const shapes = new WeakMap<ChainLink[], Shape>();
  const configurationOf = (group: CompiledGroup): Sent => {
    const known = configurations.get(group);
    if (known) return known;
    const sent = { ...targetConfiguration(group), attach: true };
    configurations.set(group, sent);
    return sent;
  };
  return (request) => {
    const known = shapes.get(request.chain);
    if (known && isSameWay(known.way, request)) return known;
    const targets = request.chain.flatMap((link) => (link.kind === "target" ? [configurationOf(link.group)] : []));
    const shape = newShape(request, targets);
    shapes.set(request.chain, shape);
    return shape;
  };
}

/** ARGV from the tenant to the last target; `whole` with every configuration, else with those that Redis may lack. */
function sharedArguments({ head, sides, targets }: Shape, whole: boolean): string[] {
  const shared = [...head];
  for (const [index, [id, hash, link, fallback]] of sides.entries()) {
    const target = targets[index];
    shared.push(id, hash, target && (whole || target.attach) ? target.json : "", link, fallback);
  }
  return shared;
}

/** The same, written as Redis reads it. */
export function sharedText(shape: Shape, whole: boolean): string {
  const isSteady = !whole && !shape.targets.some(({ attach }) => attach);
  if (isSteady && shape.steady !== "") return shape.steady;
  const text = sharedArguments(shape, whole).map(written).join("");
  if (isSteady) shape.steady = text;
  return text;
}

/** How many arguments that is. */
export const sharedCount = ({ head, sides }: Shape): number => head.length + sides.length * 5;

/** What came before this step; empty for a call's first. */
function beforeArgument({ ended, endedEvidence, tried, progress, goesOut }: ClaimRequest): string {
  if (ended === null && endedEvidence === null && tried.length === 0 && progress.attempts === 0 && !goesOut) return "";
  const [points, agentId, targetId, step] = endedArguments(ended);
  const { attempts, startedAt } = progress;
  return JSON.stringify([
    ...[points, agentId, targetId, step === "" ? "" : Number(step)],
    ...[evidenceArgument(endedEvidence), tried.join(""), attempts, startedAt ?? "", goesOut ? 1 : 0],
  ]);
}

/** ARGV of one call. */
function callArguments(request: ClaimRequest): string[] {
  const { callId, step, ended, webhook, facts } = request;
  return [
    callId,
    String(step),
    JSON.stringify(facts),
    jsonMembers({ type: "step", callId, step, ended, webhook }),
    sipIdsArgument(facts.sipCallIds),
    beforeArgument(request),
  ];
}

/** How many each call has. */
export const callCount = 6;

/** The same, written as Redis reads it. */
export function callText(request: ClaimRequest): string {
  let text = "";
  for (const argument of callArguments(request)) text += written(argument);
  return text;
}

/** KEYS and ARGV of one call with every target's configuration: what a dry run of the claim is given. */
export function wholeArguments(request: ClaimRequest, clock: TestClock | undefined): { keys: [string, string]; given: string[] } {
  const targets = request.chain.flatMap((link) => (link.kind === "target" ? [{ ...targetConfiguration(link.group), attach: true }] : []));
  const shape = newShape(request, targets);
  return { keys: shape.keys, given: [clockArgument(clock), ...sharedArguments(shape, true), ...callArguments(request)] };
}
