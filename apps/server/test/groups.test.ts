/** Agent groups through the operators' door: what earlier systems of this kind were tested for, and the rules of ours. */
import { execute, placeholders } from "@switchboard/control/sql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openOperators, type Operators } from "./operators.ts";
import { openRest, type Rest } from "./rest.ts";

let world: Operators;
let own: Rest;
let other: Rest;
let watcher: Rest;
beforeAll(async () => {
  world = await openOperators();
  const signedIn = async (tenant: Operators["tenants"]["own"]) => {
    await using person = await world.signIn(tenant);
    return openRest(world.base, person.token.current);
  };
  await world.setUser(world.tenants.watcher.email, "role = 'user'");
  [own, other, watcher] = [await signedIn(world.tenants.own), await signedIn(world.tenants.other), await signedIn(world.tenants.watcher)];
});
afterAll(() => world.stop());

let count = 0;
const agent = async (ask = own, fields: object = {}): Promise<string> => {
  count += 1;
  const { status, body } = await ask("POST", "/voice-agents", { name: `Agent ${count}`, provider: "vapi", serviceValue: "x", ...fields });
  expect(status).toBe(201);
  return String(body["id"]);
};
type Group = { id: string; version: number; members: { agentId: string; position: number }[] };
const group = async (fields: object = {}, ask = own): Promise<Group> => {
  count += 1;
  const { status, body } = await ask("POST", "/agent-groups", { name: `Group ${count}`, strategy: "round_robin", ...fields });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body as Group;
};
const put = ({ id, version }: Group, fields: object, ask = own) => ask("PUT", `/agent-groups/${id}`, { version, ...fields });
const toGroup = (targetId: string) => ({ type: "agent_group", targetId });

