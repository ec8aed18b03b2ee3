import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createCloudonix } from "./client.ts";
import { failureWords } from "./failure-words.ts";

const key = "XI0123456789abcdef0123456789abcdef";
type Seen = { method: string; url: string; authorization: string | undefined; body: string };
const seen: Seen[] = [];
let behave: (request: IncomingMessage, response: ServerResponse) => void;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part: Buffer) => void (body += part.toString()));
  request.on("end", () => {
    const { method = "", url = "", headers } = request;
    seen.push({ method, url, authorization: headers.authorization, body });
    behave(request, response);
  });
});
let baseUrl: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => void seen.splice(0));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const says = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  behave = (_request, response) => void response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
};
const open = (urgency: "person" | "job" = "person", allowance = async () => ({ isAllowed: true, retryMs: 0 })) =>
  createCloudonix({ baseUrl, allowance, bounds: { timeoutMs: 300, limitBytes: 100_000 } }).domain({ domain: "Acme.example", key, urgency });

test("the key and the domain's path go to the one address that is configured, and the answer is read", async () => {
  says(200, { id: 7, domain: "acme.example", aliases: [{ alias: "a.example" }], profile: { "call-timeout": 60 }, defaultApplication: 3 });
  expect(await open().read()).toEqual({
    ok: true,
    value: {
      ...{ id: 7, domain: "acme.example", isActive: true, defaultApplication: 3 },
      ...{ aliases: ["a.example"], profile: { "call-timeout": 60 } },
    },
  });
  expect(seen).toEqual([{ method: "GET", url: "/customers/self/domains/acme.example", authorization: `Bearer ${key}`, body: "" }]);
});

test("a trunk's password is gone before anything else sees the trunk", async () => {
  const authentication = { username: "u", password: "trunk-canary" };
  says(200, [{ id: 1, name: "carrier", ip: "192.0.2.1", port: 5060, profile: { authentication } }]);
  const trunks = await open().trunks();
  expect(trunks).toMatchObject({ ok: true, value: [{ name: "carrier", ip: "192.0.2.1", port: "5060" }] });
  expect(JSON.stringify(trunks)).not.toMatch(/canary|authentication/);
});

test.each([
  [401, {}, { kind: "unauthorised" }],
  [403, {}, { kind: "forbidden" }],
  [404, {}, { kind: "not_found" }],
  [400, { message: `no\n${key} ${"x".repeat(300)}` }, { kind: "refused", status: 400, said: expect.stringMatching(/^no ••• x{1,200}$/) }],
  [500, "<html>", { kind: "refused", status: 500, said: null }],
  [200, "{ no JSON", { kind: "bad_answer", status: 200 }],
  [200, [], { kind: "bad_answer", status: 200 }],
  [200, "x".repeat(100_001), { kind: "too_large", limitBytes: 100_000 }],
])("an answer %i of %j is one failure, in words that say what to do, without the key", async (status, body, failure) => {
  says(status, body);
  const answer = await open().read();
  expect(answer).toEqual({ ok: false, failure });
  if (answer.ok) throw new Error("no failure");
  const words = failureWords(answer.failure, "acme.example");
  expect(words).toMatch(/^Cloudonix .+\. .+\.$|^This API key .+\. .+\.$/);
  expect(words).not.toContain(key);
});

test("a redirect is not followed: the key goes nowhere else", async () => {
  says(307, "", { location: `${baseUrl}/elsewhere` });
  expect(await open().read()).toEqual({ ok: false, failure: { kind: "redirected", status: 307 } });
  expect(seen.map(({ url }) => url)).toEqual(["/customers/self/domains/acme.example"]);
});

test.each([
  ["silence", () => {}],
  [
    "an answer that drips",
    (_request: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(drip));
    },
  ],
])("%s is given up when its time is over", async (_, how) => {
  behave = how;
  const startedAt = performance.now();
  expect(await open().read()).toEqual({ ok: false, failure: { kind: "timeout", afterMs: 300 } });
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});

