/** What a simulated call says of the rules that it met, and to whom. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRest, type Rest } from "./rest.ts";
import { openSimulations, type Simulations } from "./simulation-world.ts";

let world: Simulations;
let asUser: Rest;
beforeAll(async () => {
  world = await openSimulations();
  const person = { email: `reader@${world.tenant.domain}`, password: "a long enough password" };
  expect(await world.rest("POST", "/users", { ...person, role: "user" })).toMatchObject({ status: 201 });
  const { body } = await openRest(world.base, null)("POST", "/auth/login", person);
  asUser = openRest(world.base, String(body["accessToken"]));
});
afterAll(() => world.server.stop());

type Rule = { id: string; ruleId: string; place: string; why: string };

test("sorted by their places, the rules that a call met stand as the list has them, each with what it is about and where it leads", async () => {
  const { rest, ids, rotating } = world;
  const create = async (fields: object) => String((await rest("POST", "/inbound-rules", fields)).body["id"]);
  const toGroup = { targetType: "agent_group", targetId: rotating };
  const everything = await create({ pattern: "*", priority: 50, ...toGroup });
  const disabled = await create({ pattern: "+1888*", priority: 1, enabled: false, ...toGroup });
  const others = await create({ pattern: "+18880000001", callerPattern: "+44*", priority: 2, targetType: "voice_agent", targetId: ids[0] });
  const late = await create({ pattern: "+18880000001", priority: 60, ...toGroup });

  const { body } = await rest("POST", "/routing/simulate", { from: "+14155550100", to: "+18880000001" });
  const rule = body["rule"] as Rule;
  const passedOver = body["passedOver"] as Rule[];
  expect(rule).toMatchObject({
    id: everything,
    called: "*",
    caller: null,
    priority: 50,
    enabled: true,
    target: { type: "agent_group", id: rotating, name: "Rotating" },
    trunks: [],
  });
  expect(passedOver.find(({ ruleId }) => ruleId === others)).toMatchObject({
    called: "+18880000001",
    caller: "+44*",
    priority: 2,
    target: { type: "voice_agent", id: ids[0], name: "Agent 0" },
    why: "the caller does not match",
  });
  expect(passedOver.find(({ ruleId }) => ruleId === disabled)).toMatchObject({ enabled: false, why: "disabled" });

  const met = [{ ...rule, ruleId: rule.id }, ...passedOver].sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ ruleId }) => ruleId);
  const { body: list } = await rest("GET", "/inbound-rules?limit=200");
  const listed = (list["items"] as { id: string }[]).map(({ id }) => id);
  expect(met).toEqual(listed.filter((id) => [disabled, others, everything, late].includes(id)));
  for (const id of [everything, disabled, others, late]) await rest("DELETE", `/inbound-rules/${id}`);
});

test("the fallback that takes a call is named, and whose agents were asked before", async () => {
  const { body } = await world.rest("POST", "/routing/simulate", { from: "+14155550100", to: "+15550004000" });
  expect(body).toMatchObject({
    outcome: "fallback",
    fallback: { type: "number", number: "+442012345678", trunks: ["carrier-a"] },
    candidates: [{ agentId: world.ids[4], targetName: "Full" }],
  });
});

test("an outbound rule says its destination and its trunks", async () => {
  const { body } = await world.rest("POST", "/routing/simulate", { from: "+14155550100", to: "+442012345678", direction: "outbound" });
  expect(body["rule"]).toMatchObject({ called: "GB", caller: null, target: null, trunks: ["carrier-a", "carrier-b"] });
});

test("the role user may ask too, and is shown no number that the configuration holds", async () => {
  const asked = { from: "+14155550100", to: "+15550004000" };
  const seen = await asUser("POST", "/routing/simulate", asked);
  expect(seen).toMatchObject({ status: 200, body: { outcome: "fallback", fallback: { type: "number", number: "+4420•••5678" } } });
  expect(seen.text).not.toContain("442012345678");
  expect(seen.body["cxml"]).toContain("<Number>+4420•••5678</Number>");

  const outbound = await asUser("POST", "/routing/simulate", { from: "+14155550100", to: "+442012345678", direction: "outbound" });
  expect(outbound.body["cxml"]).toContain('callerId="+1555•••0000"');
  expect(outbound.text).not.toContain("15550100000");

  const exact = await asUser("POST", "/routing/simulate", { from: "+14155550100", to: "+15550006000" });
  expect(exact.body["rule"]).toMatchObject({ pattern: "+1555•••6000", called: "+1555•••6000" });
});