describe("what earlier systems were tested for", () => {
  test("a group is created whole, found by its strategy, changed, and deleted", async () => {
    const agentId = await agent();
    const created = await group({ name: "Night shift", settings: { ringSeconds: 30 }, members: [{ agentId }] });
    expect(created).toEqual({
      id: expect.stringMatching(/^grp_/),
      name: "Night shift",
      strategy: "round_robin",
      settings: { ringSeconds: 30 },
      fallback: null,
      members: [{ agentId, position: 1, priority: 1, weight: 1, capacity: null, enabled: true }],
      version: 1,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    expect((await own("GET", `/agent-groups/${created.id}`)).body).toEqual(created);
    const found = await own("GET", "/agent-groups?strategy=round_robin&search=night");
    expect(found.body["items"]).toEqual([created]);
    expect((await own("GET", "/agent-groups?strategy=priority&search=night")).body["items"]).toEqual([]);
    const changed = await put(created, { strategy: "priority" });
    expect(changed).toMatchObject({
      status: 200,
      body: { strategy: "priority", version: 2, members: [{ agentId }], settings: { ringSeconds: 30 } },
    });
    expect(await own("DELETE", `/agent-groups/${created.id}`)).toMatchObject({ status: 200, body: { id: created.id, deleted: true } });
    expect(await own("GET", `/agent-groups/${created.id}`)).toMatchObject({ status: 404, body: { code: "NOT_FOUND" } });
  });

  test("a member is added, switched off and taken out by giving the new list; an agent twice is a conflict", async () => {
    const [first, second] = [await agent(), await agent()];
    let kept = await group({ members: [{ agentId: first }] });
    const change = async (members: object[]) => {
      const { status, body } = await put(kept, { members });
      expect(status).toBe(200);
      kept = body as Group;
      return kept.members;
    };
    expect(await change([{ agentId: first }, { agentId: second, weight: 5 }])).toMatchObject([
      { agentId: first, position: 1, weight: 1 },
      { agentId: second, position: 2, weight: 5 },
    ]);
    expect(
      await change([
        { agentId: first, priority: 7, enabled: false },
        { agentId: second, priority: 3, capacity: 4 },
      ]),
    ).toMatchObject([
      { agentId: first, priority: 7, enabled: false, weight: 1 },
      { agentId: second, priority: 3, capacity: 4, weight: 1 },
    ]);
    expect((await put(kept, { name: "Renamed" })).body["members"]).toEqual(kept.members);
    expect(await put({ ...kept, version: kept.version + 1 }, { members: [{ agentId: second }, { agentId: second }] })).toMatchObject({
      status: 409,
      body: { issues: [{ path: "members.1.agentId" }] },
    });
    expect((await own("GET", `/agent-groups/${kept.id}`)).body["members"]).toEqual(kept.members);
  });

  test.each([
    { members: [{ capacity: -5 }] },
    { members: [{ priority: 0 }] },
    { members: [{ priority: 1001 }] },
    { members: [{ weight: 0 }] },
    { members: [{ weight: 101 }] },
    { settings: { windowHours: 200 } },
    { settings: { windowHours: 0 } },
    { settings: { window_hours: 24 } },
    { settings: { ringSeconds: 4 } },
    { settings: { maxAttempts: 11 } },
    { strategy: "random" },
    { name: "" },
    { name: "   " },
    { name: "x".repeat(101) },
    { enabled: true },
    { fallback: { type: "sip", uri: "no address" } },
    { fallback: { type: "number", number: "+15550100001", trunks: ["a,b"] } },
  ])("a value out of its bounds is refused with the field that is wrong: %j", async (fields) => {
    const agentId = await agent();
    const members = fields.members?.map((member) => ({ agentId, ...member }));
    const given = { name: "Refused", strategy: "round_robin", ...fields, ...(members === undefined ? {} : { members }) };
    const refused = await own("POST", "/agent-groups", given);
    expect(refused).toMatchObject({ status: 400, body: { code: "BAD_REQUEST", issues: [{ message: expect.stringMatching(/./) }] } });
    expect((await own("GET", "/agent-groups?search=Refused")).body["items"]).toEqual([]);
  });

  test("another tenant's agents and groups are not there, alone or inside one's own", async () => {
    const [foreignAgent, foreignGroup] = [await agent(other), await group({}, other)];
    const mine = await group();
    const tries = [
      own("GET", `/agent-groups/${foreignGroup.id}`),
      own("DELETE", `/agent-groups/${foreignGroup.id}`),
      put(foreignGroup, { name: "Mine now" }),
      put(mine, { members: [{ agentId: foreignAgent }] }),
      put(mine, { fallback: toGroup(foreignGroup.id) }),
      put(mine, { fallback: { type: "voice_agent", targetId: foreignAgent } }),
      own("POST", "/agent-groups", { name: "G", strategy: "priority", members: [{ agentId: foreignAgent }] }),
    ];
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(tries.map(() => 404));
    const { text } = await own("GET", "/agent-groups?limit=200");
    expect(text).not.toContain(foreignGroup.id);
    expect((await other("GET", `/agent-groups/${foreignGroup.id}`)).body).toEqual(foreignGroup);
  });

  test("a filter that does not exist is refused and not ignored", async () => {
    for (const filter of ["enabled=true", "sort=name", "strategy=random", "limit=0", "limit=201", "search=a&search=b"]) {
      expect({ filter, ...(await own("GET", `/agent-groups?${filter}`)) }).toMatchObject({ filter, status: 400 });
    }
  });

  test("the role user reads groups, with numbers masked, and changes none", async () => {
    expect(await watcher("GET", "/agent-groups")).toMatchObject({ status: 200, body: { items: [{ name: "Sales" }] } });
    expect((await watcher("POST", "/agent-groups", { name: "G", strategy: "priority" })).status).toBe(403);
    await world.setUser(world.tenants.watcher.email, "role = 'admin'");
    await using person = await world.signIn(world.tenants.watcher);
    const admin = openRest(world.base, person.token.current);
    const { id } = await group({ fallback: { type: "number", number: "+14155552671" } }, admin);
    await world.setUser(world.tenants.watcher.email, "role = 'user'");
    await using again = await world.signIn(world.tenants.watcher);
    const masked = await openRest(world.base, again.token.current)("GET", `/agent-groups/${id}`);
    expect(masked.text).not.toContain("4155552671");
    expect(masked.body["fallback"]).toEqual({ type: "number", number: "+1415•••2671" });
  });
});

describe("the rules of ours", () => {
  test("a group has at most 200 members, whether made or changed so", async () => {
    const agentIds = await Promise.all(Array.from({ length: 5 }, () => agent()));
    const many = Array.from({ length: 201 }, () => ({ agentId: agentIds[0] }));
    const issue = {
      status: 422,
      body: { code: "UNPROCESSABLE_CONTENT", issues: [{ path: "members", message: expect.stringContaining("200") }] },
    };
    expect(await own("POST", "/agent-groups", { name: "Too many", strategy: "priority", members: many })).toMatchObject(issue);
    expect(await put(await group(), { members: many })).toMatchObject(issue);
  });

  test("two who change a group at once: one is told that the other was first", async () => {
    const made = await group();
    const both = await Promise.all([put(made, { name: "First of two" }), put(made, { name: "Second of two" })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ code: "CONFLICT", stale: true });
    expect(await own("PUT", `/agent-groups/${made.id}`, { name: "No version" })).toMatchObject({
      status: 400,
      body: { issues: [{ path: "version" }] },
    });
  });

  test("a name is taken once, whatever its case, also by renaming", async () => {
    const made = await group({ name: "Taken" });
    expect((await own("POST", "/agent-groups", { name: "TAKEN", strategy: "priority" })).status).toBe(409);
    expect((await put(await group(), { name: "taken" })).status).toBe(409);
    expect((await put(made, { name: "Taken" })).status).toBe(200);
  });

  test("a tenant uses at most three window lengths, whether by making or by changing groups", async () => {
    await using person = await world.signIn(world.tenants.other);
    const theirs = openRest(world.base, person.token.current);
    const windowed = (windowHours: number) => ({ strategy: "load_balanced", settings: { windowHours } });
    for (const hours of [1, 2, 24]) await group(windowed(hours), theirs);
    const byDefault = await group({ strategy: "load_balanced" }, theirs);
    const refusal = { status: 422, body: { issues: [{ path: "settings.windowHours", message: expect.stringContaining("3") }] } };
    expect(await theirs("POST", "/agent-groups", { name: "Fourth", ...windowed(4) })).toMatchObject(refusal);
    const rotating = await group({ settings: { windowHours: 5 } }, theirs);
    expect(await put(rotating, { strategy: "load_balanced" }, theirs)).toMatchObject(refusal);
    expect(await put(byDefault, { settings: { windowHours: 6 } }, theirs)).toMatchObject(refusal);
    expect(await put(byDefault, { settings: { windowHours: 2 } }, theirs)).toMatchObject({
      status: 200,
      body: { settings: { windowHours: 2 } },
    });
  });

  test("a group that something needs is not deleted, and the answer says what needs it", async () => {
    const needed = await group({ name: "Needed" });
    const resting = await group({ name: "Resting on it", fallback: toGroup(needed.id) });
    const rule = (fields: object) => own("POST", "/inbound-rules", { targetType: "agent_group", ...fields });
    const target = await rule({ pattern: "+15550100900", targetId: needed.id });
    const fallback = await rule({ pattern: "+15550100901", targetId: resting.id, fallback: toGroup(needed.id) });
    const tenant = await own("GET", "/tenant");
    expect((await own("PUT", "/tenant", { version: tenant.body["version"], fallback: toGroup(needed.id) })).status).toBe(200);
    const refused = await own("DELETE", `/agent-groups/${needed.id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
    expect(refused.body["references"]).toMatchObject([
      { type: "agent_group", name: "Resting on it" },
      { type: "inbound_rule", id: target.body["id"], name: "+15550100900" },
      { type: "inbound_rule", id: fallback.body["id"], name: "+15550100901" },
      { type: "tenant" },
    ]);
    await own("PUT", "/tenant", { version: Number(tenant.body["version"]) + 1, fallback: null });
    for (const { body } of [target, fallback]) await own("DELETE", `/inbound-rules/${String(body["id"])}`);
    await put(resting, { fallback: null });
    expect((await own("DELETE", `/agent-groups/${needed.id}`)).status).toBe(200);
  });

  test("groups are paged by name, each once, whatever is created meanwhile", async () => {
    for (const name of ["Page A", "Page C", "Page D"]) await group({ name });
    const first = await own("GET", "/agent-groups?search=Page&limit=2");
    await group({ name: "Page B" });
    const second = await own("GET", `/agent-groups?search=Page&limit=2&cursor=${String(first.body["nextCursor"])}`);
    const names = [first, second].flatMap(({ body }) => (body["items"] as { name: string }[]).map(({ name }) => name));
    expect(names).toEqual(["Page A", "Page C", "Page D"]);
    expect(second.body["nextCursor"]).toBeNull();
  });

  test("a page ends before it has more than 1,000 members, and no group is left out", async () => {
    const ids = Array.from({ length: 200 }, (_, n) => `agt_${String(n).padStart(20, "0")}`);
    await execute(
      world.database.pool,
      `INSERT INTO voice_agents (tenant_id, id, name, provider, service_value, metadata, created_at, updated_at) VALUES ${placeholders(ids.length, 8)}`,
      ids.flatMap((id) => [world.tenants.own.tenantId, id, id, "vapi", "large", "{}", new Date(), new Date()]),
    );
    const members = ids.map((agentId) => ({ agentId }));
    for (let n = 0; n < 6; n += 1) await group({ name: `Wide ${n}`, members });
    await group({ name: "Wide 6" });
    const first = await own("GET", "/agent-groups?search=Wide&limit=200");
    const second = await own("GET", `/agent-groups?search=Wide&limit=200&cursor=${String(first.body["nextCursor"])}`);
    const sizes = [first, second].map(({ body }) => (body["items"] as Group[]).map((each) => each.members.length));
    expect(sizes).toEqual([
      [200, 200, 200, 200, 200],
      [200, 0],
    ]);
    expect(second.body["nextCursor"]).toBeNull();
  });

  test("a changed membership decides the very next call", async () => {
    const [first, second] = [await agent(own, { serviceValue: "first" }), await agent(own, { serviceValue: "second" })];
    const made = await group({ members: [{ agentId: first }] });
    await own("POST", "/inbound-rules", { pattern: "+15550100950", targetType: "agent_group", targetId: made.id });
    const door = openDoor(world.app, world.tenants.own);
    const dialled = async () => (await door.ring({ Session: newSession(), To: "+15550100950" })).document.dialled;
    expect(await dialled()).toBe("first");
    await put(made, { members: [{ agentId: second }] });
    expect(await dialled()).toBe("second");
  });
});