test("after three questions without a good answer nobody waits for the next", async () => {
  says(500, {});
  let admitted = 0;
  const domain = open("person", async () => {
    admitted += 1;
    return { isAllowed: true, retryMs: 0 };
  });
  for (let n = 0; n < 3; n += 1) expect(await domain.read()).toMatchObject({ failure: { kind: "refused", status: 500 } });
  expect(await domain.read()).toMatchObject({ ok: false, failure: { kind: "paused" } });
  expect({ seen: seen.length, admitted }).toEqual({ seen: 3, admitted: 3 });
});

test("refusals for what was asked, such as a wrong key, stop nobody from asking again", async () => {
  says(401, {});
  const domain = open();
  for (let n = 0; n < 5; n += 1) await domain.read();
  expect(seen).toHaveLength(5);
});

test("a 429 is asked again for a person after what it says, and handed to a job at once", async () => {
  let asked = 0;
  behave = (_request, response) => {
    asked += 1;
    const status = asked === 1 ? 429 : 200;
    response.writeHead(status, { "retry-after": "0" }).end(JSON.stringify({ id: 1, domain: "acme.example" }));
  };
  expect(await open("person").read()).toMatchObject({ ok: true });
  expect(asked).toBe(2);
  asked = 0;
  expect(await open("job").read()).toEqual({ ok: false, failure: { kind: "rate_limited", retryMs: 0 } });
  expect(asked).toBe(1);
});

test("nothing is sent while the budget is used up, and nobody waits longer than they would", async () => {
  says(200, { id: 1, domain: "acme.example" });
  const refused = open("person", async () => ({ isAllowed: false, retryMs: 60_000 }));
  expect(await refused.read()).toEqual({ ok: false, failure: { kind: "rate_limited", retryMs: 60_000 } });
  expect(seen).toEqual([]);
});

test("a list that is answered with 404 is empty where the domain is there, and an error where it isn't", async () => {
  behave = (request, response) => {
    const isThere = request.url === "/customers/self/domains/acme.example";
    response.writeHead(isThere ? 200 : 404).end(isThere ? JSON.stringify({ id: 1, domain: "acme.example" }) : "{}");
  };
  expect(await open().sessions()).toEqual({ ok: true, value: [] });
  says(404, {});
  expect(await open().sessions()).toEqual({ ok: false, failure: { kind: "not_found" } });
});

test("hanging up succeeds where the call was over before, and no name leads to another address", async () => {
  says(204, "");
  expect(await open().endSession("a/b?c")).toEqual({ ok: true, value: "hung_up" });
  expect(seen[0]).toMatchObject({ method: "DELETE", url: "/customers/self/domains/acme.example/sessions/a%2Fb%3Fc" });
  says(404, {});
  expect(await open().endSession("gone")).toEqual({ ok: true, value: "was_over" });
  seen.splice(0);
  for (const token of ["", ".", ".."]) await open().endSession(token);
  await open().writeApplication("..", { url: "https://x.example", method: "POST" });
  expect(seen).toEqual([]);
});

test("a call is moved and started with just what was given", async () => {
  says(200, { token: "t1" });
  await open().switchApplication("s1", { cxml: "<Response/>" });
  expect(await open().startCall({ destination: "+15550100001", "caller-id": "+15550100002", trunk: "carrier" })).toEqual({
    ok: true,
    value: { token: "t1" },
  });
  expect(seen.map(({ method, url, body }) => [method, url, JSON.parse(body)])).toEqual([
    ["POST", "/calls/acme.example/sessions/s1/application", { cxml: "<Response/>" }],
    ["POST", "/calls/acme.example/application", { destination: "+15550100001", "caller-id": "+15550100002", trunk: "carrier" }],
  ]);
});

test("nothing listening is said with the system's word for it", async () => {
  const nowhere = createCloudonix({ baseUrl: "http://127.0.0.1:1", allowance: async () => ({ isAllowed: true, retryMs: 0 }) });
  expect(await nowhere.domain({ domain: "acme.example", key }).read()).toMatchObject({ failure: { kind: "unreachable" } });
});
