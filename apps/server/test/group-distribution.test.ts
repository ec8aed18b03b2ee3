/** How the calls of groups fall to their members, as operators see it while calls come in. */
import { execute, placeholders } from "@switchboard/control/sql";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newSession } from "./call.ts";
import { openRest, type Rest } from "./rest.ts";
import { openRuleOperators, type RuleOperators } from "./rule-operators.ts";

type Member = {
  agentId: string;
  calls: number;
  share: number | null;
  targetShare: number | null;
  activeCalls: number;
  activeInGroup: number;
};
type Distribution = { name: string; calls: number; callsToFormerMembers: number; since: string; targetWords: string; members: Member[] };

let operators: RuleOperators;
let own: Rest;
beforeAll(async () => {
  operators = await openRuleOperators();
  own = operators.own;
});
afterAll(() => operators.stop());

let numbers = 0;
/** A group with a number of its own. */
const openGroup = async (fields: object) => {
  const id = await operators.group(`Group ${(numbers += 1)}`, fields);
  const To = `+1555019${1000 + numbers}`;
  await operators.create({ pattern: To, targetType: "agent_group", targetId: id });
  const get = async () => (await own("GET", `/agent-groups/${id}/distribution`)).body as Distribution;
  const change = async (more: object) => {
    const { body } = await own("GET", `/agent-groups/${id}`);
    expect((await own("PUT", `/agent-groups/${id}`, { version: body["version"], ...more })).status).toBe(200);
  };
  return { id, To, get, change };
};

const ring = async (To: string) => {
  const Session = newSession();
  const { document } = await operators.door.ring({ Session, To });
  return {
    dialled: document.dialled,
    hangUp: async (DialCallStatus = "completed") => {
      await operators.door.report(document, { Session, To, DialCallStatus });
      await operators.door.cdr({ call_id: Session, disposition: "ANSWERED", duration: 5, billsec: 3, session: { token: Session } });
    },
  };
};
const play = async (To: string, count: number) => {
  for (let n = 0; n < count; n += 1) await (await ring(To)).hangUp();
};

describe("one group", () => {
  test("each member has the calls that the group gave it, its part of them and the part it should get", async () => {
    const [a = "", b = "", c = ""] = operators.agents;
    const members = [{ agentId: a, weight: 2 }, { agentId: b }];
    const { To, get, change } = await openGroup({ strategy: "round_robin", members });
    expect(await get()).toMatchObject({
      calls: 0,
      targetWords: "Calls rotate by weight.",
      members: [
        { agentId: a, name: "one", provider: "vapi", calls: 0, share: null, targetShare: 2 / 3, available: true, why: null },
        { agentId: b, share: null, targetShare: 1 / 3 },
      ],
    });
    await play(To, 6);
    const held = await ring(To);
    const found = await vi.waitFor(async () => {
      const now = await get();
      expect(now.calls).toBe(7);
      return now;
    }, 60_000);
    expect(found.members.map(({ calls }) => calls)).toEqual([5, 2]);
    expect(found.members.map(({ share }) => share)).toEqual([5 / 7, 2 / 7]);
    expect(found.members.map(({ activeInGroup }) => activeInGroup)).toEqual(held.dialled === "one" ? [1, 0] : [0, 1]);
    expect(Date.now() - Date.parse(found.since) - 24 * 3_600_000).toBeLessThan(301_000);
    await held.hangUp();
    await change({ members: [{ agentId: b }, { agentId: c }] });
    expect(await get()).toMatchObject({
      calls: 2,
      callsToFormerMembers: 5,
      members: [
        { agentId: b, calls: 2, share: 1, targetShare: 0.5 },
        { agentId: c, calls: 0, share: 0, targetShare: 0.5 },
      ],
    });
  });

  test("an ejected member should get none while it is, and says why", async () => {
    const [a = "", b = ""] = operators.agents;
    const { get } = await openGroup({ strategy: "load_balanced", members: [{ agentId: a }, { agentId: b }] });
    await own("POST", `/voice-agents/${a}/eject`);
    expect(await get()).toMatchObject({
      targetWords: expect.stringContaining("the last 24 h"),
      members: [
        {
          health: "ejected",
          cause: "ejected by an operator",
          available: false,
          why: expect.stringMatching(/^ejected for/),
          targetShare: 0,
        },
        { health: "healthy", ejectedUntil: null, available: true, targetShare: 1 },
      ],
    });
    await own("POST", `/voice-agents/${a}/restore`);
    expect((await get()).members.map(({ targetShare }) => targetShare)).toEqual([0.5, 0.5]);
  });

  test("of tiers the next one should get every call from the moment that the first is full", async () => {
    const [a = "", b = ""] = operators.agents;
    const members = [
      { agentId: a, priority: 1, capacity: 1 },
      { agentId: b, priority: 2 },
    ];
    const { To, get } = await openGroup({ strategy: "priority", members });
    expect((await get()).members.map(({ targetShare }) => targetShare)).toEqual([1, 0]);
    const held = await ring(To);
    expect(await get()).toMatchObject({
      targetWords: "Priority 1 can’t take calls at present: priority 2 takes every call.",
      members: [
        { activeInGroup: 1, capacityInGroup: 1, available: false, why: "at its capacity in this group: 1 of 1 calls", targetShare: 0 },
        { targetShare: 1 },
      ],
    });
    await held.hangUp();
  });
});

