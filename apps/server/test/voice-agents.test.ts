/** Voice agents as operators keep them, over REST: what is taken, found, switched and never shown. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openOperators, type Operators } from "./operators.ts";

let world: Operators;
const tokens = { own: "", other: "" };
beforeAll(async () => {
  world = await openOperators();
  for (const whose of ["own", "other"] as const) {
    await using person = await world.signIn(world.tenants[whose]);
    tokens[whose] = person.token.current ?? "";
  }
});
afterAll(() => world.stop());

type Agent = {
  id: string;
  name: string;
  provider: string;
  enabled: boolean;
  version: number;
  warnings: { code: string; message: string }[];
};
type Answer = Partial<Agent> & { items?: Agent[]; code?: string; message?: string; issues?: { path: string }[] };

const askAs = (whose: keyof typeof tokens) => async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${world.base}/api/voice-agents${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens[whose]}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as Answer };
};
const [ask, askOther] = [askAs("own"), askAs("other")];

const create = async (fields: Record<string, unknown>) => {
  const { status, body } = await ask("POST", "", { provider: "vapi", serviceValue: "+15550100133", ...fields });
  expect(status).toBe(201);
  return body as Agent;
};
const namesOf = async (query: string) => (await ask("GET", `?limit=200&${query}`)).body.items?.map(({ name }) => name);

describe("what is taken", () => {
  test("a provider that no page names is taken with a warning, one that can be none is refused", async () => {
    const made = await create({ name: "Unlisted", provider: "brand-new.ai" });
    expect(made.warnings).toMatchObject([{ code: "unlisted_provider", message: expect.stringContaining("brand-new.ai") }]);
    expect((await ask("GET", `/${made.id}`)).body.warnings).toHaveLength(1);
    const refused = await ask("POST", "", { name: "Bad", provider: "Brand New", serviceValue: "x" });
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "provider" }] } });
  });

  test("credentials are optional for every provider", async () => {
    for (const provider of ["synthflow", "superdash.ai", "11labs"])
      expect(await create({ name: `Bare ${provider}`, provider })).toMatchObject({ warnings: [] });
  });

  test("a name is taken once in a tenant, whoever else has it", async () => {
    await create({ name: "Only one" });
    expect(await ask("POST", "", { name: "Only one", provider: "vapi", serviceValue: "x" })).toMatchObject({
      status: 409,
      body: { code: "CONFLICT", message: "There is an agent named “Only one” already." },
    });
    const renamed = await create({ name: "Another" });
    expect((await ask("PUT", `/${renamed.id}`, { version: 1, name: "Only one" })).status).toBe(409);
    expect((await askOther("POST", "", { name: "Only one", provider: "vapi", serviceValue: "x" })).status).toBe(201);
  });

  test("what XML can't say, and what is too long, is refused by field", async () => {
    const refused = await ask("POST", "", { name: "x".repeat(101), provider: "vapi", serviceValue: "a\u0000b", capacity: -1 });
    expect(refused.status).toBe(400);
    expect(refused.body.issues?.map(({ path }) => path).toSorted()).toEqual(["capacity", "name", "serviceValue"]);
  });
});

describe("what is found", () => {
  test("lists are by name, and each filter narrows them", async () => {
    await create({ name: "find 50% b", provider: "retell", serviceValue: "one" });
    await create({ name: "find 50_ a", provider: "vapi", serviceValue: "two", enabled: false });
    await create({ name: "find 500 c", provider: "retell", serviceValue: "three_3" });
    expect(await namesOf("search=find")).toEqual(["find 50_ a", "find 50% b", "find 500 c"].toSorted((a, b) => a.localeCompare(b, "en")));
    expect(await namesOf("search=50%25")).toEqual(["find 50% b"]);
    expect(await namesOf("search=50_")).toEqual(["find 50_ a"]);
    expect(await namesOf("search=THREE_3")).toEqual(["find 500 c"]);
    expect(await namesOf("search=find&provider=retell&enabled=true")).toEqual(["find 50% b", "find 500 c"]);
    expect(await namesOf("search=find&enabled=false")).toEqual(["find 50_ a"]);
    expect(await namesOf("search=find&provider=nobody")).toEqual([]);
  });

  test("another tenant's agents are in no list and at no address", async () => {
    const made = await create({ name: "Hidden" });
    expect((await askOther("GET", "?search=Hidden")).body.items).toEqual([]);
    for (const [method, path, body] of [
      ["GET", "", undefined],
      ["GET", "/status", undefined],
      ["PUT", "", { version: 1, enabled: false }],
      ["DELETE", "", undefined],
    ] as const) {
      expect([method, path, (await askOther(method, `/${made.id}${path}`, body)).status]).toEqual([method, path, 404]);
    }
    expect((await ask("GET", `/${made.id}`)).body).toEqual(made);
  });
});

test("one that is switched off and on keeps everything else, and credentials are in no answer", async () => {
  const secrets = { username: "name-canary", password: "password-canary" };
  const made = await create({ name: "Switched", capacity: 3, metadata: { team: "sales" }, ...secrets });
  const off = await ask("PUT", `/${made.id}`, { version: made.version, enabled: false });
  const on = await ask("PUT", `/${made.id}`, { version: made.version + 1, enabled: true });
  expect(off.body).toMatchObject({ enabled: false, version: 2, hasPassword: true, capacity: 3, metadata: { team: "sales" } });
  expect(on.body).toMatchObject({ enabled: true, version: 3, hasPassword: true });
  const cleared = await ask("PUT", `/${made.id}`, { version: made.version + 2, password: null });
  expect(cleared.body).toMatchObject({ hasPassword: false });
  const answers = [off, on, cleared, await ask("GET", `/${made.id}`), await ask("GET", "?search=Switched")];
  expect(answers.map(({ text }) => text).join()).not.toContain("password-canary");
});
