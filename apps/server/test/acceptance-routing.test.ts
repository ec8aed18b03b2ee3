/** What earlier systems of this kind were tested for, at the real door: patterns, decisions, documents, strategies. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { type Configurator, startTestServer, type TestTenant } from "./test-server.ts";

type AgentFields = Parameters<TestTenant["configuration"]["agents"]["create"]>[0];
type GroupFields = Parameters<TestTenant["configuration"]["groups"]["create"]>[0];

/** Names things by the number that reaches them. */
const build = ({ configuration: { agents, groups, inboundRules } }: TestTenant) => {
  let count = 0;
  const agent = async (fields: Partial<AgentFields> = {}) => {
    count += 1;
    const { item } = await agents.create({ name: `agent ${count}`, provider: "vapi", serviceValue: `+1555900${1000 + count}`, ...fields });
    return item;
  };
  const group = async (strategy: GroupFields["strategy"], members: GroupFields["members"], more: Partial<GroupFields> = {}) => {
    count += 1;
    return (await groups.create({ name: `group ${count}`, strategy, members: members ?? [], ...more })).item;
  };
  const toAgent = (pattern: string, targetId: string, more: object = {}) =>
    inboundRules.create({ pattern, targetType: "voice_agent", targetId, ...more });
  const toGroup = (pattern: string, targetId: string, more: object = {}) =>
    inboundRules.create({ pattern, targetType: "agent_group", targetId, ...more });
  return { agent, group, toAgent, toGroup };
};

const configurePatterns = async ({ agent, toAgent }: ReturnType<typeof build>) => {
  const by = async (serviceValue: string) => (await agent({ serviceValue })).id;
  await toAgent("+1234567890", await by("exact"), { priority: 1 });
  await toAgent("+123*", await by("prefix"), { priority: 50 });
  await toAgent("+2*", await by("early prefix"), { priority: 1 });
  await toAgent("+2234567890", await by("late exact"), { priority: 10 });
  await toAgent("+3334567890", await by("disabled"), { enabled: false });
  await toAgent("+44*", await by("short"));
  await toAgent("+4420*", await by("long"));
  await toAgent("+5551112222", await by("older"));
  await toAgent("+5551112222", await by("newer"));
  await toAgent("+6661112222", await by("any caller"));
  await toAgent("+6661112222", await by("that caller"), { callerPattern: "+1999*" });
};

const configureDecisions = async ({ agent, group, toAgent, toGroup }: ReturnType<typeof build>) => {
  await toAgent("+7000000001", (await agent({ serviceValue: "test-agent-id" })).id);
  await toGroup("+7000000002", (await group("round_robin", [{ agentId: (await agent({ serviceValue: "alone" })).id }])).id);
  await toAgent("+7000000003", (await agent({ enabled: false })).id);
  await toGroup("+7000000004", (await group("round_robin", [])).id);
  const synthflow = {
    provider: "synthflow",
    username: "api_key_123",
    password: "secret_key_456",
    serviceValue: "https://api.synthflow.com/endpoint",
  };
  await toAgent("+7000000005", (await agent(synthflow)).id);
  await toAgent("+7000000006", (await agent({ serviceValue: 'agent with "quotes" & <tags>' })).id);
  await toAgent("+7000000007", (await agent({ provider: "retell", serviceValue: "+12127773456" })).id);
  await toAgent("+7000000008", (await agent({ capacity: 0 })).id, { fallback: { type: "sip", uri: "sip:desk@example.com" } });
  const loop = await group("round_robin", [], { fallback: { type: "message", text: "Closed & <done>", language: "en-GB" } });
  await toGroup("+7000000009", loop.id);
};