describe("many groups", () => {
  test("they come by name, in pages, searched or named, each as it is alone", async () => {
    const [agentId = ""] = operators.agents;
    const ids: string[] = [];
    for (const name of ["Page b", "page A", "Page C"]) ids.push(await operators.group(name, { members: [{ agentId }] }));
    const names = (answer: { body: Record<string, unknown> }) => (answer.body["items"] as Distribution[]).map(({ name }) => name);
    const first = await own("GET", "/agent-groups/distribution?search=page&limit=2");
    expect(names(first)).toEqual(["page A", "Page b"]);
    const second = await own("GET", `/agent-groups/distribution?search=page&limit=2&cursor=${String(first.body["nextCursor"])}`);
    expect([names(second), second.body["nextCursor"]]).toEqual([["Page C"], null]);
    const named = await own("GET", `/agent-groups/distribution?ids=${ids.join(",")},grp_absent`);
    expect(names(named)).toEqual(["page A", "Page b", "Page C"]);
    for (const each of named.body["items"] as { id: string }[])
      expect((await own("GET", `/agent-groups/${each.id}/distribution`)).body).toEqual(each);
  });

  test("a page ends before it has more than 250 members, and has one group at least", async () => {
    const { database, tenants } = operators.world;
    const agents = Array.from({ length: 200 }, (_, n) => `agt_${String(n).padStart(20, "0")}`);
    await execute(
      database.pool,
      `INSERT INTO voice_agents (tenant_id, id, name, provider, service_value, metadata, created_at, updated_at) VALUES ${placeholders(agents.length, 8)}`,
      agents.flatMap((id) => [tenants.own.tenantId, id, id, "vapi", "many", "{}", new Date(), new Date()]),
    );
    const members = agents.map((agentId) => ({ agentId }));
    for (const [n, some] of [200, 120, 130, 1].entries()) await operators.group(`Large 0${n}`, { members: members.slice(0, some) });
    const page = async (cursor: string) => (await own("GET", `/agent-groups/distribution?search=Large${cursor}`)).body;
    const first = await page("");
    expect(first["items"]).toMatchObject([{ name: "Large 00" }]);
    const second = await page(`&cursor=${String(first["nextCursor"])}`);
    expect(second["items"]).toMatchObject([{ name: "Large 01" }, { name: "Large 02" }]);
    expect(await page(`&cursor=${String(second["nextCursor"])}`)).toMatchObject({ items: [{ name: "Large 03" }], nextCursor: null });
  });

  test("another tenant's groups are not there, alone or among one's own", async () => {
    const other = await operators.signedIn(operators.world.tenants.other);
    const { body } = await other("GET", "/agent-groups/distribution");
    const [foreign] = body["items"] as { id: string; name: string }[];
    expect(foreign?.name).toBe("Sales");
    expect((await own("GET", `/agent-groups/${foreign?.id}/distribution`)).status).toBe(404);
    expect((await own("GET", `/agent-groups/distribution?ids=${foreign?.id}`)).body["items"]).toEqual([]);
    expect((await own("GET", "/agent-groups/distribution?cursor=none")).status).toBe(422);
  });
});

test("without Redis it is said that the live figures do not answer, in time", async () => {
  await using person = await operators.world.signIn(operators.world.tenants.own);
  const rest = openRest(operators.world.base, person.token.current);
  await operators.world.redis.stop();
  await vi.waitFor(async () => {
    const began = Date.now();
    expect(await rest("GET", "/agent-groups/distribution")).toMatchObject({
      status: 503,
      body: { code: "SERVICE_UNAVAILABLE", message: expect.stringContaining("live figures") },
    });
    expect(Date.now() - began).toBeLessThan(20_000);
  }, 60_000);
});
