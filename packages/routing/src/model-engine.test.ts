import fc from "fast-check";
import { expect, test } from "vitest";
import type { ClaimRequest } from "./claim.ts";
import type { Decision } from "./decision.ts";
import { evidenceOfDialResult, evidenceOfDisposition, openEvidence } from "./evidence.ts";
import type { AgentId } from "./ids.ts";
import type { DialResult } from "./journal-event.ts";
import { createModelEngine } from "./model-engine.ts";
import { compilePlan } from "./plan.ts";
import { type SampleGroup, sampleClaim, sampleEnded, samplePlan } from "./sample-claim.ts";
import { reasons } from "./reason.ts";
import { agt, cal, grp, sampleTenant } from "./sample-plan.ts";
import { createRig, t0, times } from "./sample-rig.ts";

const seed = 20260108;

test.each([
  [{ members: [] }, {}, "no_members", "hangup"],
  [{ members: [{ name: 1, enabled: false }] }, {}, "none_eligible", "hangup"],
  [{ members: [{ name: 1, capacity: 0 }] }, {}, "all_at_capacity", "reject"],
  [{ members: [{ name: 1, memberCapacity: 0 }] }, {}, "all_at_capacity", "reject"],
  [{ members: [1] }, { tenantCapacity: 0 }, "tenant_at_capacity", "reject"],
  [{ members: [1] }, { tried: [agt(1)] }, "none_eligible", "hangup"],
] as const)("%j with %j: %s, %s", (group, parts, reason, kind) => {
  const { call } = createRig(group as unknown as SampleGroup);
  expect(call(parts as unknown as Partial<ClaimRequest>)).toMatchObject({ kind, reason });
});

test("a full target's fallback takes the call, and the reason stays the first target's", () => {
  const fallback = { type: "voice_agent", targetId: agt(1) } as const;
  const { call } = createRig({ members: [{ name: 1, memberCapacity: 0 }], fallback });
  expect(call()).toMatchObject({ kind: "agent", link: 1, targetId: agt(1), reason: "all_at_capacity", fallback });
});

test("the same step again gets the same decision and counts nothing", () => {
  const { engine, plan, figures } = createRig({ members: [1, 2] });
  const request = sampleClaim(plan(), { session: 1 });
  const first = engine.claim(request, t0);
  const again = engine.claim(request, t0 + 5_000);
  expect(again).toEqual({ ...first, repeat: true });
  expect(figures()).toMatchObject({ leases: 1, live: [cal(1)] });
  expect(engine.journal.filter(({ type }) => type === "step")).toHaveLength(1);
});

test("a failed dial goes on to the next member, never the same, until attempts or time run out", () => {
  const { call, after, nameOf, at } = createRig({ members: [1, 2, 3, 4] });
  expect(nameOf(call())).toBe(1);
  at(20_000);
  expect(after(1, 1, "no-answer")).toMatchObject({ agentId: agt(2), attempt: 2, reason: "matched", timeoutSeconds: 20 });
  at(50_000);
  expect(after(1, 2, "busy", 3)).toMatchObject({ agentId: agt(3), attempt: 3, timeoutSeconds: 15 });
  at(57_500);
  expect(after(1, 3, "busy", 4)).toMatchObject({ kind: "hangup", reason: "attempts_exhausted" });
});

test("under eight seconds nobody is rung", () => {
  const { call, after, at } = createRig({ members: [1, 2] });
  call();
  at(57_000);
  expect(after(1, 1, "busy")).toMatchObject({ kind: "agent", timeoutSeconds: 8 });
  const other = createRig({ members: [1, 2] });
  other.call();
  other.at(58_000);
  expect(other.after(1, 1, "busy")).toMatchObject({ kind: "hangup", reason: "time_budget" });
});

