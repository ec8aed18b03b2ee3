/** Test support: made-up tenants with made-up histories, as plain data that fast-check can shrink. */
import type { ClaimOutcome, ClaimRequest } from "@switchboard/routing/claim";
import type { DialResult } from "@switchboard/routing/journal-event";
import type { CompiledGroup } from "@switchboard/routing/plan-source";
import fc from "fast-check";
import type { Engine } from "./engine-fixture.ts";
import { builtIn, endedCall, group, member, start, target, type World } from "./world-fixture.ts";

const capacity = fc.option(fc.integer({ min: 0, max: 3 }), { nil: null, freq: 2 });

const memberArbitrary = fc.record({
  name: fc.integer({ min: 0, max: 6 }),
  priority: fc.integer({ min: 1, max: 2 }),
  weight: fc.constantFrom(1, 2, 5),
  memberCapacity: capacity,
  agentCapacity: capacity,
  enabled: fc.integer({ min: 0, max: 5 }).map((dice) => dice > 0),
});

const groupArbitrary = (name: string) =>
  fc
    .record({
      strategy: fc.constantFrom("round_robin", "load_balanced", "priority"),
      members: fc.uniqueArray(memberArbitrary, { selector: (each) => each.name, minLength: 0, maxLength: 6 }),
      windowHours: fc.constantFrom(1, 24, 48),
      newMemberStart: fc.constantFrom("level", "empty"),
      maxAttempts: fc.integer({ min: 1, max: 3 }),
    } as const)
    .map(({ strategy, members, ...settings }) =>
      group(
        strategy,
        members.map(({ name: number, ...options }, position) => member(`m${number}`, { ...options, position })),
        { name, settings },
      ),
    );

export const configuration = fc.record({
  groups: fc.tuple(groupArbitrary("first"), groupArbitrary("second")),
  tenantCapacity: fc.option(fc.integer({ min: 0, max: 8 }), { nil: null, freq: 4 }),
});

const event = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("call" as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("dial_ended" as const),
      which: fc.nat(),
      result: fc.constantFrom<DialResult[]>("completed", "busy", "no-answer", "failed", "canceled"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("call_ended" as const), which: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("time" as const), seconds: fc.constantFrom(1, 7, 20, 31, 61, 125, 700, 3_600, 90_000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("change" as const), to: configuration }) },
);

export type Story = { first: Configuration; events: StoryEvent[]; fromOlderPlan: boolean };
type Configuration = { groups: [CompiledGroup, CompiledGroup]; tenantCapacity: number | null };
type StoryEvent = typeof event extends fc.Arbitrary<infer Event> ? Event : never;

export const storyArbitrary: fc.Arbitrary<Story> = fc.record({
  first: configuration,
  events: fc.array(event, { minLength: 0, maxLength: 30 }),
  fromOlderPlan: fc.boolean(),
});

type Open = { request: ClaimRequest; outcome: ClaimOutcome };

/** Plays the events; answers the request of one more call, made by whoever may know an older plan only, and its time. */
export async function playStory(engine: Engine, world: World, story: Story): Promise<{ request: ClaimRequest; nowMs: number }> {
  let [nowMs, planVersion, known, before] = [start, 1, story.first, story.first];
  let open: Open[] = [];
  const windowHoursInUse = [1, 24, 48];
  const nextCall = (of: Configuration, version: number) =>
    world.request({
      chain: [...of.groups.map(target), builtIn],
      tenantCapacity: of.tenantCapacity,
      planVersion: version,
      windowHoursInUse,
    });
  const claim = async (request: ClaimRequest) => open.push({ request, outcome: await engine.claim(request, nowMs) });
  const takeOpen = (which: number): Open | undefined => {
    const chosen = open[which % Math.max(1, open.length)];
    open = open.filter((each) => each !== chosen);
    return chosen;
  };
  const endDial = async (which: number, result: DialResult) => {
    const chosen = takeOpen(which);
    if (chosen?.outcome.kind !== "decided" || chosen.outcome.decision.kind !== "agent") return;
    await claim(world.afterDial(chosen.request, chosen.outcome, result, nowMs));
  };
  for (const each of story.events) {
    if (each.kind === "call") await claim(nextCall(known, planVersion));
    else if (each.kind === "time") nowMs += each.seconds * 1_000;
    else if (each.kind === "dial_ended") await endDial(each.which, each.result);
    else if (each.kind === "change") {
      before = known;
      known = each.to;
      planVersion += 1;
    } else {
      const ended = takeOpen(each.which);
      if (ended) await engine.report(world.tenantId, ended.request.callId, endedCall("nocredit", nowMs), nowMs);
    }
  }
  const isOlder = story.fromOlderPlan && planVersion > 1;
  return { request: isOlder ? nextCall(before, planVersion - 1) : nextCall(known, planVersion), nowMs };
}
