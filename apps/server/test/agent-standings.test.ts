/** The list of agents as people watch it: how all of them stand, and what uses them. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openOperators, type Operators } from "./operators.ts";
import { openRest, type Rest } from "./rest.ts";

type Standing = { id: string; activeCalls: number; lastFailure: { result: string } | null; usedBy: { groups: number; rules: number } };

let world: Operators;
let own: Rest;
let other: Rest;
const signedIn = async (tenant: Operators["tenants"]["own"]): Promise<Rest> => {
  await using person = await world.signIn(tenant);
  return openRest(world.base, person.token.current);
};
beforeAll(async () => {
  world = await openOperators();
  [own, other] = [await signedIn(world.tenants.own), await signedIn(world.tenants.other)];
});
afterAll(() => world.stop());

const idsOf = async (ask: Rest, path: string): Promise<string[]> =>
  ((await ask("GET", path)).body["items"] as { id: string }[]).map(({ id }) => id);
const standingsOf = async (ids: string[], ask = own) => (await ask("GET", `/voice-agents/statuses?ids=${ids.join(",")}`)).body["items"];

describe("the statuses of many agents", () => {
  test("each is what its own status says, with how much uses it, however the ids are sent", async () => {
    const door = openDoor(world.app, world.tenants.own);
    const Session = newSession();
    const { document } = await door.ring({ Session });
    await door.report(document, { Session, DialCallStatus: "busy" });
    const ids = await idsOf(own, "/voice-agents");
    expect(ids).toHaveLength(2);
    const items = await vi.waitFor(async () => {
      const found = (await standingsOf(ids)) as Standing[];
      expect(found.map(({ lastFailure }) => lastFailure?.result ?? null)).toEqual(["busy", null]);
      return found;
    }, 60_000);
    expect(items.map(({ id, activeCalls }) => [id, activeCalls])).toEqual([
      [ids[0], 0],
      [ids[1], 1],
    ]);
    for (const { usedBy, ...status } of items) {
      expect(usedBy).toEqual({ groups: 1, rules: 0 });
      expect((await own("GET", `/voice-agents/${status.id}/status`)).body).toEqual(status);
    }
    expect((await own("GET", `/voice-agents/statuses?ids=${ids[0]}&ids=${ids[1]}`)).body).toEqual({ items, nextCursor: null });
    await using person = await world.signIn(world.tenants.own);
    expect(await person.api.agents.statuses.query({ ids })).toEqual({ items, nextCursor: null });
    await door.cdr({ call_id: Session, disposition: "CANCEL", session: { token: Session } });
  });

  test("those of another tenant, absent ones and repeated ones are left out", async () => {
    const [id = ""] = await idsOf(own, "/voice-agents");
    const foreign = await idsOf(other, "/voice-agents");
    expect(await standingsOf([id, ...foreign, "agt_absent", id])).toMatchObject([{ id }]);
    expect(await standingsOf([id], other)).toEqual([]);
  });

  test("a rule that is made counts in the very next answer", async () => {
    const [id = ""] = await idsOf(own, "/voice-agents");
    const uses = async () => ((await standingsOf([id])) as Standing[]).map(({ usedBy }) => usedBy);
    const made = await own("POST", "/inbound-rules", { pattern: "+15550100970", targetType: "voice_agent", targetId: id });
    expect(await uses()).toEqual([{ groups: 1, rules: 1 }]);
    await own("DELETE", `/inbound-rules/${String(made.body["id"])}`);
    expect(await uses()).toEqual([{ groups: 1, rules: 0 }]);
  });

  test.each(["", "ids=", `ids=${Array.from({ length: 201 }, (_, n) => `agt_${n}`).join(",")}`, "ids=x&colour=red"])(
    "none, too many, or fields that nobody knows are refused: %j",
    async (query) => {
      const refused = await own("GET", `/voice-agents/statuses?${query}`);
      expect(refused).toMatchObject({ status: 400, body: { code: "BAD_REQUEST", issues: [{ message: expect.stringMatching(/./) }] } });
    },
  );
});

describe("what uses an agent or a group", () => {
  test("groups and rules are named, the tenant where it is its fallback, and counted whole", async () => {
    const [id = ""] = await idsOf(own, "/voice-agents");
    const [group = ""] = await idsOf(own, "/agent-groups");
    const fallback = { type: "voice_agent", targetId: id };
    const rules: string[] = [];
    for (let n = 0; n < 22; n += 1) {
      const { body } = await own("POST", "/inbound-rules", {
        pattern: `+1555010${3000 + n}`,
        targetType: "agent_group",
        targetId: group,
        fallback,
      });
      rules.push(String(body["id"]));
    }
    const { body: tenant } = await own("GET", "/tenant");
    await own("PUT", "/tenant", { version: tenant["version"], fallback });
    const used = (await own("GET", `/voice-agents/${id}/used-by`)).body as { references: { type: string; id: string; name: string }[] };
    expect(used).toMatchObject({ groups: 1, rules: 22 });
    expect(used.references.slice(0, 2)).toMatchObject([
      { type: "agent_group", id: group, name: "Sales" },
      { type: "inbound_rule", id: rules[0], name: "+15550103000" },
    ]);
    expect(used.references.map(({ type }) => type).filter((type) => type === "inbound_rule")).toHaveLength(20);
    expect(used.references.at(-1)).toMatchObject({ type: "tenant" });
    expect((await own("GET", `/agent-groups/${group}/used-by`)).body).toMatchObject({ groups: 0, rules: 23 });
    await own("PUT", "/tenant", { version: Number(tenant["version"]) + 1, fallback: null });
    for (const rule of rules) await own("DELETE", `/inbound-rules/${rule}`);
  });

  test("what is another tenant's is not there, and the role user sees no whole number", async () => {
    const [id = ""] = await idsOf(own, "/voice-agents");
    const [group = ""] = await idsOf(own, "/agent-groups");
    expect((await other("GET", `/voice-agents/${id}/used-by`)).status).toBe(404);
    expect((await other("GET", `/agent-groups/${group}/used-by`)).status).toBe(404);
    const { watcher } = world.tenants;
    const admin = await signedIn(watcher);
    const [theirs = ""] = await idsOf(admin, "/voice-agents");
    await admin("POST", "/inbound-rules", { pattern: "+14155552671", targetType: "voice_agent", targetId: theirs });
    await world.setUser(watcher.email, "role = 'user'");
    const masked = await (await signedIn(watcher))("GET", `/voice-agents/${theirs}/used-by`);
    expect(masked.body["references"]).toContainEqual(expect.objectContaining({ type: "inbound_rule", name: "+1415•••2671" }));
    expect(masked.text).not.toContain("4155552671");
  });
});