const configureStrategies = async ({ agent, group, toGroup }: ReturnType<typeof build>) => {
  const five = async (fields: Partial<AgentFields> = {}) => Promise.all(Array.from({ length: 5 }, () => agent(fields)));
  const members = (agents: { id: string }[], more: (index: number) => object = () => ({})) =>
    agents.map(({ id }, index) => ({ agentId: id as never, ...more(index) }));
  await toGroup("+8000000001", (await group("load_balanced", members(await five()))).id);
  await toGroup("+8000000002", (await group("load_balanced", members(await five({ capacity: 2 })))).id);
  await toGroup(
    "+8000000003",
    (
      await group(
        "priority",
        members(await five(), (index) => ({ priority: (index + 1) * 20 })),
      )
    ).id,
  );
  await toGroup(
    "+8000000004",
    (
      await group(
        "priority",
        members(await five(), (index) => ({ priority: (index + 1) * 20, enabled: index > 0 })),
      )
    ).id,
  );
  await toGroup("+8000000005", (await group("round_robin", members(await five()))).id);
  await toGroup(
    "+8000000006",
    (
      await group(
        "round_robin",
        members(await five(), (index) => ({ weight: index + 1 })),
      )
    ).id,
  );
  await toGroup("+8000000007", (await group("round_robin", members((await five()).slice(0, 3)))).id);
  await toGroup(
    "+8000000008",
    (
      await group(
        "round_robin",
        members((await five()).slice(0, 3), (index) => ({ weight: index === 0 ? 5 : 1 })),
      )
    ).id,
  );
};

const configure = async ({ newTenant }: Configurator) => {
  const tenant = await newTenant({ country: "US" });
  const other = await newTenant();
  const make = build(tenant);
  await configurePatterns(make);
  await configureDecisions(make);
  await configureStrategies(make);
  const others = build(other);
  await others.toAgent("+1234567890", (await others.agent({ serviceValue: "the other tenant's" })).id);
  return { tenant, other };
};

let server: Awaited<ReturnType<typeof startTestServer<Awaited<ReturnType<typeof configure>>>>>;
let door: ReturnType<typeof openDoor>;
beforeAll(async () => {
  server = await startTestServer(configure);
  door = openDoor(server.app, server.configured.tenant);
});
afterAll(() => server.stop());

const dialled = async (To: string, From = "+0987654321") => (await door.ring({ Session: newSession(), To, From })).document;

describe("patterns", () => {
  test.each([
    ["+1234567890", "exact", "the number itself, priority 1"],
    ["+1234567891", "prefix", "+123* matches what begins with it"],
    ["12345678911", "prefix", "a number without its plus is the same number"],
    ["+1 (234) 567-890", "exact", "as people write it"],
    ["00234567890123", "early prefix", "00 is a plus"],
    ["+2234567890", "early prefix", "priority comes before exactness"],
    ["+442079460000", "long", "the longer prefix at equal priority"],
    ["+443079460000", "short", "else the shorter"],
    ["+5551112222", "older", "the older of two equal rules"],
  ])("%s → %s: %s", async (to, expected) => {
    expect((await dialled(to)).dialled).toBe(expected);
  });

  test("a disabled rule, and a number that no pattern fits, are hung up", async () => {
    for (const to of ["+3334567890", "+9912345"]) expect((await dialled(to)).verb).toBe("Hangup");
  });

  test("a rule for that caller comes before one for any", async () => {
    expect((await dialled("+6661112222", "+19995550000")).dialled).toBe("that caller");
    expect((await dialled("+6661112222", "+18885550000")).dialled).toBe("any caller");
  });

  test("two tenants with one number never meet", async () => {
    const theirs = openDoor(server.app, server.configured.other);
    expect((await theirs.ring({ Session: newSession(), To: "+1234567890" })).document.dialled).toBe("the other tenant's");
  });
});

