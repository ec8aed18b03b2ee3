/** Cloudonix on its bad days: each is said in words, nobody hangs, and calls are answered as ever. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openClientOf } from "./operators.ts";
import { openPlatformWithoutCalls } from "./platform-without-calls.ts";
import { openRest, type Rest } from "./rest.ts";
import { startTestServer } from "./test-server.ts";

const platform = await openPlatformWithoutCalls();
const troubles = 7;

let server: Awaited<ReturnType<typeof open>>;
let asks: Rest[];
const open = () =>
  startTestServer(
    async ({ newTenant }) => {
      const tenants = [];
      // Each trouble has a domain of its own: the breaker is by domain.
      for (let n = 0; n <= troubles; n += 1) tenants.push(await newTenant());
      return tenants;
    },
    { environment: { CLOUDONIX_API_URL: platform.url } },
  );
beforeAll(async () => {
  server = await open();
  const base = await server.app.listen({ host: "127.0.0.1", port: 0 });
  asks = await Promise.all(
    server.configured.map(async ({ email, password, domain }) => {
      await using client = openClientOf(base)({ current: null });
      const { accessToken } = await client.api.auth.login.mutate({ email, password });
      const ask = openRest(base, accessToken);
      await ask("PUT", "/tenant", { version: 1, cloudonixKey: platform.platform.add({ domain }).key });
      return ask;
    }),
  );
});
afterEach(() => platform.behave());
afterAll(async () => {
  await server.stop();
  await platform[Symbol.asyncDispose]();
});
const askAs = (place: number): Rest => asks[place] ?? (() => Promise.reject(new Error("nobody")));

test.each([
  [0, { kind: "refuse" }, "unreachable", /can't be reached/],
  [1, { kind: "hang" }, "timeout", /did not answer within 2 seconds/],
  [2, { kind: "drip", everyMs: 100 }, "timeout", /did not answer within 2 seconds/],
  [3, { kind: "huge", megabytes: 10 }, "too_large", /more than 2 MB/],
  [4, { kind: "bad_json" }, "bad_answer", /can't be read/],
  [5, { kind: "redirect", to: "http://127.0.0.1:9/" }, "redirected", /sent us elsewhere/],
  [6, { kind: "status", status: 503 }, "refused", /fault of its own \(503\)/],
] as const)(
  "trouble %i, %j, is one failure in words wherever Cloudonix is asked, and changes nothing",
  async (place, how, failure, words) => {
    const ask = askAs(place);
    platform.misbehave(how);
    const [verified, planned, trunks] = await Promise.all([
      ask("POST", "/cloudonix/verify", {}),
      ask("POST", "/cloudonix/plan", { makeDefault: true }),
      ask("GET", "/trunks"),
    ]);
    expect(verified).toMatchObject({ status: 200, body: { works: false, failure, words: expect.stringMatching(words) } });
    expect(planned).toMatchObject({ status: 503, body: { message: expect.stringMatching(words) } });
    expect(trunks).toMatchObject({ status: 200, body: { items: [], readAt: null, failure: expect.stringMatching(words) } });
    // From now on it is left alone for a while.
    expect((await ask("POST", "/cloudonix/verify", {})).body).toMatchObject({ failure: "paused" });
    expect((await ask("GET", "/cloudonix")).body).toMatchObject({ state: "never" });
  },
);

test("the trunks are told without their passwords", async () => {
  const trunks = await askAs(troubles)("GET", "/trunks");
  expect(trunks).toMatchObject({
    status: 200,
    body: { items: [{ name: "carrier-a", isActive: true }, { name: "carrier-b" }], nextCursor: null, failure: null },
  });
  expect([trunks.text, server.logs.join()].join()).not.toContain("password-of");
});

test("another domain's key opens nothing, and it is said whose is needed", async () => {
  const { key } = platform.platform.add({ domain: "somebody-else.example" });
  const verified = await askAs(troubles)("POST", "/cloudonix/verify", { cloudonixKey: key });
  expect(verified.body).toMatchObject({ works: false, failure: "forbidden", words: expect.stringMatching(/may not manage/) });
});

test("while Cloudonix hangs calls are answered as ever", async () => {
  const [tenant] = server.configured;
  if (!tenant) throw new Error("no tenant");
  const door = openDoor(server.app, tenant);
  const tookMs: number[] = [];
  platform.misbehave({ kind: "hang" });
  let isHanging = true;
  const hanging = Promise.all(asks.map((ask) => ask("POST", "/cloudonix/verify", { cloudonixKey: "XI00" }))).finally(
    () => (isHanging = false),
  );
  while (isHanging) {
    const startedAt = performance.now();
    expect((await door.ring({ Session: newSession() })).status).toBe(200);
    tookMs.push(performance.now() - startedAt);
  }
  expect((await hanging).at(-1)?.body).toMatchObject({ failure: "timeout" });
  expect(tookMs.length).toBeGreaterThan(20);
  // The promise is 100 ms.
  expect(tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length * 0.99)]).toBeLessThan(1_000);
});
