/** Inbound rules that can't be meant, at the operators' door. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRuleOperators, type RuleOperators } from "./rule-operators.ts";

let operators: RuleOperators;
beforeAll(async () => {
  operators = await openRuleOperators();
});
afterAll(() => operators.stop());

describe("what can't be meant is refused in words, and nothing is saved", () => {
  test.each([
    ["empty", "", /empty/],
    ["spaces", "   ", /empty/],
    ["letters", "invalid@pattern", /not a number/],
    ["twenty-five digits", "1".repeat(25), /at most 15 digits/],
    ["sixteen digits before the star", `+${"1".repeat(16)}*`, /at most 15 digits/],
    ["a star in the middle", "+1*5", /last character/],
    ["two stars", "+1**", /last character/],
    ["a plus and no digit", "+", /digit/],
    ["a regular expression", "^\\+1.*$", /not a number|last character/],
  ])("a pattern of %s", async (_name, pattern, words) => {
    const before = (await operators.list("")).length;
    const expected = (path: string) => ({
      status: 422,
      body: { code: "UNPROCESSABLE_CONTENT", issues: [{ path, message: expect.stringMatching(words) }] },
    });
    expect(await operators.own("POST", "/inbound-rules", { pattern, ...operators.toAgent() })).toMatchObject(expected("pattern"));
    expect(await operators.own("POST", "/inbound-rules", { pattern: "*", callerPattern: pattern, ...operators.toAgent() })).toMatchObject(
      expected("callerPattern"),
    );
    const [kept] = await operators.list("");
    if (kept === undefined) throw new Error("no rule");
    expect(await operators.put(kept, { pattern })).toMatchObject(expected("pattern"));
    expect(await operators.list("")).toHaveLength(before);
  });

  test.each([
    { priority: 0 },
    { priority: 100_001 },
    { priority: "1" },
    { enabled: "yes" },
    { targetType: "trunk" },
    { target: "x" },
    { fallback: { type: "hangup", reason: "x" } },
    { fallback: { type: "sip", uri: "desk" } },
    { pattern: { $ne: "" } },
    { pattern: "+1\u0000" },
  ])("a field of the wrong kind: %j", async (fields) => {
    const refused = await operators.own("POST", "/inbound-rules", { pattern: "+15551999999", ...operators.toAgent(), ...fields });
    expect(refused).toMatchObject({ status: 400, body: { issues: [{}] } });
    expect(await operators.list("&search=%2B15551999999")).toEqual([]);
  });

  test("a target by half, one that is not there, or a fallback to nobody", async () => {
    const made = await operators.create({ pattern: "+15551000020" });
    expect(await operators.put(made, { targetId: operators.agents[1] })).toMatchObject({
      status: 422,
      body: { issues: [{ path: "targetType" }] },
    });
    expect(await operators.put(made, { targetType: "agent_group" })).toMatchObject({
      status: 422,
      body: { issues: [{ path: "targetId" }] },
    });
    expect(await operators.put(made, { targetType: "agent_group", targetId: operators.agents[1] })).toMatchObject({
      status: 404,
      body: { issues: [{ path: "targetId" }] },
    });
    const nobody = { type: "voice_agent", targetId: "agt_nobody" };
    expect(await operators.put(made, { fallback: nobody })).toMatchObject({
      status: 404,
      body: { issues: [{ path: "fallback.targetId" }] },
    });
    expect(await operators.put(made, { fallback: { type: "number", number: "call us" } })).toMatchObject({
      status: 422,
      body: { issues: [{ path: "fallback.number" }] },
    });
    expect((await operators.own("GET", `/inbound-rules/${made.id}`)).body).toEqual(made);
  });

  test("a fallback that leads in a circle, whichever save would close it, with the chain by its names", async () => {
    const [a, b, c] = [await operators.group("Circle A"), await operators.group("Circle B"), await operators.group("Circle C")];
    const fall = async (id: string, fallback: object | null) =>
      operators.own("PUT", `/agent-groups/${id}`, {
        version: (await operators.own("GET", `/agent-groups/${id}`)).body["version"],
        fallback,
      });
    const circle = (names: RegExp) => ({ status: 422, body: { issues: [{ path: "fallback", message: expect.stringMatching(names) }] } });
    expect(await fall(a, operators.toGroup(a))).toMatchObject(circle(/“Circle A” → “Circle A”/));
    expect((await fall(a, operators.toGroup(b))).status).toBe(200);
    expect((await fall(b, operators.toGroup(c))).status).toBe(200);
    expect(await fall(c, operators.toGroup(a))).toMatchObject(circle(/“Circle C” → “Circle A” → “Circle B” → “Circle C”/));
    // A rule to C that falls back to A goes A → B → C: back to its own target.
    const rule = { pattern: "+15551000021", targetType: "agent_group", targetId: c };
    expect(await operators.own("POST", "/inbound-rules", { ...rule, fallback: operators.toGroup(a) })).toMatchObject(
      circle(/“Circle C” → “Circle A” → “Circle B” → “Circle C”/),
    );
    expect(await operators.own("POST", "/inbound-rules", { ...rule, fallback: operators.toGroup(c) })).toMatchObject(
      circle(/“Circle C” → “Circle C”/),
    );
    // The other way round: the rule is there first, and the group's save would close it.
    expect((await fall(b, null)).status).toBe(200);
    const made = await operators.create({ ...rule, fallback: operators.toGroup(a) });
    expect(await fall(b, operators.toGroup(c))).toMatchObject(
      circle(/rule “\+15551000021”.*“Circle C” → “Circle A” → “Circle B” → “Circle C”/),
    );
    await operators.own("DELETE", `/inbound-rules/${made.id}`);
    expect((await fall(b, operators.toGroup(c))).status).toBe(200);
    // An agent that had the call already.
    const agent = { type: "voice_agent", targetId: operators.agents[2] };
    expect(await operators.own("POST", "/inbound-rules", { pattern: "*", ...operators.toAgent(2), fallback: agent })).toMatchObject(
      circle(/“three” → “three”/),
    );
    expect((await fall(c, agent)).status).toBe(200);
    expect(
      await operators.own("POST", "/inbound-rules", { pattern: "*", ...operators.toAgent(2), fallback: operators.toGroup(b) }),
    ).toMatchObject(circle(/“three” → “Circle B” → “Circle C” → “three”/));
    // What is inherited closes nothing.
    const tenant = await operators.own("GET", "/tenant");
    expect((await operators.own("PUT", "/tenant", { version: tenant.body["version"], fallback: operators.toGroup(a) })).status).toBe(200);
    expect((await operators.own("POST", "/inbound-rules", { ...rule, targetId: a })).status).toBe(201);
    await operators.own("PUT", "/tenant", { version: Number(tenant.body["version"]) + 1, fallback: null });
  });
});