describe("decisions and their documents", () => {
  test("an agent is dialled through its provider, with the caller's number", async () => {
    expect(await dialled("+7000000001", "+19876543210")).toMatchObject({
      verb: "Dial",
      provider: "vapi",
      dialled: "test-agent-id",
      attributes: { callerId: "+19876543210" },
    });
    expect((await dialled("+7000000002")).dialled).toBe("alone");
    expect(await dialled("+7000000007")).toMatchObject({ provider: "retell", dialled: "+12127773456" });
  });

  test("a disabled agent and an empty group hang up, a group's own fallback speaks", async () => {
    for (const to of ["+7000000003", "+7000000004"]) expect((await dialled(to)).verb).toBe("Hangup");
    expect((await dialled("+7000000009")).verb).toBe("Say");
  });

  test("the record of a call that met a group without anybody names the group", async () => {
    const Session = newSession();
    await door.ring({ Session, To: "+7000000004" });
    await door.cdr({ call_id: Session, disposition: "FAILED", duration: 0, billsec: 0, session: { token: Session } });
    const { prisma } = server.configurator.database;
    await vi.waitFor(async () => {
      const record = await prisma.callRecord.findFirst({ where: { session: Session, endedAt: { not: null } } });
      const group = await prisma.agentGroup.findFirst({ where: { id: record?.groupId ?? "" }, include: { members: true } });
      expect([record?.reason, group?.members]).toEqual(["no_members", []]);
    }, 60_000);
  });

  test("credentials appear where an agent has them, and only there", async () => {
    expect((await dialled("+7000000005")).service).toMatchObject({
      provider: "synthflow",
      username: "api_key_123",
      password: "secret_key_456",
    });
    expect(Object.keys((await dialled("+7000000001")).service)).toEqual(["provider"]);
  });

  test("quotes, ampersands and tags come back as they went in; & in an address is escaped once", async () => {
    expect((await dialled("+7000000006")).dialled).toBe('agent with "quotes" & <tags>');
    const reply = await door.ring({ Session: newSession(), To: "+7000000006" });
    expect(reply.body).not.toContain("&amp;amp;");
  });

  test("a full agent's fallback is dialled: a SIP address as Sip", async () => {
    const reply = await door.ring({ Session: newSession(), To: "+7000000008" });
    expect(reply.body).toContain("<Sip>sip:desk@example.com</Sip>");
  });
});

/** Whom each of `count` calls in a row is dialled to, in order of appearance A, B, C … */
const inOrder = async (to: string, count: number) => {
  const names = new Map<string, string>();
  const order: string[] = [];
  for (let call = 0; call < count; call++) {
    const who = (await dialled(to)).dialled ?? "nobody";
    if (!names.has(who)) names.set(who, String.fromCharCode(65 + names.size));
    order.push(names.get(who) ?? "");
  }
  return order;
};
const counts = (order: string[]) =>
  Object.values(Object.groupBy(order, (name) => name))
    .map((group) => group?.length ?? 0)
    .sort((a, b) => a - b);

describe("strategies, five agents", () => {
  test("fewest calls: ten calls are two each", async () => {
    expect(counts(await inOrder("+8000000001", 10))).toEqual([2, 2, 2, 2, 2]);
  });

  test("with room for two each the eleventh is refused as busy, whoever is least full", async () => {
    const order = await inOrder("+8000000002", 10);
    expect(counts(order)).toEqual([2, 2, 2, 2, 2]);
    expect(await dialled("+8000000002")).toMatchObject({ verb: "Reject", attributes: { reason: "busy" } });
  });

  test("priority: always the first, and the next when it is disabled", async () => {
    expect(new Set(await inOrder("+8000000003", 5)).size).toBe(1);
    const [first, next] = [await dialled("+8000000003"), await dialled("+8000000004")];
    expect(next.dialled).not.toBe(first.dialled);
    expect(new Set(await inOrder("+8000000004", 5)).size).toBe(1);
  });

  test("rotation: each once a round, again in the same order", async () => {
    expect((await inOrder("+8000000005", 10)).join("")).toBe("ABCDEABCDE");
  });

  test("weights 1 to 5: in fifteen calls each has its weight", async () => {
    expect(counts(await inOrder("+8000000006", 15))).toEqual([1, 2, 3, 4, 5]);
  });

  test("weights 5, 1, 1 are interleaved: K K K L M K K", async () => {
    expect((await inOrder("+8000000008", 7)).join("")).toBe("AAABCAA");
  });

  test("a thousand calls at once over three differ by no more than one", async () => {
    const calls = await Promise.all(Array.from({ length: 1_000 }, () => dialled("+8000000007")));
    const each = counts(calls.map((document) => document.dialled ?? "nobody"));
    expect(each).toHaveLength(3);
    expect((each[2] ?? 0) - (each[0] ?? 0)).toBeLessThanOrEqual(1);
  });
});
