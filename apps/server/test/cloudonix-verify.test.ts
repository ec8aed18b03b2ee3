/** Whether domain and key work at Cloudonix, asked at our door, against a server that plays it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRest, type Rest } from "./rest.ts";
import { startTestServer } from "./test-server.ts";
import { openClientOf } from "./operators.ts";

const key = "XI-right-canary";
let domain: string;
const platform = createServer(({ url, headers }, response) => {
  if (headers.authorization !== `Bearer ${key}`) return void response.writeHead(401).end("{}");
  if (url !== `/customers/self/domains/${domain}`) return void response.writeHead(404).end("{}");
  response.end(JSON.stringify({ id: 1, domain, aliases: [{ alias: "also.example" }], active: false }));
});
await new Promise<void>((listening) => platform.listen(0, "127.0.0.1", listening));
const CLOUDONIX_API_URL = `http://127.0.0.1:${(platform.address() as AddressInfo).port}/`;

let server: Awaited<ReturnType<typeof open>>;
let admin: Rest;
const open = () => startTestServer(({ newTenant }) => newTenant(), { environment: { CLOUDONIX_API_URL } });
beforeAll(async () => {
  server = await open();
  domain = server.configured.domain;
  const base = await server.app.listen({ host: "127.0.0.1", port: 0 });
  const { email, password } = server.configured;
  await using client = openClientOf(base)({ current: null });
  const { accessToken } = await client.api.auth.login.mutate({ email, password });
  admin = openRest(base, accessToken);
});
afterAll(async () => {
  await server.stop();
  platform.close();
});

const verify = (input: object = {}) => admin("POST", "/cloudonix/verify", input);

test("a domain and its key are held against Cloudonix; each failure says what to do, and the key is shown nowhere", async () => {
  expect(await verify()).toMatchObject({ status: 200, body: { works: false, failure: "no_key", words: expect.stringMatching(/XI/) } });
  const wrong = await verify({ cloudonixKey: "XI-wrong-canary" });
  expect(wrong.body).toMatchObject({ works: false, failure: "unauthorised", words: expect.stringMatching(/does not know this API key/) });
  expect((await verify({ cloudonixKey: "no\nheader canary" })).body).toMatchObject({ failure: "unauthorised" });
  const right = await verify({ cloudonixKey: key });
  expect(right.body).toEqual({
    ...{ works: true, domain, failure: null, words: expect.stringContaining(domain) },
    warnings: [expect.stringMatching(/not active/), expect.stringMatching(/also\.example/)],
  });
  expect((await admin("GET", "/tenant")).body).toMatchObject({ hasCloudonixKey: false });
  await admin("PUT", "/tenant", { version: 1, cloudonixKey: key });
  const stored = await verify();
  expect(stored.body).toMatchObject({ works: true });
  expect([wrong.text, right.text, stored.text, server.logs.join()].join()).not.toContain("canary");
});
