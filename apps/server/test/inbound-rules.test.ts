/** Inbound rules through the operators' door: what is saved decides, and what deserves a second look is told. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newSession } from "./call.ts";
import type { Rest } from "./rest.ts";
import { openRuleOperators, type Rule, type RuleOperators } from "./rule-operators.ts";

let operators: RuleOperators;
let other: Rest;
beforeAll(async () => {
  operators = await openRuleOperators();
  other = await operators.signedIn(operators.world.tenants.other);
});
afterAll(() => operators.stop());

describe("a saved rule", () => {
  test("decides the very next call, and the one after it is changed, disabled or deleted", async () => {
    const made = await operators.create({ pattern: "+15551000001" });
    expect(made).toEqual({
      id: expect.stringMatching(/^rul_/),
      pattern: "+15551000001",
      callerPattern: null,
      ...operators.toAgent(),
      targetName: "one",
      priority: 100,
      enabled: true,
      fallback: null,
      warnings: [],
      version: 1,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    expect((await operators.own("GET", `/inbound-rules/${made.id}`)).body).toEqual(made);
    expect(await operators.dialled("+15551000001")).toBe("one");
    const moved = (await operators.put(made, operators.toAgent(1))).body as Rule;
    expect(moved).toMatchObject({ ...operators.toAgent(1), targetName: "two", version: 2, pattern: "+15551000001" });
    expect(await operators.dialled("+15551000001")).toBe("two");
    const elsewhere = (await operators.put(moved, { pattern: "+15551000002" })).body as Rule;
    expect(await operators.dialled("+15551000002")).toBe("two");
    expect(await operators.dialled("+15551000001")).not.toBe("two");
    const disabled = (await operators.put(elsewhere, { enabled: false })).body as Rule;
    expect(await operators.dialled("+15551000002")).not.toBe("two");
    await operators.put(disabled, { enabled: true });
    expect(await operators.dialled("+15551000002")).toBe("two");
    expect(await operators.own("DELETE", `/inbound-rules/${made.id}`)).toMatchObject({ status: 200, body: { id: made.id, deleted: true } });
    expect(await operators.dialled("+15551000002")).not.toBe("two");
    expect((await operators.own("GET", `/inbound-rules/${made.id}`)).status).toBe(404);
  });

  test("the smaller priority first, then the exact number, the longer prefix, the caller who is named, the older: as operators saved them", async () => {
    await operators.create({ pattern: "+1999*", priority: 1, ...operators.toAgent(0) });
    await operators.create({ pattern: "+19995550001", priority: 10, ...operators.toAgent(1) });
    expect(await operators.dialled("+19995550001")).toBe("one");
    await operators.create({ pattern: "+1888*", ...operators.toAgent(0) });
    await operators.create({ pattern: "+18885*", ...operators.toAgent(1) });
    await operators.create({ pattern: "+18885550001", ...operators.toAgent(2) });
    expect([
      await operators.dialled("+18880000000"),
      await operators.dialled("+18885000000"),
      await operators.dialled("+18885550001"),
    ]).toEqual(["one", "two", "three"]);
    await operators.create({ pattern: "+17770000001", ...operators.toAgent(0) });
    await operators.create({ pattern: "+17770000001", ...operators.toAgent(1) });
    await operators.create({ pattern: "+17770000001", callerPattern: "+44*", ...operators.toAgent(2) });
    expect([await operators.dialled("+17770000001"), await operators.dialled("+17770000001", { From: "+442079460000" })]).toEqual([
      "one",
      "three",
    ]);
  });

  test("a number is the same number however it is written, in the rule or in the call", async () => {
    await operators.create({ pattern: "+1 (666) 555-0001", ...operators.toAgent(1) });
    expect([
      await operators.dialled("+16665550001"),
      await operators.dialled("16665550001"),
      await operators.dialled("0016665550001"),
    ]).toEqual(["two", "two", "two"]);
    await operators.create({ pattern: "1 667*", ...operators.toAgent(2) });
    expect(await operators.dialled("+16675550001")).toBe("three");
  });

  test("a call under way goes on as it began, though its rule is pointed elsewhere", async () => {
    const members = [{ agentId: operators.agents[0] }, { agentId: operators.agents[1], priority: 2 }];
    const target = await operators.group("Both", { members });
    const made = await operators.create({ pattern: "+15551000009", targetType: "agent_group", targetId: target });
    const fields = { Session: newSession(), To: "+15551000009" };
    const first = await operators.door.ring(fields);
    expect(first.document.dialled).toBe("one");
    const { body } = await operators.put(made, { pattern: "+15551000008" });
    expect(body).toMatchObject({ pattern: "+15551000008", version: 2 });
    const next = await operators.door.report(first.document, { ...fields, DialCallStatus: "busy" });
    expect(next.document.dialled).toBe("two");
    expect(await operators.dialled("+15551000009")).not.toBe("one");
    // The first request once more: the same bytes, though another rule would match today.
    expect((await operators.door.ring(fields)).body).toBe(first.body);
  });

  test("deleting the rule of a call under way is allowed, and the call is answered on", async () => {
    const made = await operators.create({ pattern: "+15551000012" });
    const fields = { Session: newSession(), To: "+15551000012" };
    const first = await operators.door.ring(fields);
    expect((await operators.own("DELETE", `/inbound-rules/${made.id}`)).status).toBe(200);
    expect((await operators.door.ring(fields)).body).toBe(first.body);
    const ended = await operators.door.report(first.document, { ...fields, DialCallStatus: "completed" });
    expect(ended).toMatchObject({ status: 200, document: { verb: "Hangup" } });
  });

  test("the same numbers of two tenants are strangers to each other", async () => {
    const mine = await operators.create({ pattern: "+15551000010" });
    expect((await other("GET", `/inbound-rules/${mine.id}`)).status).toBe(404);
    expect((await other("PUT", `/inbound-rules/${mine.id}`, { version: 1, enabled: false })).status).toBe(404);
    expect((await other("DELETE", `/inbound-rules/${mine.id}`)).status).toBe(404);
    expect((await other("POST", "/inbound-rules", { pattern: "+15551000010", ...operators.toAgent() })).status).toBe(404);
    expect((await other("GET", "/inbound-rules?search=%2B15551000010")).body["items"]).toEqual([]);
    expect((await operators.own("GET", `/inbound-rules/${mine.id}`)).body).toEqual(mine);
  });

  test("of two who change it at once one is told", async () => {
    const made = await operators.create({ pattern: "+15551000011" });
    const both = await Promise.all([operators.put(made, { priority: 5 }), operators.put(made, { priority: 6 })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ stale: true });
  });
});

describe("warnings", () => {
  const codes = (rule: Rule) => rule.warnings.map(({ code, ruleId }) => (ruleId === undefined ? code : `${code} ${ruleId}`));

  test("a save, a read and a list say that another rule is in the way, and stop when it is not any more", async () => {
    const wide = await operators.create({ pattern: "+1222*", priority: 3 });
    const narrow = await operators.create({ pattern: "+12225550001" });
    expect(codes(narrow)).toEqual([`shadowed ${wide.id}`]);
    expect(narrow.warnings[0]?.message).toBe("The rule “+1222*” is tried first, at priority 3, and takes every call that this one would.");
    expect(codes((await operators.own("GET", `/inbound-rules/${narrow.id}`)).body as Rule)).toEqual([`shadowed ${wide.id}`]);
    expect((await operators.list("&search=%2B12225")).map(codes)).toEqual([[`shadowed ${wide.id}`]]);
    expect(codes((await operators.put(wide, { priority: 100 })).body as Rule)).toEqual([]);
    expect(codes((await operators.own("GET", `/inbound-rules/${narrow.id}`)).body as Rule)).toEqual([]);
  });

  test("+1 333 and +1333 are the same: both rules are told, and which of them decides", async () => {
    const older = await operators.create({ pattern: "+1 333*" });
    const newer = await operators.create({ pattern: "+1333*" });
    expect(codes(newer)).toEqual([`duplicate ${older.id}`]);
    expect(newer.warnings[0]?.message).toContain("this one never decides");
    const seen = (await operators.own("GET", `/inbound-rules/${older.id}`)).body as Rule;
    expect(codes(seen)).toEqual([`duplicate ${newer.id}`]);
    expect(seen.warnings[0]?.message).toContain("the other never decides");
  });

  test("a disabled agent and a group without anybody are told until that is mended", async () => {
    const { body: agent } = await operators.own("POST", "/voice-agents", {
      name: "asleep",
      provider: "vapi",
      serviceValue: "x",
      enabled: false,
    });
    const asleep = String(agent["id"]);
    const toAsleep = await operators.create({ pattern: "+14440000001", targetType: "voice_agent", targetId: asleep });
    expect(toAsleep.warnings).toEqual([{ code: "target_disabled", message: "The agent “asleep” is disabled: calls go to the fallback." }]);
    const empty = await operators.group("Nobody", { members: [] });
    const toEmpty = await operators.create({ pattern: "+14440000002", targetType: "agent_group", targetId: empty });
    expect(toEmpty.warnings).toEqual([{ code: "empty_group", message: "The group “Nobody” has no members: calls go to the fallback." }]);
    await operators.own("PUT", `/agent-groups/${empty}`, { version: 1, members: [{ agentId: asleep }] });
    expect((await operators.own("GET", `/inbound-rules/${toEmpty.id}`)).body["warnings"]).toEqual([
      { code: "empty_group", message: "The group “Nobody” has no member who is enabled: calls go to the fallback." },
    ]);
    await operators.own("PUT", `/voice-agents/${asleep}`, { version: 1, enabled: true });
    for (const { id } of [toAsleep, toEmpty]) expect((await operators.own("GET", `/inbound-rules/${id}`)).body["warnings"]).toEqual([]);
  });
});