test("a lease is held from the claim to the dial's end, longer once connected, and what runs out is written down", () => {
  const { engine, call, at, now, figures } = createRig({ members: [1], settings: { maxCallSeconds: 60 } });
  call();
  at(119_999);
  engine.sweep(now());
  expect(figures().leases).toBe(1);
  engine.report(sampleTenant.id, cal(1), openEvidence("connected"), now());
  at(119_999 + 120_000 - 1);
  engine.sweep(now());
  expect(figures().leases).toBe(1);
  at(119_999 + 120_000);
  engine.sweep(now());
  expect(figures()).toMatchObject({ leases: 0, live: [] });
  expect(engine.journal.at(-1)).toMatchObject({ type: "timeout", callId: cal(1), step: 1, evidence: { state: "timeout" } });
  engine.report(sampleTenant.id, cal(1), openEvidence("connected"), now());
  expect(figures().leases).toBe(1);
  expect(engine.journal.at(-1)).toMatchObject({ type: "lease_retaken", agentId: agt(1) });
  engine.report(sampleTenant.id, cal(1), evidenceOfDisposition("ANSWER", now(), 9) ?? openEvidence("initiated"), now());
  engine.report(sampleTenant.id, cal(1), openEvidence("connected"), now());
  expect(figures()).toMatchObject({ leases: 0, live: [] });
});

test("five failures in a row eject an agent for 30 s; two good probes and a ramp bring it back", () => {
  const { engine, plan, claim, at, now, brief, end, figures } = createRig({ members: [1, 2, 3] });
  const health = () => figures().agents.get(agt(1))?.health;
  let session = 1_000;
  const fail = (result: DialResult) => {
    claim(sampleClaim(plan(), { session: ++session, tried: [agt(2), agt(3)] }));
    claim(sampleClaim(plan(), { session, step: 2, chain: [{ kind: "hangup", fallback: null }], ended: sampleEnded(1, 1, result, grp(1)) }));
  };
  times(4, () => fail("failed"));
  fail("busy");
  expect(health()).toBe("healthy");
  fail("busy");
  expect(health()).toBe("ejected");
  expect(times(4, brief)).not.toContain(1);
  at(30_000);
  const probe = claim(sampleClaim(plan(), { session: 2_000, tried: [agt(2), agt(3)] }));
  expect(probe).toMatchObject({ agentId: agt(1) });
  expect(health()).toBe("probing");
  expect(times(4, brief)).not.toContain(1);
  end(2_000);
  fail("completed");
  expect(health()).toBe("ramping");
  at(90_000);
  brief();
  expect(health()).toBe("healthy");
  const changes = engine.journal.flatMap((event) => (event.type === "agent_health" ? [[event.from, event.to]] : []));
  expect(changes).toEqual([
    ["healthy", "ejected"],
    ["ejected", "probing"],
    ["probing", "ramping"],
    ["ramping", "healthy"],
  ]);
  expect(now()).toBe(t0 + 90_000);
});

test("where everybody is ejected half of them are asked all the same: a call that may fail beats a certain hang-up", () => {
  const { plan, claim, brief } = createRig({ members: [1, 2] });
  for (const [session, name] of [
    [1, 1],
    [2, 2],
  ] as const) {
    for (const round of [1, 2, 3, 4, 5]) {
      const call = session * 100 + round;
      claim(sampleClaim(plan(), { session: call, tried: [agt(3 - name)] }));
      claim(
        sampleClaim(plan(), {
          session: call,
          step: 2,
          chain: [{ kind: "hangup", fallback: null }],
          ended: sampleEnded(name, 1, "failed", grp(1)),
        }),
      );
    }
  }
  expect(times(3, brief)).toEqual([2, 2, 2]);
});

