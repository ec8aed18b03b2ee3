import { createServer } from "node:http";
import { once } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import type { CallEvent } from "../call-event.ts";
import { openFakeCloudonix } from "./fake-cloudonix.ts";

type Seen = { path: string; body: Record<string, unknown> };

const document = (inside: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`;

/** A Switchboard that dials one agent, answers hang-up to its result, and remembers what it was told. */
const openProduct = async () => {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (piece) => (text += piece));
    request.on("end", () => {
      const path = (request.url ?? "").split("?")[0] ?? "";
      const body: unknown = JSON.parse(text);
      seen.push({ path, body: (Array.isArray(body) ? body[0] : body) as Seen["body"] });
      if (!path.startsWith("/api/webhooks/voice") && !path.startsWith("/then")) return void response.writeHead(204).end();
      const agent = path === "/then" ? "+15550100200" : "+15550100100";
      const dial = `<Dial action="${url}/over" method="POST" timeout="20"><Service provider="vapi">${agent}</Service></Dial>`;
      response.writeHead(200, { "content-type": "application/xml; charset=utf-8" }).end(document(dial));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return { url, seen };
};

const open = async () => {
  const product = await openProduct();
  const events: CallEvent[] = [];
  const target = { baseUrl: product.url, publicUrl: product.url, tenantKey: "key", webhookToken: "token", domain: "demo.example" };
  const fake = await openFakeCloudonix({ target, observe: (event) => events.push(event) });
  onTestFinished(() => fake[Symbol.asyncDispose]());
  const ask = async (method: string, path: string, body?: object, key = fake.domain.key) => {
    const response = await fetch(fake.url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "manual",
      signal: AbortSignal.timeout(2_000),
    });
    return { status: response.status, body: response.status === 204 ? null : await response.text() };
  };
  const dialled = () => events.flatMap((event) => (event.kind === "dialled" ? [event.destination] : []));
  return { ...product, fake, ask, events, dialled };
};

const sessions = "/customers/self/domains/demo.example/sessions";

test("a call in progress is a session; ending it hangs the call up, with its last update and one CDR", async () => {
  const { fake, ask, seen, events } = await open();
  expect((await ask("GET", sessions)).status).toBe(404);
  const { session, outcome } = fake.call({ from: "+15550100001", to: "+15550100002" });
  await vi.waitFor(() => expect(events.some(({ kind }) => kind === "connected")).toBe(true), 60_000);
  expect(JSON.parse((await ask("GET", sessions)).body ?? "")).toMatchObject([{ token: session, status: "connected", callEndTime: null }]);
  expect((await ask("DELETE", `${sessions}/${session}`)).status).toBe(204);
  expect(await outcome).toMatchObject({ disposition: "ANSWER", steps: [{ result: "abandoned" }], violations: 0 });
  const told = seen.filter(({ body }) => body["token"] === session);
  expect(told.at(-1)?.body).toMatchObject({ status: "external", endTime: expect.any(String) });
  expect(seen.filter(({ body }) => body["disposition"] !== undefined)).toHaveLength(1);
  expect((await ask("DELETE", `${sessions}/${session}`)).status).toBe(404);
});

test("a session that is sent elsewhere drops its agent and does what the new document says, handed over or fetched", async () => {
  const { fake, ask, url, dialled } = await open();
  const { session, outcome } = fake.call({ from: "+15550100001", to: "+15550100002" });
  await vi.waitFor(() => expect(dialled()).toEqual(["vapi:+15550100100"]), 60_000);
  const path = `/calls/demo.example/sessions/${session}/application`;
  expect((await ask("POST", path, { url: `${url}/then?s=1`, method: "POST" })).status).toBe(200);
  await vi.waitFor(() => expect(dialled()).toEqual(["vapi:+15550100100", "vapi:+15550100200"]), 60_000);
  expect((await ask("POST", path, { cxml: document("<Hangup/>") })).status).toBe(200);
  expect(await outcome).toMatchObject({ steps: [{ result: "abandoned" }, { result: "abandoned" }], violations: 0 });
});

test("a call that was asked for rings the number, and asks for its document once that has answered", async () => {
  const { fake, ask, url, seen, dialled } = await open();
  const body = { destination: "+15550100777", "caller-id": "+15550100002", url: `${url}/then?s=2`, trunk: "carrier-a", timeout: 30 };
  const started = await ask("POST", "/calls/demo.example/application", body);
  expect(started.status).toBe(200);
  await vi.waitFor(() => expect(dialled()).toEqual(["vapi:+15550100200"]), 60_000);
  expect(seen.find(({ path }) => path === "/then")?.body).toMatchObject({
    Direction: "outbound-api",
    From: "+15550100777",
    To: "+15550100002",
  });

  fake.ring({ kind: "busy", ringMs: 0 });
  await ask("POST", "/calls/demo.example/application", body);
  await vi.waitFor(() => expect(seen.some(({ body: { disposition } }) => disposition === "BUSY")).toBe(true), 60_000);
  expect(dialled()).toHaveLength(1);
});

test("a request that is not as described is refused and remembered; keys open their own domain alone", async () => {
  const { fake, ask } = await open();
  const other = fake.platform.add({ domain: "other.example" });
  expect((await ask("GET", "/customers/self/domains/demo.example", undefined, other.key)).status).toBe(403);
  expect((await ask("GET", "/customers/self/domains/demo.example", undefined, "XInone")).status).toBe(401);
  expect((await ask("GET", "/customers/self/domains/nowhere.example")).status).toBe(404);
  expect(fake.invalidRequests()).toEqual([]);
  expect((await ask("POST", "/calls/demo.example/application", { to: "+15550100777" })).status).toBe(400);
  expect((await ask("GET", "/nowhere")).status).toBe(400);
  expect(fake.invalidRequests()).toMatchObject([
    { operation: "startCall", problems: [expect.stringContaining("destination")] },
    { operation: null, problems: ["there is no such path"] },
  ]);
});

test("it misbehaves as told, as often as told", async () => {
  const { fake, ask } = await open();
  const domain = "/customers/self/domains/demo.example";
  fake.misbehave({ kind: "status", status: 429 }, { times: 1 });
  expect((await ask("GET", domain)).status).toBe(429);
  expect((await ask("GET", domain)).status).toBe(200);
  fake.misbehave({ kind: "refuse" }, { times: 1, operation: "readDomain" });
  await expect(ask("GET", domain)).rejects.toThrow("fetch failed");
  fake.misbehave({ kind: "redirect", to: "http://127.0.0.1:9/" }, { times: 1 });
  expect((await ask("GET", domain)).status).toBe(302);
  fake.misbehave({ kind: "bad_json" }, { times: 1 });
  expect((await ask("GET", domain)).body).toBe('{"token": "cut o');
  fake.misbehave({ kind: "huge", megabytes: 10 }, { times: 1 });
  expect((await ask("GET", domain)).body?.length).toBeGreaterThan(10_000_000);
  fake.misbehave({ kind: "drip", everyMs: 5 });
  const dripping = await fetch(fake.url + domain, { signal: AbortSignal.timeout(100) });
  await expect(dripping.text()).rejects.toThrow(/abort|timeout/i);
  fake.behave();
  expect((await ask("GET", domain)).status).toBe(200);
});
