import { expect, test } from "vitest";
import type { ClaimRequest } from "./claim.ts";
import type { Decision } from "./decision.ts";
import { decideLocally } from "./local-choice.ts";
import { compilePlan } from "./plan.ts";
import { pickByRendezvous } from "./rendezvous.ts";
import { agt, grp } from "./sample-plan.ts";
import { sampleClaim, samplePlan, type SampleGroup } from "./sample-claim.ts";

const free = () => 0;
const decide = (
  group: SampleGroup,
  claim: Partial<ClaimRequest> & { session?: number } = {},
  active: (id: string) => number = free,
): Decision => decideLocally(sampleClaim(compilePlan(samplePlan(group)), claim), active, 1_000_000);
const chosen = (decision: Decision) => (decision.kind === "agent" ? decision.agentId : decision.kind);

const calls = Array.from(
  { length: 3_000 },
  (_, index) => sampleClaim(compilePlan(samplePlan({ members: [1] })), { session: index }).callId,
);

test("shares follow the weights, and the same call is given to the same agent by every process", () => {
  const counts = new Map<string, number>();
  for (const call of calls) {
    const id = pickByRendezvous(call, [
      { id: "a", weight: 5 },
      { id: "b", weight: 1 },
    ]);
    expect(
      pickByRendezvous(call, [
        { id: "b", weight: 1 },
        { id: "a", weight: 5 },
      ]),
    ).toBe(id);
    counts.set(id ?? "", (counts.get(id ?? "") ?? 0) + 1);
  }
  expect((counts.get("a") ?? 0) / calls.length).toBeCloseTo(5 / 6, 1);
});

test("a candidate that leaves moves only its own calls", () => {
  const all = ["a", "b", "c", "d"].map((id) => ({ id, weight: 1 }));
  for (const call of calls) {
    const before = pickByRendezvous(call, all);
    const after = pickByRendezvous(call, all.slice(0, 3));
    if (before !== "d") expect(after).toBe(before);
  }
  expect(pickByRendezvous("call", [])).toBeNull();
});

test("there is still an agent while Redis is away, with the target's own limits", () => {
  expect(decide({ members: [1, 2, 3] })).toMatchObject({
    kind: "agent",
    link: 0,
    reason: "matched",
    targetId: grp(1),
    attempt: 1,
    timeoutSeconds: 20,
    timeLimitSeconds: 14_400,
  });
});

test("disabled, closed, tried and this process's own full agents are not asked", () => {
  expect(chosen(decide({ members: [{ name: 1, enabled: false }, 2] }))).toBe(agt(2));
  expect(chosen(decide({ members: [{ name: 1, capacity: 0 }, 2] }))).toBe(agt(2));
  expect(chosen(decide({ members: [1, 2] }, { tried: [agt(1)] }))).toBe(agt(2));
  expect(chosen(decide({ members: [{ name: 1, capacity: 1 }, 2] }, {}, (id) => (id === agt(1) ? 1 : 0)))).toBe(agt(2));
});

test("a lower tier is asked only when the higher has nobody free", () => {
  const members = [
    { name: 1, priority: 1 },
    { name: 2, priority: 2 },
  ];
  for (let session = 0; session < 50; session++) expect(chosen(decide({ strategy: "priority", members }, { session }))).toBe(agt(1));
  expect(chosen(decide({ strategy: "priority", members }, { tried: [agt(1)] }))).toBe(agt(2));
});

test("why nobody took the call is said, and a full target is answered busy", () => {
  expect(decide({ members: [] })).toMatchObject({ kind: "hangup", link: 1, reason: "no_members" });
  expect(decide({ members: [{ name: 1, enabled: false }] })).toMatchObject({ kind: "hangup", reason: "none_eligible" });
  expect(decide({ members: [{ name: 1, capacity: 0 }] })).toMatchObject({ kind: "reject", rejectAs: "busy", reason: "all_at_capacity" });
  expect(decide({ members: [1] }, { tenantCapacity: 0 })).toMatchObject({ kind: "reject", reason: "tenant_at_capacity" });
});

test("attempts and time are limited as ever", () => {
  const later = (attempts: number, secondsAgo: number) => ({
    step: attempts + 1,
    tried: [agt(1)],
    progress: { attempts, startedAt: 1_000_000 - secondsAgo * 1_000 },
  });
  expect(decide({ members: [1, 2] }, later(1, 50))).toMatchObject({ kind: "agent", attempt: 2, timeoutSeconds: 15 });
  expect(decide({ members: [1, 2] }, later(1, 58))).toMatchObject({ kind: "hangup", reason: "time_budget" });
  expect(decide({ members: [1, 2] }, later(3, 10))).toMatchObject({ kind: "hangup", reason: "attempts_exhausted" });
  expect(decide({ members: [1] }, later(1, 10))).toMatchObject({ kind: "hangup", reason: "attempts_exhausted" });
});

test("under a cap no outbound call begins, since nobody else's are known; one under way goes on", () => {
  const dial = {
    kind: "number",
    number: "+44",
    trunk: "t",
    callerId: null,
    timeoutSeconds: 30,
    timeLimitSeconds: 60,
    fallback: null,
  } as const;
  const kindOf = (outboundCaps: ClaimRequest["outboundCaps"], parts: Partial<ClaimRequest> = {}) =>
    decide({ members: [1] }, { chain: [dial], outboundCaps, ...parts });
  expect(kindOf({ maxConcurrent: 100, maxPerMinute: null })).toMatchObject({ kind: "reject", rejectAs: "busy", reason: "outbound_limit" });
  expect(kindOf({ maxConcurrent: null, maxPerMinute: 100 })).toMatchObject({ kind: "reject", reason: "outbound_limit" });
  expect(kindOf({ maxConcurrent: null, maxPerMinute: null })).toMatchObject({ kind: "number" });
  expect(kindOf({ maxConcurrent: 1, maxPerMinute: 1 }, { step: 2 })).toMatchObject({ kind: "number" });
  const denied = { chain: [{ kind: "reject", rejectAs: "rejected", fallback: null } as const], reason: "denied" as const };
  expect(kindOf({ maxConcurrent: 1, maxPerMinute: 1 }, denied)).toMatchObject({ kind: "reject", rejectAs: "rejected", reason: "denied" });
});
