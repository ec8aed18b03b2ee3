/** Lists of rules through the operators' door: in the order in which calls try them, filtered, searched, paged. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRuleOperators, type Rule, type RuleOperators } from "./rule-operators.ts";

let operators: RuleOperators;
beforeAll(async () => {
  operators = await openRuleOperators();
});
afterAll(() => operators.stop());

describe("lists", () => {
  test("are in the order in which calls try the rules, and filters are obeyed or refused", async () => {
    const target = await operators.group("Listed");
    const made = [
      await operators.create({ pattern: "+1313*", priority: 1 }),
      await operators.create({ pattern: "+13135550001", targetType: "agent_group", targetId: target }),
      await operators.create({ pattern: "+131355*", callerPattern: "+14155550100" }),
      await operators.create({ pattern: "+131355*", callerPattern: "+1415*", enabled: false }),
      await operators.create({ pattern: "+131355*", ...operators.toAgent(1) }),
      await operators.create({ pattern: "+13135*" }),
      await operators.create({ pattern: "+13130*", priority: 101 }),
    ];
    const ids = (rules: Rule[]) => rules.map(({ id }) => id);
    const among = (...places: number[]) => places.map((place) => made[place]?.id);
    const searched = "&search=%2B1%20313";
    expect(ids(await operators.list(searched))).toEqual(ids(made));
    expect(ids(await operators.list(`${searched}&enabled=false`))).toEqual(among(3));
    expect(ids(await operators.list(`${searched}&targetType=agent_group`))).toEqual(among(1));
    expect(ids(await operators.list(`${searched}&targetType=voice_agent`))).toEqual(among(0, 2, 3, 4, 5, 6));
    expect(ids(await operators.list(`${searched}&targetId=${operators.agents[1]}`))).toEqual(among(4));
    expect(ids(await operators.list(`&targetId=${target}`))).toEqual(among(1));
    expect(ids(await operators.list("&search=131355"))).toEqual(among(1, 2, 3, 4));
    expect(await operators.list("&search=sales")).toEqual([]);
    const [first, , , , , last] = made;
    if (first === undefined || last === undefined) throw new Error("nothing made");
    await operators.put(last, { priority: 1 });
    expect(ids(await operators.list(searched)).slice(0, 2)).toEqual([last.id, first.id]);
    for (const filter of ["status=on", "priority=1", "targetType=trunk", "enabled=1", "sort=pattern", "targetId="]) {
      expect({ filter, ...(await operators.own("GET", `/inbound-rules?${filter}`)) }).toMatchObject({ filter, status: 400 });
    }
    expect((await operators.own("GET", "/inbound-rules?cursor=made-up")).status).toBe(422);
  });

  test("a thousand rules are paged, each once and in order, while others are saved", async () => {
    const theirs = await operators.signedIn(operators.world.tenants.other);
    const targetId = await operators.someAgent(theirs);
    const save = (number: number, priority = 100) =>
      theirs("POST", "/inbound-rules", { pattern: `+1${2_000_000_000 + number}`, priority, targetType: "voice_agent", targetId });
    for (let start = 0; start < 1_000; start += 4) {
      const saved = await Promise.all(Array.from({ length: 4 }, (_, index) => save((start + index) * 2)));
      expect(saved.filter(({ status }) => status !== 201)).toEqual([]);
    }
    const rules: Rule[] = [];
    let others = 0;
    for (let cursor = ""; ; others++) {
      const page = await theirs("GET", `/inbound-rules?limit=50&search=%2B12${cursor}`);
      rules.push(...(page.body["items"] as Rule[]));
      if (page.body["nextCursor"] === null) break;
      cursor = `&cursor=${page.body["nextCursor"] as string}`;
      // One before all that was seen, one behind all that is to come.
      await save(others * 4 + 1, 50);
      await save(others * 4 + 3, 200);
    }
    const seen = rules.map(({ pattern }) => pattern);
    expect(new Set(seen).size).toBe(seen.length);
    const before = Array.from({ length: 1_000 }, (_, index) => `+1${2_000_000_000 + index * 2}`);
    expect(seen.filter((pattern) => before.includes(pattern)).toSorted()).toEqual(before);
    const places = rules.map(({ priority, createdAt, id }) => `${String(priority).padStart(6, "0")} ${createdAt} ${id}`);
    expect(places).toEqual(places.toSorted());
    expect(rules.filter(({ priority }) => priority === 200)).toHaveLength(others);
    expect(others).toBeGreaterThan(15);
  });

  test("follow the tenant's country: a national prefix stands where its whole length puts it", async () => {
    const theirs = await operators.signedIn(operators.world.tenants.watcher);
    const targetId = await operators.someAgent(theirs);
    const save = (pattern: string) => theirs("POST", "/inbound-rules", { pattern, targetType: "voice_agent", targetId });
    for (const pattern of ["+442*", "020*"]) expect((await save(pattern)).status).toBe(201);
    const order = async (query = "") => {
      const answer = await theirs("GET", `/inbound-rules?limit=200${query}`);
      return (answer.body["items"] as Rule[]).map(({ pattern }) => pattern);
    };
    expect(await order()).toEqual(["+442*", "020*", "*"]);
    expect(await order("&search=%2B4420")).toEqual([]);
    const { version } = (await theirs("GET", "/tenant")).body;
    expect((await theirs("PUT", "/tenant", { version, country: "GB" })).status).toBe(200);
    await expect.poll(() => order(), { timeout: 60_000 }).toEqual(["020*", "+442*", "*"]);
    expect(await order("&search=%2B4420")).toEqual(["020*"]);
  });
});
