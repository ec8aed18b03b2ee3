/** Outbound rules through the operators' door, and rules as the role user reads them. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newSession } from "./call.ts";
import { openRuleOperators, type RuleOperators } from "./rule-operators.ts";

let operators: RuleOperators;
beforeAll(async () => {
  operators = await openRuleOperators();
});
afterAll(() => operators.stop());

describe("outbound rules", () => {
  const path = "/outbound-rules";
  const trunkConfig = (trunk: string) => ({ trunks: [trunk], callerId: "+15550100001" });
  const calls = async (To: string, From = "+15550100001") =>
    (await operators.door.ring({ Session: newSession(), To, From, Direction: "subscriber" })).document.attributes["trunks"] ?? null;

  test("decide the very next call by the longest prefix, a country by its numbering plan, and are listed so", async () => {
    const made = [
      await operators.create({ prefix: "+1555", callerIdPrefix: "+1555", trunkConfig: trunkConfig("by-caller") }, path),
      await operators.create({ prefix: "+1 555", trunkConfig: trunkConfig("longer") }, path),
      await operators.create({ prefix: "GB", trunkConfig: trunkConfig("britain") }, path),
      await operators.create({ prefix: "+44", trunkConfig: trunkConfig("forty-four") }, path),
      await operators.create({ prefix: "+1", trunkConfig: { ...trunkConfig("short"), timeoutSeconds: 20, timeLimitSeconds: 600 } }, path),
    ];
    expect(made[4]).toMatchObject({ callerIdPrefix: null, prefix: "+1", priority: 100, enabled: true, version: 1, warnings: [] });
    expect(await calls("+15551234567")).toBe("by-caller");
    expect(await calls("+15551234567", "+14155550100")).toBe("longer");
    expect(await calls("+14155550199")).toBe("short");
    expect(await calls("+442079460000")).toBe("britain");
    // Guernsey has Britain's calling code and a plan of its own.
    expect(await calls("+441481723456")).toBe("forty-four");
    expect(await calls("+819012345678")).toBeNull();
    expect((await operators.list("", path)).map(({ id }) => id)).toEqual(made.map(({ id }) => id));
    expect((await operators.list("&search=gb", path)).map(({ id }) => id)).toEqual([made[2]?.id]);
    expect((await operators.list("&search=1%20555", path)).map(({ id }) => id)).toEqual([made[0]?.id, made[1]?.id]);
    const britain = made[2];
    if (britain === undefined) throw new Error("no rule");
    const changed = await operators.put(britain, { prefix: "+4420", trunkConfig: { trunks: ["carrier-a", "carrier-b"] } }, path);
    expect(changed).toMatchObject({
      status: 200,
      body: { prefix: "+4420", trunkConfig: { trunks: ["carrier-a", "carrier-b"] }, version: 2 },
    });
    expect(await calls("+442079460000")).toBe("carrier-a");
    expect((await operators.put(britain, { enabled: false }, path)).body).toMatchObject({ stale: true });
    expect((await operators.own("DELETE", `${path}/${britain.id}`)).status).toBe(200);
    expect(await calls("+442079460000")).toBe("forty-four");
  });

  test("about the same destination and callers are told so", async () => {
    const first = await operators.create({ prefix: "FR", trunkConfig: trunkConfig("a") }, path);
    const second = await operators.create({ prefix: "fr", trunkConfig: trunkConfig("b") }, path);
    expect(second.warnings).toMatchObject([{ code: "duplicate", ruleId: first.id }]);
  });

  test.each([
    [422, "prefix", { prefix: "ZZ", trunkConfig: trunkConfig("a") }],
    [422, "prefix", { prefix: "+1x", trunkConfig: trunkConfig("a") }],
    [422, "callerIdPrefix", { prefix: "+1", callerIdPrefix: "abc", trunkConfig: trunkConfig("a") }],
    [422, "prefix", { trunkConfig: trunkConfig("a") }],
    [422, "prefix", { prefix: "", callerIdPrefix: null, trunkConfig: trunkConfig("a") }],
    [422, "prefix", { prefix: "*", trunkConfig: trunkConfig("a") }],
    [400, "trunkConfig", { prefix: "+1" }],
    [400, "trunkConfig.trunks", { prefix: "+1", trunkConfig: { trunks: [] } }],
    [400, "trunkConfig.trunks.0", { prefix: "+1", trunkConfig: { trunks: ["a,b"] } }],
    [400, "trunkConfig.timeoutSeconds", { prefix: "+1", trunkConfig: { trunks: ["a"], timeoutSeconds: 1 } }],
    [400, "trunkConfig", { prefix: "+1", trunkConfig: { trunks: ["a"], trunk: "a" } }],
  ])("%i and the field %s: %j", async (status, field, fields) => {
    const before = (await operators.list("", path)).length;
    expect(await operators.own("POST", path, fields)).toMatchObject({
      status,
      body: { issues: [{ path: field, message: expect.stringMatching(/./) }] },
    });
    expect(await operators.list("", path)).toHaveLength(before);
  });
});

test("the role user reads rules without whole numbers, in warnings too, and changes none", async () => {
  await operators.create({ pattern: "+14155552671", callerPattern: "+14155552672", fallback: { type: "number", number: "+14155552673" } });
  await operators.create({ pattern: "+1 415 555 2671", callerPattern: "+14155552672" });
  await operators.create(
    { prefix: "+1415", callerIdPrefix: "+14155552674", trunkConfig: { trunks: ["a"], callerId: "+14155552675" } },
    "/outbound-rules",
  );
  await operators.world.setUser(operators.world.tenants.own.email, "role = 'user'");
  const reader = await operators.signedIn(operators.world.tenants.own);
  const inbound = await reader("GET", "/inbound-rules?limit=200&search=%2B1415555");
  expect(inbound.body["items"]).toMatchObject([
    { pattern: "+1415•••2671", callerPattern: "+1415•••2672", fallback: { number: "+1415•••2673" }, warnings: [{ code: "duplicate" }] },
    { pattern: "+1415•••2671", warnings: [{ code: "duplicate", message: expect.stringContaining("“+1415•••2671”") }] },
  ]);
  const outbound = await reader("GET", "/outbound-rules?limit=200");
  for (const { text } of [inbound, outbound]) expect(text.replaceAll(/[^\d]/g, "")).not.toMatch(/415555267/);
  expect((await reader("POST", "/inbound-rules", { pattern: "*", ...operators.toAgent() })).status).toBe(403);
  await operators.world.setUser(operators.world.tenants.own.email, "role = 'admin'");
});
