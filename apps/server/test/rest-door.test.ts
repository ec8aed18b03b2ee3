/** The operators' door as scripts use it: plain HTTP, plain JSON. */
import { validate } from "@readme/openapi-parser";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reachedProcedures } from "@switchboard/api/rest-routes";
import { policies } from "./authorisation-policy.ts";
import { openOperators, type Operators } from "./operators.ts";

let world: Operators;
let token: string;
beforeAll(async () => {
  world = await openOperators();
  await using person = await world.signIn(world.tenants.own);
  token = person.token.current ?? "";
});
afterAll(() => world.stop());

type Answer = { id?: string; items?: { id: string; name: string }[]; nextCursor?: string | null };

const ask = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${world.base}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer };
};

test("the description is one that a validator accepts", async () => {
  const response = await fetch(`${world.base}/api/openapi.json`);
  expect(response.status).toBe(200);
  expect(await validate((await response.json()) as never)).toMatchObject({ valid: true });
});

test("the description says of every address who may ask, as the table of who may do what has it", async () => {
  const { paths } = (await (await fetch(`${world.base}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string; security: unknown; responses: object }>>;
  };
  const described = Object.values(paths).flatMap((operations) => Object.values(operations));
  const security = { public: [], signed_in: [{ bearer: [] }], admin: [{ bearer: ["admin"] }] };
  const expected = reachedProcedures().map(({ name }) => {
    const { access } = policies[name as keyof typeof policies];
    return { operationId: name.replace(".", "_"), security: security[access], forbids: access !== "signed_in" };
  });
  expect(described.map(({ operationId, security, responses }) => ({ operationId, security, forbids: "403" in responses }))).toEqual(
    expect.arrayContaining(expected),
  );
  // What answers with a file is no procedure; by token or by ticket, it is for admins.
  const files = described.filter(({ operationId }) => operationId === "exports_download");
  expect(files).toMatchObject([{ security: [{ bearer: ["admin"] }, {}] }]);
  expect(described).toHaveLength(expected.length + files.length);
});

test("the providers are there as data, those of the specification marked as such, for everybody who is signed in", async () => {
  const { status, body } = await ask("GET", "/providers");
  const items = (body.items ?? []) as unknown as { key: string; status: string }[];
  expect([status, body.nextCursor]).toEqual([200, null]);
  expect(items).toEqual(expect.arrayContaining([expect.objectContaining({ key: "11labs", status: "listed" })]));
  expect(items.filter((each) => each.status === "listed")).toHaveLength(18);
  expect((await fetch(`${world.base}/api/providers`)).status).toBe(401);
});

test("an agent is created, found, changed and deleted", async () => {
  const created = await ask("POST", "/voice-agents", { name: "Zoe", provider: "vapi", serviceValue: "+15550100199", password: "canary" });
  expect(created).toMatchObject({ status: 201, body: { name: "Zoe", hasPassword: true, version: 1, warnings: [] } });
  const { id } = created.body;
  expect((await ask("GET", "/voice-agents?search=zoe&enabled=true&limit=5")).body).toMatchObject({ items: [{ id }], nextCursor: null });
  expect(await ask("PUT", `/voice-agents/${id}`, { version: 1, enabled: false })).toMatchObject({ status: 200, body: { enabled: false } });
  expect(await ask("PUT", `/voice-agents/${id}`, { version: 1, enabled: true })).toMatchObject({ status: 409, body: { stale: true } });
  expect((await ask("GET", "/voice-agents?enabled=false")).body.items).toHaveLength(1);
  expect(await ask("DELETE", `/voice-agents/${id}`)).toMatchObject({ status: 200, body: { id, deleted: true } });
  expect(await ask("GET", `/voice-agents/${id}`)).toMatchObject({ status: 404, body: { code: "NOT_FOUND" } });
});

test("an agent that a group needs is not deleted, and the answer says by whom it is needed", async () => {
  const { items } = (await ask("GET", "/voice-agents?search=Ava")).body;
  const refused = await ask("DELETE", `/voice-agents/${items?.[0]?.id}`);
  expect(refused).toMatchObject({ status: 409, body: { code: "CONFLICT", references: [{ type: "agent_group", name: "Sales" }] } });
});

test("a list is paged by name, each agent once, whatever is created meanwhile", async () => {
  for (const name of ["P1", "P3", "P4"]) await ask("POST", "/voice-agents", { name, provider: "vapi", serviceValue: "x" });
  const first = (await ask("GET", "/voice-agents?search=P&limit=2")).body;
  await ask("POST", "/voice-agents", { name: "P2", provider: "vapi", serviceValue: "x" });
  const second = (await ask("GET", `/voice-agents?search=P&limit=200&cursor=${first.nextCursor}`)).body;
  const names = [...(first.items ?? []), ...(second.items ?? [])].map(({ name }) => name);
  expect(names.filter((name) => /^P[134]$/.test(name))).toEqual(["P1", "P3", "P4"]);
  expect(await ask("GET", "/voice-agents?cursor=made-up")).toMatchObject({ status: 422, body: { issues: [{ path: "cursor" }] } });
});
