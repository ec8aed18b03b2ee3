/** What the REST door answers to what no client in order would send. */
import { request as httpRequest } from "node:http";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openOperators, type Operators } from "./operators.ts";
import { openRest, type Rest } from "./rest.ts";

let world: Operators;
let rest: Rest;
let authorization: string;
beforeAll(async () => {
  world = await openOperators();
  await using person = await world.signIn(world.tenants.own);
  rest = openRest(world.base, person.token.current);
  authorization = `Bearer ${person.token.current}`;
});
afterAll(() => world.stop());

const json = { "content-type": "application/json" };
const send = async (
  method: string,
  path: string,
  init: { headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> } = {},
) => {
  const response = await fetch(`${world.base}${path}`, { method, ...init, headers: { authorization, ...init.headers } });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text === "" ? null : (JSON.parse(text) as Record<string, unknown>),
  };
};
const isError = (body: unknown, code: string) =>
  expect(body).toMatchObject({ code, message: expect.stringMatching(/.{6,}/), requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });

test.each(["GET", "POST", "PUT", "DELETE", "PATCH"])(
  "%s of an address that is none is 404 in JSON, whatever is sent there",
  async (method) => {
    for (const path of ["/api/nothing", "/api/voice-agents/x/y", "/api/", "/api/tenant/nothing"]) {
      const body = method === "GET" ? {} : { body: "<x/>", headers: { "content-type": "application/xml" } };
      const answer = await send(method, path, body);
      expect([path, answer.status, answer.headers.get("cache-control")]).toEqual([path, 404, "no-store"]);
      isError(answer.body, "NOT_FOUND");
    }
  },
);

test("a method that an address does not take is 405 and named those it takes, before a body is read", async () => {
  for (const [method, path, allow] of [
    ["PATCH", "/api/voice-agents/agt_1", "HEAD, GET, PUT, DELETE, OPTIONS"],
    ["DELETE", "/api/voice-agents", "HEAD, GET, POST, OPTIONS"],
    ["GET", "/api/auth/login", "POST, OPTIONS"],
    ["PUT", "/api/tenant/webhook-token", "POST, OPTIONS"],
  ] as const) {
    const answer = await send(method, path, method === "GET" ? {} : { body: "{", headers: json });
    expect([path, answer.status]).toEqual([path, 405]);
    expect(new Set(answer.headers.get("allow")?.split(", "))).toEqual(new Set(allow.split(", ")));
    isError(answer.body, "METHOD_NOT_SUPPORTED");
  }
});

test("HEAD answers as GET without a body; OPTIONS says what is taken, and no other site's page is let in", async () => {
  const head = await send("HEAD", "/api/voice-agents");
  expect([head.status, head.text, Number(head.headers.get("content-length")) > 10]).toEqual([200, "", true]);
  expect((await fetch(`${world.base}/api/voice-agents`, { method: "HEAD" })).status).toBe(401);
  expect((await send("HEAD", "/api/auth/login")).status).toBe(405);
  const asked = {
    origin: "https://elsewhere.example",
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization",
  };
  const options = await send("OPTIONS", "/api/voice-agents", { headers: asked });
  expect([options.status, options.headers.get("allow")]).toEqual([204, "HEAD, GET, POST, OPTIONS"]);
  for (const answer of [options, await send("GET", "/api/voice-agents", { headers: asked })]) {
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  }
});

