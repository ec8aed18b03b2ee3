/** How often somebody may ask: the operators' door has limits, the platform's has none. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type RateLimits, rateLimits } from "../src/limits/rate-limits.ts";
import { linesPerCaller } from "../src/webhook/refusal-log.ts";
import { mostSocketsPerPerson } from "../src/people-sockets.ts";
import { openBrowser } from "./browser.ts";
import { newSession, openDoor } from "./call.ts";
import { openRest } from "./rest.ts";
import { openSocket } from "./socket.ts";
import { startTestServer } from "./test-server.ts";

const plenty = { perSecond: 100_000, burst: 100_000 };
/** So slow that nothing comes back while a test runs. */
const few = (burst: number) => ({ perSecond: 0.01, burst });

const open = async (limits: Partial<RateLimits>) => {
  const server = await startTestServer(async ({ newTenant }) => ({ own: await newTenant(), other: await newTenant() }), {
    limits: { ...rateLimits, user: plenty, address: plenty, tenant: plenty, ...limits },
  });
  const other = await server.startAnother();
  const listen = (app: typeof server.app) => app.listen({ host: "127.0.0.1", port: 0 });
  const bases = [await listen(server.app), await listen(other.app)] as const;
  const tokenOf = async (person: { email: string; password: string }) => {
    const browser = openBrowser(bases[0]);
    await browser.signIn(person);
    return browser.token();
  };
  return { ...server, bases, tokenOf };
};

test("a person's limit holds over both processes and both doors, says when to come again, and is nobody else's", async () => {
  await using server = await open({ user: few(5) });
  const token = await server.tokenOf(server.configured.own);
  const [here, there] = server.bases.map((base) => openRest(base, token));
  const first = await here!("GET", "/auth/user");
  expect(first.status).toBe(200);
  const of = (headers: Headers) => ["limit", "remaining", "reset"].map((name) => Number(headers.get(`ratelimit-${name}`)));
  expect(of(first.headers)).toEqual([5, 4, 100]);
  expect(of((await there!("GET", "/auth/user")).headers)).toEqual([5, 3, expect.any(Number)]);
  const batch = (names: string) => fetch(`${server.bases[0]}/trpc/${names}?batch=1`, { headers: { authorization: `Bearer ${token}` } });
  expect((await batch("auth.user,auth.user,auth.user")).status).toBe(200);
  const refused = await there!("GET", "/auth/user");
  expect(refused).toMatchObject({
    status: 429,
    body: { code: "TOO_MANY_REQUESTS", message: expect.stringMatching(/^Too many requests\. Try again in \d+ s\.$/) },
  });
  expect(of(refused.headers).slice(0, 2)).toEqual([5, 0]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(90);
  const overTrpc = await batch("auth.user");
  expect([overTrpc.status, Number(overTrpc.headers.get("retry-after")) > 90]).toEqual([429, true]);
  expect((await openRest(server.bases[0], await server.tokenOf(server.configured.other))("GET", "/auth/user")).status).toBe(200);
});

test("a tenant's people share its limit, and an address its own, signed in or not", async () => {
  await using server = await open({ tenant: few(4), address: few(30) });
  const token = await server.tokenOf(server.configured.own);
  const admin = openRest(server.bases[0], token);
  await admin("POST", "/users", { email: "two@tenant.example", password: "correct horse battery", role: "user" });
  const second = openRest(server.bases[0], await server.tokenOf({ email: "two@tenant.example", password: "correct horse battery" }));
  const statuses: number[] = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await (n % 2 === 0 ? admin : second)("GET", "/auth/user")).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  const nobody = openRest(server.bases[0], null);
  const asked = [];
  for (let n = 0; n < 30; n += 1) asked.push(await nobody("GET", "/setup"));
  expect(asked[0]?.status).toBe(200);
  expect(asked.at(-1)).toMatchObject({ status: 429, body: { message: expect.stringContaining("address") } });
  // The platform has one address, and is never asked to wait.
  const door = openDoor(server.app, server.configured.own);
  for (let n = 0; n < 40; n += 1) expect((await door.ring({ Session: newSession() })).status).toBe(200);
});

