/** Drafts: rules and groups that are not saved, asked about as if they were. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openSimulations, type Simulations } from "./simulation-world.ts";

let world: Simulations;
beforeAll(async () => {
  world = await openSimulations();
});
afterAll(() => world.server.stop());

test("rules passed over are named with why: later by priority, less specific, disabled, for another caller, an older one first", async () => {
  const { ids } = world;
  const to = { targetType: "voice_agent", targetId: ids[0] } as const;
  const draft = {
    inboundRules: [
      { id: "winner", pattern: "+19990000001", ...to },
      { id: "prefix", pattern: "+1999*", ...to },
      { id: "everything", pattern: "*", ...to, priority: 200 },
      { id: "switched-off", pattern: "+1999000*", ...to, enabled: false, priority: 1 },
      { id: "for-another", pattern: "+19990000001", callerPattern: "+33*", ...to, priority: 1 },
      { id: "same-but-younger", pattern: "+1 999 000 0001", ...to },
      { id: "elsewhere", pattern: "+18880000001", ...to },
    ],
  };
  const { rule, passedOver } = await world.simulate({ from: "+14155550100", to: "+19990000001", draft });
  expect(rule?.id).toBe("same-but-younger");
  expect(Object.fromEntries(passedOver.map(({ ruleId, why }) => [ruleId, why]))).toEqual({
    winner: "an older rule for the same calls wins",
    prefix: "a rule for exactly this number wins",
    everything: "priority 200 comes after 100",
    "switched-off": "disabled",
    "for-another": "the caller does not match",
  });
});

test("a draft replaces the saved one of its id, may be new, and reaches no live call", async () => {
  const { ids, alone, rotating, tenant } = world;
  const asked = { from: "+14155550100", to: "+15550006000" };
  const moved = { id: alone, pattern: "+15550006000", targetType: "voice_agent", targetId: ids[3] };
  expect((await world.simulate({ ...asked, draft: { inboundRules: [moved] } })).agent).toMatchObject({ id: ids[3] });
  const off = { ...moved, enabled: false };
  const without = await world.simulate({ ...asked, draft: { inboundRules: [off] } });
  expect(without).toMatchObject({ rule: null, reason: "no_rule", passedOver: [{ ruleId: alone, why: "disabled" }] });
  const shrunk = { id: rotating, name: "Rotating", strategy: "round_robin", members: [{ agentId: ids[3] }] };
  const { agent, candidates } = await world.simulate({ from: "+1", to: "+15550001000", draft: { groups: [shrunk] } });
  expect([agent?.id, candidates.map(({ agentId }) => agentId)]).toEqual([ids[3], [ids[3]]]);
  const trunk = { prefix: "+4420", trunkConfig: { trunks: ["drafted"] } };
  const outbound = await world.simulate({ from: "+1", to: "+442012345678", direction: "outbound", draft: { outboundRules: [trunk] } });
  expect(outbound).toMatchObject({ trunk: "drafted", rule: { pattern: "+4420" } });
  expect((await world.simulate(asked)).agent).toMatchObject({ id: ids[0] });
  const real = await openDoor(world.server.app, tenant).ring({ Session: newSession(), To: "+15550006000" });
  expect(real.document.dialled).toBe("+15550100100");
});

test("a draft that saving would refuse is refused, each field by its path", async () => {
  const { ids, rotating } = world;
  const agent = { targetType: "voice_agent", targetId: ids[0] };
  const pathsOf = async (draft: object) => {
    const { status, body } = await world.rest("POST", "/routing/simulate", { from: "+1", to: "+15550001000", draft });
    const issues = body["issues"] as { path: string }[];
    return [status, issues.map(({ path }) => path)];
  };
  expect(await pathsOf({ inboundRules: [{ pattern: "+1a", ...agent }] })).toEqual([422, ["draft.inboundRules.0.pattern"]]);
  expect(await pathsOf({ inboundRules: [{ pattern: "*", ...agent, targetId: "agt_absent" }] })).toEqual([
    422,
    ["draft.inboundRules.0.targetId"],
  ]);
  expect(await pathsOf({ outboundRules: [{ prefix: "XX", trunkConfig: { trunks: ["t"] } }] })).toEqual([
    422,
    ["draft.outboundRules.0.prefix"],
  ]);
  const twice = { name: "Twice", strategy: "priority", members: [{ agentId: ids[0] }, { agentId: ids[0] }] };
  expect(await pathsOf({ groups: [twice] })).toEqual([422, ["draft.groups.0.members.1.agentId"]]);
  const named = { name: "rotating", strategy: "priority", members: [] };
  expect(await pathsOf({ groups: [named] })).toEqual([422, ["draft.groups.0.name"]]);
  const looping = [
    { id: "x", name: "X", strategy: "priority", fallback: { type: "agent_group", targetId: rotating } },
    { id: rotating, name: "Rotating", strategy: "round_robin", fallback: { type: "agent_group", targetId: "x" } },
  ];
  expect(await pathsOf({ groups: looping })).toEqual([422, ["draft.groups.0.fallback", "draft.groups.1.fallback"]]);
  const { chained, loaded } = world;
  const toChained = { pattern: "*", targetType: "agent_group", targetId: loaded, fallback: { type: "agent_group", targetId: chained } };
  expect(await pathsOf({ inboundRules: [toChained] })).toEqual([422, ["draft.inboundRules.0.fallback"]]);
  expect(await pathsOf({ outboundRules: [{ trunkConfig: { trunks: ["t"] } }] })).toEqual([422, ["draft.outboundRules.0.prefix"]]);
  expect((await pathsOf({ groups: [{ ...named, nope: 1 }] }))[0]).toBe(400);
  expect((await pathsOf({ groups: [{ name: "Heavy", strategy: "priority", members: [{ agentId: ids[0], weight: 1000 }] }] }))[0]).toBe(400);
});
