/** Everything about one call that is settled before it begins, so that the same seed plays the same calls. */
import { createHash } from "node:crypto";
import type { Destination } from "./cxml/instruction.ts";
import { agentBehaviours, type Profile } from "./profiles.ts";
import { createSeededRandom, hashShare, type SeededRandom } from "./seeded-random.ts";

export type Encoding = "json" | "form" | "query";

export type CallPlan = {
  index: number;
  session: string;
  sipCallId: string;
  sessionId: number;
  from: string;
  to: string;
  callerName: string;
  /** `outbound-api`: the platform was asked to place it; `from` is the caller id then, `to` who is rung. */
  direction: "inbound" | "subscriber" | "outbound-api";
  encoding: Encoding;
  random: SeededRandom;
};

/** What the far side does when it is dialled. Times in real milliseconds. */
export type Behaviour =
  | { kind: "answers"; ringMs: number; talkMs: number; callerHangsUp: boolean }
  | { kind: "busy"; ringMs: number }
  | { kind: "fails"; ringMs: number; word: "failed" | "congestion" }
  | { kind: "rings_out"; ringMs: number }
  /** `tells`: the action still gets its result. */
  | { kind: "caller_cancels"; ringMs: number; tells: boolean }
  /** `word` null: a request without any result in it. */
  | { kind: "no_result"; ringMs: number; word: "unknown" | null };

export type PlanInput = {
  seed: string;
  /** Keeps the sessions of two runs with the same seed apart. */
  startedAt: number;
  index: number;
  /** Numbers that are called, and those that subscribers call. */
  to: readonly [string, ...string[]];
  outboundTo: readonly [string, ...string[]];
  profile: Profile;
};

export function planCall({ seed, startedAt, index, to, outboundTo, profile }: PlanInput): CallPlan {
  const random = createSeededRandom(`${seed}/call/${index}`);
  const session = createHash("sha256").update(`${seed}/${startedAt}/${index}`).digest("hex").slice(0, 32);
  const share = random.next();
  const direction = random.chance(profile.subscriberCalls) ? "subscriber" : "inbound";
  const { getRequests, formRequests } = profile.disorder;
  return {
    index,
    session,
    sipCallId: `${session.slice(8, 24)}@10.0.${index % 250}.5`,
    // As the platform numbers its sessions: never the same twice.
    sessionId: Number.parseInt(session.slice(0, 12), 16),
    from: `+1555${String(2_000_000 + random.whole(0, 7_999_999))}`,
    to: random.pick(direction === "subscriber" ? outboundTo : to),
    callerName: random.pick(["Ada Lovelace", "Grace Hopper", "", "O'Brien & Söhne", "山田"]),
    direction,
    encoding: share < getRequests ? "query" : share < getRequests + formRequests ? "form" : "json",
    random,
  };
}

/** How a place is named in reports: agents by provider and address. */
export function destinationName(destination: Destination): string {
  switch (destination.kind) {
    case "service":
      return `${destination.provider}:${destination.value}`;
    case "number":
      return `number:${destination.number}${destination.trunks === null ? "" : ` via ${destination.trunks}`}`;
    case "sip":
      return destination.uri;
  }
}

/** Broken agents are so by their address, so the same ones fail in every run. */
const isBroken = (profile: Profile, name: string): boolean => hashShare(name) < profile.brokenAgents;

export function chooseBehaviour(profile: Profile, plan: CallPlan, dial: { step: number; name: string; timeoutSeconds: number }): Behaviour {
  const random = plan.random.branch(`dial/${dial.step}`);
  const broken = isBroken(profile, dial.name);
  const kind = broken
    ? (agentBehaviours[1 + Math.floor(hashShare(`${dial.name}/breaks`) * 3)] ?? "fails")
    : random.weighted(profile.behaviours);
  const ringMs = random.between(...profile.ringMs);
  switch (kind) {
    case "busy":
      return { kind, ringMs };
    case "fails":
      return { kind, ringMs, word: random.pick(["failed", "failed", "congestion"]) };
    case "rings_out":
      return { kind, ringMs: dial.timeoutSeconds * 1000 * profile.ringOutScale };
    case "caller_cancels":
      return { kind, ringMs, tells: random.chance(0.5) };
    case "no_result":
      return { kind, ringMs, word: random.pick(["unknown", null]) };
    case "answers":
      return { kind, ringMs, talkMs: random.between(...profile.talkMs), callerHangsUp: random.chance(profile.disorder.callerHangsUp) };
  }
}
