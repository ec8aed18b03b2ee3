import { once } from "node:events";
import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { failureOf, follow, openOperators, type Operators } from "./operators.ts";

let world: Operators;
beforeAll(async () => {
  world = await openOperators();
});
afterAll(() => world.stop());

test("signing in answers a token and who it is for; the password is nowhere in it", async () => {
  await using person = await world.signIn(world.tenants.own);
  const { accessToken, tokenType, expiresInSeconds, user } = person.signedIn;
  expect({ tokenType, expiresInSeconds }).toEqual({ tokenType: "Bearer", expiresInSeconds: 600 });
  expect(user).toEqual({
    id: expect.stringMatching(/^usr_/),
    email: world.tenants.own.email,
    name: null,
    role: "admin",
    enabled: true,
    version: expect.any(Number),
  });
  expect(accessToken.split(".")).toHaveLength(3);
  expect(await person.api.auth.user.query()).toEqual(user);
});

test("an unknown person, a wrong password and a disabled account get the same words and the same status", async () => {
  const { other } = world.tenants;
  await using client = world.openClient({ current: null });
  const { api } = client;
  const answers = [
    await failureOf(api.auth.login.mutate({ email: "nobody@nowhere.example", password: "correct horse battery" })),
    await failureOf(api.auth.login.mutate({ email: other.email, password: "wrong" })),
  ];
  await world.setUser(other.email, "enabled = 0");
  answers.push(await failureOf(api.auth.login.mutate({ email: other.email, password: other.password })));
  await world.setUser(other.email, "enabled = 1");
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set(['{"code":"UNAUTHORIZED","message":"E-mail or password is wrong."}']),
  );
});

const procedures = ["auth.user", "callRecords.list", "callRecords.get", "analytics.liveCalls"];

test("without a good token every procedure answers 401, and says nothing more", async () => {
  const forged = await new SignJWT({ tid: world.tenants.own.tenantId, sid: "ses_1" })
    .setProtectedHeader({ alg: "HS256", kid: "k1", typ: "JWT" })
    .setIssuer("switchboard")
    .setAudience("switchboard-api")
    .setIssuedAt()
    .setExpirationTime("5 minutes")
    .sign(new Uint8Array(32));
  for (const token of [null, "x", "a.b.c", forged]) {
    for (const procedure of procedures) {
      const headers = token === null ? {} : { authorization: `Bearer ${token}` };
      const response = await fetch(`${world.base}/trpc/${procedure}`, { headers });
      expect([procedure, response.status]).toEqual([procedure, 401]);
      const { error } = (await response.json()) as { error: { message: string; data: Record<string, unknown> } };
      expect(error.message).toBe("Please sign in.");
      expect(Object.keys(error.data).sort()).toEqual(["code", "requestId"]);
    }
    await using client = world.openClient({ current: token });
    const told = follow(client.api, null);
    await vi.waitFor(() => expect(told.failure()).toBe("UNAUTHORIZED"), 60_000);
  }
});

const upgrade = async (headers: Record<string, string>): Promise<number> => {
  const socket = new WebSocket(`${world.base.replace("http", "ws")}/trpc?connectionParams=1`, { headers });
  socket.on("error", () => undefined);
  const status = await Promise.race([
    once(socket, "open").then(() => 101),
    once(socket, "unexpected-response").then(([, response]) => (response as { statusCode: number }).statusCode),
  ]);
  socket.terminate();
  return status;
};

test("a page of another site can't open a socket; our own page and a script can", async () => {
  expect(await upgrade({ origin: "https://evil.example" })).toBe(403);
  expect(await upgrade({ origin: "null" })).toBe(403);
  expect(await upgrade({ origin: world.base })).toBe(101);
  expect(await upgrade({})).toBe(101);
});

test("only JSON of a sane size is read, and answers are kept by nobody", async () => {
  const post = (body: string, type: string) =>
    fetch(`${world.base}/trpc/auth.login`, { method: "POST", headers: { "content-type": type }, body });
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx"]) {
    expect([type, (await post("{}", type)).status]).toEqual([type, 415]);
  }
  expect((await post(JSON.stringify({ email: "a".repeat(300_000), password: "x" }), "application/json")).status).toBe(413);
  const answer = await post("{", "application/json");
  expect(answer.status).toBe(400);
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

test("whatever is sent as input is refused in words, field by field, and never breaks anything", async () => {
  await using person = await world.signIn(world.tenants.own);
  const headers = { authorization: `Bearer ${person.token.current}`, "content-type": "application/json" };
  const oddities = [
    null,
    7,
    "x",
    [],
    [{}],
    { $ne: null },
    { __proto__x: 1 },
    { id: { $gt: "" } },
    { id: 5 },
    { id: "" },
    { id: "x".repeat(65) },
    { limit: 0 },
    { limit: 201 },
    { limit: "5" },
    { limit: 1e400 },
    { unknown: 1 },
    { cursor: 9 },
    { startedAfter: "yesterday" },
    { status: "done" },
    JSON.parse('{"__proto__":{"x":1}}'),
    { constructor: 1 },
  ];
  for (const procedure of ["callRecords.list", "callRecords.get"]) {
    for (const input of oddities) {
      const response = await fetch(`${world.base}/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers });
      expect([procedure, input, response.status]).toEqual([procedure, input, 400]);
      const { error } = (await response.json()) as { error: { data: { issues: { path: string; message: string }[] } } };
      expect(error.data.issues[0]?.message).toEqual(expect.any(String));
      expect(JSON.stringify(error)).not.toMatch(/stack|node_modules|at .*\.ts/);
    }
  }
  for (const body of [
    {},
    { email: 1, password: 2 },
    { email: "a@b", password: "x", role: "admin" },
    { email: { $gt: "" }, password: "x" },
    [],
    null,
  ]) {
    const response = await fetch(`${world.base}/trpc/auth.login`, { method: "POST", headers, body: JSON.stringify(body) });
    expect([body, response.status]).toEqual([body, 400]);
  }
  expect(
    (await fetch(`${world.base}/trpc/callRecords.list?input=${encodeURIComponent('{"cursor":"not-ours"}')}`, { headers })).status,
  ).toBe(422);
  expect(
    (await fetch(`${world.base}/trpc/${Array(1_000).fill("auth.user").join(",")}?batch=1`, { headers })).status,
  ).toBeGreaterThanOrEqual(400);
  expect((await fetch(`${world.base}/trpc/no.such`, { headers })).status).toBe(404);
  expect(await person.api.auth.user.query()).toMatchObject({ email: world.tenants.own.email });
});
