/** An operator who has three agents and writes rules as a script does, and calls that show what was saved. */
import { expect } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openOperators } from "./operators.ts";
import { openRest, type Rest } from "./rest.ts";
import type { TestTenant } from "./test-server.ts";

export type Rule = {
  id: string;
  version: number;
  pattern: string;
  priority: number;
  warnings: { code: string; message: string; ruleId?: string }[];
  createdAt: string;
};

/** Every page of a list. */
const listWith =
  (own: Rest) =>
  async (query: string, path = "/inbound-rules"): Promise<Rule[]> => {
    const items: Rule[] = [];
    for (let cursor = ""; ; ) {
      const { status, body } = await own("GET", `${path}?limit=200${query}${cursor}`);
      expect(status).toBe(200);
      items.push(...(body["items"] as Rule[]));
      if (body["nextCursor"] === null) return items;
      cursor = `&cursor=${body["nextCursor"] as string}`;
    }
  };

export const openRuleOperators = async () => {
  const world = await openOperators();
  const signedIn = async (tenant: TestTenant): Promise<Rest> => {
    await using person = await world.signIn(tenant);
    return openRest(world.base, person.token.current);
  };
  const own = await signedIn(world.tenants.own);
  const agents: string[] = [];
  for (const name of ["one", "two", "three"]) {
    const { body } = await own("POST", "/voice-agents", { name, provider: "vapi", serviceValue: name });
    agents.push(String(body["id"]));
  }
  const door = openDoor(world.app, world.tenants.own);
  const toAgent = (place = 0) => ({ targetType: "voice_agent", targetId: agents[place] });
  const group = async (name: string, fields: object = {}): Promise<string> =>
    String((await own("POST", "/agent-groups", { name, strategy: "priority", members: [{ agentId: agents[0] }], ...fields })).body["id"]);
  return {
    world,
    signedIn,
    own,
    agents,
    door,
    toAgent,
    toGroup: (targetId: string) => ({ type: "agent_group", targetId }),
    group,
    /** To the first agent, where the fields say nothing else. */
    create: async (fields: object, path = "/inbound-rules"): Promise<Rule> => {
      const { status, body } = await own("POST", path, { ...(path === "/inbound-rules" ? toAgent() : {}), ...fields });
      expect({ status, body }).toMatchObject({ status: 201 });
      return body as Rule;
    },
    put: ({ id, version }: Rule, fields: object, path = "/inbound-rules") => own("PUT", `${path}/${id}`, { version, ...fields }),
    list: listWith(own),
    /** Whom a call to this number dials. */
    dialled: async (To: string, more: object = {}) => (await door.ring({ Session: newSession(), To, ...more })).document.dialled,
    /** An agent of another tenant's operators. */
    someAgent: async (ask: Rest): Promise<string> => {
      const { body } = await ask("GET", "/voice-agents?limit=1");
      return String((body["items"] as { id: string }[])[0]?.id);
    },
    stop: world.stop,
  };
};

export type RuleOperators = Awaited<ReturnType<typeof openRuleOperators>>;