describe("a body", () => {
  const agent = { name: "Edge", provider: "vapi", serviceValue: "x" };
  const none = async () => expect((await rest("GET", "/voice-agents?search=Edge")).body["items"]).toEqual([]);

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
    "application/jsonp",
    "",
  ])("of the type %j is 415", async (type) => {
    const answer = await send("POST", "/api/voice-agents", { body: Buffer.from(JSON.stringify(agent)), headers: { "content-type": type } });
    expect(answer.status).toBe(415);
    isError(answer.body, "UNSUPPORTED_MEDIA_TYPE");
    await none();
  });

  test("is taken as JSON with a charset too", async () => {
    const headers = { "content-type": "application/json; charset=utf-8" };
    const { status, body } = await send("POST", "/api/voice-agents", { body: JSON.stringify(agent), headers });
    expect(status).toBe(201);
    expect((await rest("DELETE", `/voice-agents/${String(body?.["id"])}`)).status).toBe(200);
  });

  test.each([
    "{",
    "nul",
    "[]",
    '"x"',
    "3",
    "null",
    '{"a":1}{"b":2}',
    '{"name":"Edge"',
    "\u0000",
    '{"__proto__":{"role":"admin"}}',
    '{"name":"Edge","constructor":{"prototype":{}}}',
  ])("%j is 400 with an issue in words", async (body) => {
    const answer = await send("POST", "/api/voice-agents", { body, headers: json });
    expect([answer.status, answer.body?.["issues"]]).toEqual([
      400,
      expect.arrayContaining([{ path: expect.any(String), message: expect.any(String) }]),
    ]);
    isError(answer.body, "BAD_REQUEST");
    await none();
  });

  test("that is missing where fields are needed is 400 at those fields, and no error where none are", async () => {
    for (const init of [{}, { headers: json }, { headers: json, body: "{}" }]) {
      const answer = await send("POST", "/api/voice-agents", init);
      expect(answer.status).toBe(400);
      expect(answer.body?.["issues"]).toEqual(["name", "provider", "serviceValue"].map((path) => expect.objectContaining({ path })));
    }
    const created = await rest("POST", "/voice-agents", agent);
    // As clients do that send the header with everything.
    expect((await send("DELETE", `/api/voice-agents/${String(created.body["id"])}`, { headers: json })).status).toBe(200);
  });

  test("with fields that nobody asked for is 400 at those fields", async () => {
    const answer = await rest("POST", "/voice-agents", { ...agent, colour: "red", tenantId: "ten_1" });
    expect([answer.status, answer.body["message"]]).toEqual([400, expect.stringContaining("colour")]);
    const { body } = await rest("POST", "/voice-agents", agent);
    const path = `/voice-agents/${String(body["id"])}`;
    expect(await rest("PUT", path, { version: 1, id: "agt_other" })).toMatchObject({ status: 400, body: { issues: [{ path: "id" }] } });
    expect((await send("DELETE", `/api${path}`, { headers: json, body: '{"force":true}' })).status).toBe(400);
    expect((await rest("DELETE", path)).status).toBe(200);
  });

  test("over 256 KiB is 413, whether it says its length or streams", async () => {
    const body = JSON.stringify({ ...agent, name: "x".repeat(300_000) });
    const answer = await send("POST", "/api/voice-agents", { body, headers: json });
    expect(answer.status).toBe(413);
    isError(answer.body, "PAYLOAD_TOO_LARGE");
    const streamed = httpRequest(`${world.base}/api/voice-agents`, { method: "POST", headers: { authorization, ...json } });
    streamed.on("error", () => {});
    streamed.write(body.slice(0, 200_000));
    streamed.end(body.slice(200_000));
    const [response] = await once(streamed, "response");
    expect(response.statusCode).toBe(413);
    response.resume();
    await none();
  });
});

describe("a query", () => {
  test.each([
    ["limit=0", "limit"],
    ["limit=201", "limit"],
    ["limit=1e2", "limit"],
    ["limit=ten", "limit"],
    ["limit=", "limit"],
    ["limit=5&limit=6", "limit"],
    ["enabled=yes", "enabled"],
    ["search=a&search=b", "search"],
  ])("%s is 400 at the field", async (query, path) => {
    const answer = await rest("GET", `/voice-agents?${query}`);
    expect([answer.status, answer.body["issues"]]).toEqual([400, [expect.objectContaining({ path })]]);
  });

  test.each(["colour=red", "search[a]=b", "__proto__=x", "__proto__[role]=admin", "constructor=x", "toString=x", "tenantId=ten_1"])(
    "%s is refused, as whatever is not named",
    async (query) => {
      const answer = await rest("GET", `/voice-agents?${query}`);
      expect([answer.status, answer.body["issues"]]).toEqual([400, [expect.objectContaining({ path: "" })]]);
    },
  );

  test("beside a body is refused, and nothing is done", async () => {
    const answer = await rest("POST", "/voice-agents?name=Edge", { name: "Edge", provider: "vapi", serviceValue: "x" });
    expect([answer.status, answer.body["message"]]).toEqual([400, expect.stringContaining("name")]);
    expect((await rest("GET", "/voice-agents?search=Edge")).body["items"]).toEqual([]);
  });
});

test("an address that can't be read is 400, one with a strange id 404; nothing of it is said back", async () => {
  for (const [path, status] of [
    ["/api/voice-agents/%E0%A4%A", 400],
    ["/api/voice-agents/%00", 404],
    ["/api/voice-agents/__proto__", 404],
    ["/api/voice-agents/..%2f..%2fetc", 404],
    [`/api/voice-agents/${"x".repeat(65)}`, 400],
    [`/api/voice-agents/${"x".repeat(6_000)}`, 404],
  ] as const) {
    const answer = await send("GET", path);
    expect([path.slice(0, 60), answer.status]).toEqual([path.slice(0, 60), status]);
    expect(answer.text).not.toMatch(/etc|stack|node_modules/);
  }
});

test("every answer forbids to be kept, and sniffed", async () => {
  for (const path of ["/api/voice-agents", "/api/voice-agents/agt_none", "/api/nothing"]) {
    const { headers } = await send("GET", path);
    expect([headers.get("cache-control"), headers.get("x-content-type-options")]).toEqual(["no-store", "nosniff"]);
  }
});
