/** The log of changes, and the way back, through the door. */
import { rowsOf } from "@switchboard/control/sql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openOperators, type Operators } from "./operators.ts";
import { openRest, type Rest } from "./rest.ts";

let world: Operators;
let own: Rest;
let other: Rest;
let reader: Rest;
beforeAll(async () => {
  world = await openOperators();
  const askAs = async (tenant: Operators["tenants"]["own"]) => {
    await using person = await world.signIn(tenant);
    return openRest(world.base, person.token.current);
  };
  await world.setUser(world.tenants.watcher.email, "role = 'user'");
  [own, other, reader] = [await askAs(world.tenants.own), await askAs(world.tenants.other), await askAs(world.tenants.watcher)];
});
afterAll(() => world.stop());

type Entry = {
  id: string;
  at: string;
  action: string;
  targetId: string;
  actorId: string | null;
  actorName: string;
  restorable: boolean;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

const entries = async (query = "", ask = own) => {
  const { status, body } = await ask("GET", `/audit-log${query}`);
  return { status, items: body["items"] as Entry[], nextCursor: body["nextCursor"] as string | null };
};
const latest = async (targetId: string, action: string): Promise<Entry> => {
  const { items } = await entries(`?targetId=${targetId}&action=${action}`);
  if (!items[0]) throw new Error(`no ${action}`);
  return items[0];
};
const restore = ({ id }: Pick<Entry, "id">, ask = own) => ask("POST", `/audit-log/${id}/restore`);

const agent = (name: string) => ({ name, provider: "vapi", serviceValue: "+15550100101", username: "u", password: "audit-canary" });
const newAgent = async (name: string) => {
  const { status, body } = await own("POST", "/voice-agents", agent(name));
  expect(status).toBe(201);
  return String(body["id"]);
};
const agentNow = async (id: string) => (await own("GET", `/voice-agents/${id}`)).body;
const changeAgent = async (id: string, fields: object) => {
  const { version } = await agentNow(id);
  expect((await own("PUT", `/voice-agents/${id}`, { version, ...fields })).status).toBe(200);
};

test("a change is there with who, what, before and after, and without secrets", async () => {
  const id = await newAgent("Audited");
  await changeAgent(id, { name: "Audited twice", password: "audit-canary-2", capacity: 3 });
  const { items } = await entries(`?targetId=${id}`);
  expect(items.map(({ action, restorable }) => [action, restorable])).toEqual([
    ["agent.updated", true],
    ["agent.created", false],
  ]);
  expect(items[0]).toMatchObject({
    ...{ actorId: world.tenants.own.userId, actorName: world.tenants.own.email, targetType: "voice_agent", targetId: id },
    before: { name: "Audited", capacity: null, hasPassword: true },
    after: { name: "Audited twice", capacity: 3, hasPassword: true },
  });
  expect(items[1]?.before).toBeNull();
  const stored = JSON.stringify(await rowsOf(world.database.pool, "SELECT * FROM audit_log"));
  expect(stored + JSON.stringify(items) + world.logs.join()).not.toContain("audit-canary");
});

test("entries are listed by admins only, latest first, page by page, found by every filter", async () => {
  const all = (await entries("?limit=200")).items;
  expect(all.map(({ at }) => at)).toEqual(
    all
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  );
  const seen: string[] = [];
  let cursor = "";
  for (let page = 0; page < 50; page += 1) {
    const { items, nextCursor } = await entries(`?limit=2${cursor}`);
    seen.push(...items.map(({ id }) => id));
    if (nextCursor === null) break;
    cursor = `&cursor=${nextCursor}`;
  }
  expect(seen).toEqual(all.map(({ id }) => id));
  const idsFor = async (query: string) => (await entries(`?limit=200&${query}`)).items.map(({ id }) => id);
  const idsOf = (matches: (entry: Entry) => boolean) => all.filter(matches).map(({ id }) => id);
  expect(await idsFor("action=agent.created")).toEqual(idsOf(({ action }) => action === "agent.created"));
  expect(await idsFor("targetType=agent_group")).toEqual(idsOf(({ action }) => action.startsWith("group.")));
  expect(await idsFor(`actorId=${world.tenants.own.userId}`)).toEqual(idsOf(({ actorId }) => actorId !== null));
  expect(await idsFor("search=updated")).toEqual(idsOf(({ action }) => action.endsWith("updated")));
  const middle = all[2]?.at ?? "";
  expect(await idsFor(`after=${middle}`)).toEqual(idsOf(({ at }) => at >= middle));
  expect(await idsFor(`before=${middle}`)).toEqual(idsOf(({ at }) => at < middle));
  expect((await entries("?cursor=made-up")).status).toBe(422);
  expect((await entries("?who=me")).status).toBe(400);
  expect((await entries("", reader)).status).toBe(403);
  const theirs = (await entries("?limit=200", other)).items.map(({ id }) => id);
  expect(theirs.filter((id) => seen.includes(id))).toEqual([]);
});

test("an agent is put back to how it was before a change, as a new change; its password stays and the answer says so", async () => {
  const id = await newAgent("Restored");
  await changeAgent(id, { name: "Worse", enabled: false, capacity: 1, metadata: { a: 1 }, username: null });
  const restored = await restore(await latest(id, "agent.updated"));
  expect(restored).toMatchObject({ status: 200, body: { restored: { type: "voice_agent", id }, notRestored: ["password"] } });
  expect(await agentNow(id)).toMatchObject({
    ...{ name: "Restored", enabled: true, capacity: null, metadata: {}, username: "u", hasPassword: true, version: 3 },
  });
  const newest = await latest(id, "agent.updated");
  expect(newest).toMatchObject({ actorName: world.tenants.own.email, before: { name: "Worse" }, after: { name: "Restored" } });
});

test("a deleted agent comes back under its old id, without its password", async () => {
  const id = await newAgent("Deleted");
  await own("DELETE", `/voice-agents/${id}`);
  const restored = await restore(await latest(id, "agent.deleted"));
  expect(restored).toMatchObject({ status: 200, body: { restored: { id }, notRestored: ["password"] } });
  expect(await agentNow(id)).toMatchObject({ id, name: "Deleted", username: "u", hasPassword: false, version: 1 });
});

test("what can't be put back is refused in words, and nothing is changed", async () => {
  const id = await newAgent("Refused");
  const created = await restore(await latest(id, "agent.created"));
  expect(created).toMatchObject({ status: 422, body: { message: expect.stringContaining("Delete it") } });

  await changeAgent(id, { name: "Refused later" });
  const namesake = await newAgent("Refused");
  const taken = await restore(await latest(id, "agent.updated"));
  expect(taken).toMatchObject({ status: 409, body: { message: expect.stringContaining("named “Refused”") } });
  expect(await agentNow(id)).toMatchObject({ name: "Refused later", version: 2 });

  await own("DELETE", `/voice-agents/${id}`);
  const gone = await restore(await latest(id, "agent.updated"));
  expect(gone).toMatchObject({ status: 409, body: { message: expect.stringContaining("deleted since") } });
  await own("DELETE", `/voice-agents/${namesake}`);

  const token = await own("POST", "/tenant/webhook-token");
  expect(token.status).toBe(200);
  const rotated = await restore(await latest(world.tenants.own.tenantId, "tenant.webhook_token_rotated"));
  expect(rotated).toMatchObject({ status: 422, body: { message: expect.stringContaining("no settings") } });
});

test("the tenant's settings are put back, its Cloudonix key stays", async () => {
  const before = (await own("GET", "/tenant")).body;
  const changed = await own("PUT", "/tenant", {
    ...{ version: before["version"], name: "New name", aliases: ["restored.example"], country: "FR", cloudonixKey: "audit-canary-3" },
    fallback: { type: "message", text: "Nobody is here." },
  });
  expect(changed.status).toBe(200);
  const restored = await restore(await latest(world.tenants.own.tenantId, "tenant.updated"));
  expect(restored).toMatchObject({ status: 200, body: { notRestored: ["cloudonixKey"] } });
  const { version: _, ...asBefore } = before;
  expect((await own("GET", "/tenant")).body).toMatchObject({ ...asBefore, hasCloudonixKey: true });
});

const create = async (path: string, fields: object) => {
  const { status, body } = await own("POST", path, fields);
  expect([status, body["message"]]).toEqual([201, undefined]);
  return String(body["id"]);
};

/** A thing as it is now, but for when it was written and how often. */
const stateOf = async (path: string) => {
  const { createdAt: _, updatedAt: __, version: ___, warnings: ____, ...state } = (await own("GET", path)).body;
  return state;
};

test.each(["groups", "inbound rules", "outbound rules"])(
  "%s are put back whole after a change, and come back under their old id",
  async (kind) => {
    const target = await newAgent(`Of ${kind}`);
    const trunkConfig = { trunks: ["one", "two"], callerId: "+15550100000", timeoutSeconds: 20 };
    const made = {
      groups: {
        path: "/agent-groups",
        action: "group",
        fields: {
          ...{
            name: "Restored group",
            strategy: "priority",
            settings: { ringSeconds: 15 },
            fallback: { type: "voice_agent", targetId: target },
          },
          members: [{ agentId: target, priority: 3, weight: 7, capacity: 2, enabled: false }],
        },
        worse: { name: "Worse group", strategy: "round_robin", settings: {}, fallback: null, members: [] },
      },
      "inbound rules": {
        path: "/inbound-rules",
        action: "inbound_rule",
        fields: {
          pattern: "+1999*",
          callerPattern: "+44*",
          targetType: "voice_agent",
          targetId: target,
          priority: 7,
          fallback: { type: "hangup" },
        },
        worse: { pattern: "+1998*", callerPattern: null, priority: 9, enabled: false, fallback: null },
      },
      "outbound rules": {
        path: "/outbound-rules",
        action: "outbound_rule",
        fields: { prefix: "+44", callerIdPrefix: "+1", trunkConfig, priority: 5 },
        worse: { prefix: "GB", callerIdPrefix: null, trunkConfig: { trunks: ["three"] }, enabled: false },
      },
    }[kind];
    if (!made) throw new Error(kind);
    const id = await create(made.path, made.fields);
    const path = `${made.path}/${id}`;
    const before = await stateOf(path);
    const changed = await own("PUT", path, { version: 1, ...made.worse });
    expect([changed.status, changed.body["message"]]).toEqual([200, undefined]);
    expect(await stateOf(path)).not.toEqual(before);
    const restored = await restore(await latest(id, `${made.action}.updated`));
    expect(restored).toMatchObject({ status: 200, body: { restored: { id }, notRestored: [] } });
    expect(await stateOf(path)).toEqual(before);

    expect((await own("DELETE", path)).status).toBe(200);
    expect((await own("GET", path)).status).toBe(404);
    expect(await restore(await latest(id, `${made.action}.deleted`))).toMatchObject({
      status: 200,
      body: { restored: { id }, notRestored: [] },
    });
    expect(await stateOf(path)).toEqual(before);
  },
);

test("a rule that comes back is tried for calls again, and one whose target has gone does not come back", async () => {
  const target = await newAgent("Target");
  const fields = { pattern: "+1777*", targetType: "voice_agent", targetId: target, priority: 1 };
  const id = await create("/inbound-rules", fields);
  await own("DELETE", `/inbound-rules/${id}`);
  const door = openDoor(world.app, world.tenants.own);
  const dialled = async () => (await door.ring({ Session: newSession(), To: "+17770001111" })).document.dialled;
  await changeAgent(target, { serviceValue: "back-again" });
  expect(await dialled()).not.toBe("back-again");
  const deletion = await latest(id, "inbound_rule.deleted");
  expect((await restore(deletion)).status).toBe(200);
  expect(await dialled()).toBe("back-again");

  await own("DELETE", `/inbound-rules/${id}`);
  expect((await own("DELETE", `/voice-agents/${target}`)).status).toBe(200);
  const refused = await restore(deletion);
  expect(refused).toMatchObject({ status: 422, body: { message: expect.stringContaining("is gone"), issues: [{ path: "targetId" }] } });
  expect((await own("GET", `/inbound-rules/${id}`)).status).toBe(404);
});

test("a person is put back to how they were, but never with a password, and never past the rules for people", async () => {
  const person = { email: "eve@own.example", name: "Eve", password: "correct horse battery", role: "user" };
  const id = await create("/users", person);
  expect((await own("PUT", `/users/${id}`, { version: 1, name: "Mallory", role: "admin" })).status).toBe(200);
  expect(await restore(await latest(id, "user.updated"))).toMatchObject({ status: 200, body: { restored: { type: "user", id } } });
  expect((await own("GET", "/users?search=eve@")).body["items"]).toEqual([expect.objectContaining({ id, name: "Eve", role: "user" })]);
  expect((await own("DELETE", `/users/${id}`)).status).toBe(200);
  const deleted = await restore(await latest(id, "user.deleted"));
  expect(deleted).toMatchObject({ status: 422, body: { message: expect.stringContaining("new password") } });
  expect((await entries(`?targetId=${id}`)).items.find(({ action }) => action === "user.deleted")?.restorable).toBe(false);
});

test("another tenant's entry is not there to be restored, and no reader restores any", async () => {
  const [entry] = (await entries("?action=agent.updated")).items;
  const { text } = await own("GET", "/voice-agents?limit=200");
  for (const id of [entry?.id ?? "", "aud_00000000000000000000"]) {
    const refused = await restore({ id }, other);
    expect([refused.status, refused.body["message"]]).toEqual([404, "There is no such entry."]);
    expect((await restore({ id }, reader)).status).toBe(403);
  }
  expect((await own("GET", "/voice-agents?limit=200")).text).toBe(text);
});