test("with Redis away each process counts by itself, as strictly, and nobody waits for it", async () => {
  await using server = await open({ user: few(5) });
  const token = await server.tokenOf(server.configured.own);
  await server.redis.stop();
  const ask = openRest(server.bases[0], token);
  const began = performance.now();
  const statuses: number[] = [];
  for (let n = 0; n < 7; n += 1) statuses.push((await ask("GET", "/auth/user")).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect(performance.now() - began).toBeLessThan(3_000);
  expect((await openBrowser(server.bases[1]).signIn(server.configured.other)).status).toBe(200);
});

test("failed logins slow an account down over both processes, whatever address they come from", async () => {
  await using server = await open({});
  const guess = (n: number) => openBrowser(server.bases[n % 2] ?? "").signIn({ ...server.configured.own, password: "a wrong password" });
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) statuses.push((await guess(n)).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  expect((await guess(7)).body).toMatchObject({ message: "Too many attempts. Try again in 1 s." });
});

test("a person has so many sockets open and no more; one that closes makes room", async () => {
  await using server = await open({});
  const token = await server.tokenOf(server.configured.own);
  const sockets = await Promise.all(Array.from({ length: mostSocketsPerPerson }, () => openSocket(server.bases[0], token)));
  expect(sockets.every(({ first }) => first.result !== undefined)).toBe(true);
  const refused = await openSocket(server.bases[0], token);
  expect(refused.first.error).toMatchObject({
    message: expect.stringContaining("20 live connections"),
    data: { code: "TOO_MANY_REQUESTS" },
  });
  await vi.waitFor(() => expect(refused.closedWith()).not.toBeNull(), 60_000);
  expect((await openSocket(server.bases[0], await server.tokenOf(server.configured.other))).first.result).toBeDefined();
  sockets[0]!.close();
  await vi.waitFor(async () => expect((await openSocket(server.bases[0], token)).first.result).toBeDefined(), 60_000);
});

let flooded: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  flooded = await open({});
});
afterAll(() => flooded.stop());

test("a flood of logins keeps no call waiting, and those that come too late are told so at once", async () => {
  // Straight at the work itself: an address of its own for each would be as good.
  const { own } = flooded.configured;
  const door = openDoor(flooded.app, own);
  await door.ring({ Session: newSession() });
  const logins = Array.from({ length: 200 }, (_, n) =>
    flooded.app.inject({
      method: "POST",
      url: "/api/auth/login",
      remoteAddress: `10.1.${n}.1`,
      headers: { "content-type": "application/json" },
      payload: JSON.stringify({ email: `person${n}@flood.example`, password: "a wrong password" }),
    }),
  );
  const took: number[] = [];
  for (let n = 0; n < 100; n += 1) {
    const began = performance.now();
    const reply = await door.ring({ Session: newSession() });
    took.push(performance.now() - began);
    expect([reply.status, reply.document.verb]).toEqual([200, "Hangup"]);
  }
  const answers = await Promise.all(logins);
  const statuses = answers.map(({ statusCode }) => statusCode);
  expect(new Set(statuses)).toEqual(new Set([401, 503]));
  // Where the processors are short of time, some wait too long for a connection to the database instead.
  for (const late of answers.filter(({ statusCode }) => statusCode === 503))
    expect([late.json().message, late.headers["retry-after"]]).toEqual([expect.stringMatching(/signing in|does not answer/), "2"]);
  // Ten times what is promised: the machine that runs tests does much else.
  expect(took.toSorted((one, other) => one - other)[98]).toBeLessThan(1_000);
});

test("whoever tries webhook credentials fills no log, and keeps out nobody who has the right ones", async () => {
  const { own } = flooded.configured;
  type Line = { event: string; status: number; unwritten?: number };
  const refusals = () =>
    flooded.logs.map((line) => JSON.parse(line) as Line).filter(({ event }) => event === "voice_refused" || event === "report_refused");
  const [before, began] = [refusals().length, performance.now()];
  const wrong = openDoor(flooded.app, { ...own, webhookToken: "a wrong token" });
  const right = openDoor(flooded.app, own);
  for (let n = 0; n < 300; n += 1) {
    expect((await wrong.ring({ Session: newSession() })).status).toBe(401);
    if (n % 30 === 0)
      expect([
        (await right.ring({ Session: newSession() })).status,
        await right.update({ token: newSession(), status: "ringing" }),
      ]).toEqual([200, 204]);
  }
  const more = Math.ceil(((performance.now() - began) / 1_000) * linesPerCaller.perSecond);
  expect(refusals().length - before).toBeGreaterThanOrEqual(linesPerCaller.burst);
  expect(refusals().length - before).toBeLessThanOrEqual(linesPerCaller.burst + more);
  // Another key is another matter; its line says how many were left out.
  const other = openDoor(flooded.app, { ...own, tenantKey: "0".repeat(32) });
  expect(await other.update({ token: newSession(), status: "ringing" })).toBe(401);
  const lines = refusals().slice(before);
  expect(lines.at(-1)).toMatchObject({ event: "report_refused", status: 401 });
  expect(lines.length + lines.reduce((sum, { unwritten = 0 }) => sum + unwritten, 0)).toBe(301);
});