const someGroup = fc.record({
  strategy: fc.constantFrom("round_robin", "load_balanced", "priority"),
  members: fc
    .array(
      fc.record({
        weight: fc.integer({ min: 1, max: 5 }),
        priority: fc.integer({ min: 1, max: 3 }),
        capacity: fc.option(fc.nat(2)),
        memberCapacity: fc.option(fc.nat(2)),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((list) => list.map((parts, index) => ({ name: index + 1, ...parts }))),
});
type Action =
  | { kind: "call" }
  | { kind: "result"; call: number; result: DialResult }
  | { kind: "end"; call: number }
  | { kind: "repeat"; call: number }
  | { kind: "wait"; seconds: number };
const action = fc.oneof<fc.Arbitrary<Action>[]>(
  fc.constant({ kind: "call" }),
  fc.record({
    kind: fc.constant("result"),
    call: fc.nat(20),
    result: fc.constantFrom<DialResult>("completed", "busy", "no-answer", "failed", "canceled", "unknown"),
  }),
  fc.record({ kind: fc.constant("end"), call: fc.nat(20) }),
  fc.record({ kind: fc.constant("repeat"), call: fc.nat(20) }),
  fc.record({ kind: fc.constant("wait"), seconds: fc.nat(40) }),
);

test("no cap is exceeded, no agent tried twice in a call, no lower tier before a higher, one reason a call, and a sweep clears all", () => {
  fc.assert(
    fc.property(someGroup, fc.array(action, { minLength: 10, maxLength: 60 }), (group, actions) => {
      const engine = createModelEngine();
      const plan = compilePlan(samplePlan(group));
      const calls: { request: ClaimRequest; decision: Decision; tried: AgentId[] }[] = [];
      let now = t0;
      const activeOf = (name: number): number => engine.figures(sampleTenant.id, now).agents.get(agt(name))?.activeCalls ?? 0;
      const capOf = (member: (typeof group.members)[number]): number => Math.min(member.capacity ?? 99, member.memberCapacity ?? 99);
      const check = (decision: Decision, before: AgentId[]): void => {
        expect(reasons).toContain(decision.reason);
        for (const member of group.members) expect(activeOf(member.name)).toBeLessThanOrEqual(capOf(member));
        const picked = group.members.find(({ name }) => decision.kind === "agent" && agt(name) === decision.agentId);
        if (picked === undefined || group.strategy !== "priority") return;
        for (const member of group.members.filter(({ priority }) => priority < picked.priority)) {
          const isHealthy = engine.figures(sampleTenant.id, now).agents.get(agt(member.name))?.health === "healthy";
          expect(isHealthy && !before.includes(agt(member.name)) && activeOf(member.name) < capOf(member)).toBe(false);
        }
      };
      const run = (request: ClaimRequest, before: AgentId[]): void => {
        const outcome = engine.claim(request, now);
        if (outcome.kind !== "decided") throw new Error(outcome.kind);
        const { decision } = outcome;
        if (decision.kind === "agent") expect(before).not.toContain(decision.agentId);
        calls.push({ request, decision, tried: decision.kind === "agent" ? [...before, decision.agentId] : before });
        check(decision, before);
      };
      for (const step of actions) {
        const known = "call" in step ? calls[step.call % Math.max(1, calls.length)] : undefined;
        if (step.kind === "call") run(sampleClaim(plan, { session: calls.length + 1 }), []);
        else if (step.kind === "wait") now += step.seconds * 1_000;
        else if (known === undefined) continue;
        else if (step.kind === "repeat") expect(engine.claim(known.request, now)).toMatchObject({ repeat: true, decision: known.decision });
        else if (step.kind === "end") engine.report(sampleTenant.id, known.request.callId, evidenceOfDialResult("completed", now), now);
        else if (
          known.decision.kind === "agent" &&
          !calls.some(({ request }) => request.callId === known.request.callId && request.step > known.request.step)
        ) {
          const { agentId, targetId, attempt } = known.decision;
          const ended = { step: known.request.step, targetId, agentId, trunk: null, result: step.result };
          const request = {
            ...known.request,
            step: known.request.step + 1,
            ended,
            progress: { attempts: attempt, startedAt: t0 },
            endedEvidence: evidenceOfDialResult(step.result, now),
          };
          run(request, known.tried);
        }
      }
      now += 20_000_000;
      engine.sweep(now);
      expect(engine.figures(sampleTenant.id, now)).toMatchObject({ leases: 0, live: [] });
    }),
    { seed, numRuns: 400 },
  );
});

test("an older process chooses among what both configurations know", () => {
  const { engine, brief, change } = createRig({ members: [1, 2], version: 5 });
  brief();
  change({ members: [{ name: 1, enabled: false }, 2, 3], version: 4 });
  expect(times(3, brief)).toEqual([2, 2, 2]);
  expect(engine.journal.every(({ tenantId }) => tenantId === sampleTenant.id)).toBe(true);
});
