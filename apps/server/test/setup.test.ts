/** The first set-up of an empty database, with the token that the machine shows. */
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { openDoor } from "./call.ts";
import { startTestServer } from "./test-server.ts";

const openEmpty = async () => {
  const server = await startTestServer(async () => null);
  const another = await server.startAnother();
  const bases = await Promise.all([server, another].map(({ app }) => app.listen({ host: "127.0.0.1", port: 0 })));
  const file = join(server.dataDir, "setup-token");
  return { ...server, base: bases[0] ?? "", otherBase: bases[1] ?? "", file, token: (await readFile(file, "utf8")).trim() };
};
const password = "correct horse battery";
const inputOf = (setupToken: string, name = "first") => ({
  setupToken,
  domain: `${name}.example`,
  email: `ada@${name}.example`,
  password,
  country: "GB",
});

test("whoever holds the token creates the first tenant, is signed in, sees each secret once, and calls route at once", async () => {
  await using server = await openEmpty();
  const browser = openBrowser(server.base);
  expect((await stat(server.file)).mode & 0o777).toBe(0o600);
  expect(await browser.ask("GET", "/api/setup")).toMatchObject({ status: 200, body: { needed: true } });
  for (const wrong of ["wrong", `${server.token}x`, server.token.slice(1)]) {
    expect((await browser.ask("POST", "/api/setup", inputOf(wrong))).status).toBe(401);
  }
  expect(await browser.ask("POST", "/api/setup", { ...inputOf(server.token), password: "short" })).toMatchObject({ status: 422 });
  expect(await browser.ask("POST", "/api/setup", { ...inputOf(server.token), domain: "no domain" })).toMatchObject({ status: 400 });

  const { status, body } = await browser.ask("POST", "/api/setup", inputOf(server.token));
  expect([status, body]).toEqual([
    201,
    {
      accessToken: expect.any(String),
      tokenType: "Bearer",
      expiresInSeconds: 600,
      user: expect.objectContaining({ email: "ada@first.example", role: "admin" }),
      domain: "first.example",
      tenantKey: expect.stringMatching(/^\w{32}$/),
      webhookToken: expect.any(String),
      webhooks: { voiceApplication: expect.stringContaining("/api/webhooks/"), sessionUpdate: expect.any(String), cdr: expect.any(String) },
    },
  ]);
  expect(await browser.isSignedIn()).toBe(true);
  expect((await browser.refresh()).status).toBe(200);
  expect(existsSync(server.file)).toBe(false);
  expect(server.logs.join("")).not.toContain(server.token);
  expect(server.logs.join("")).not.toContain(body["webhookToken"]);

  const made = { domain: "first.example", tenantKey: String(body["tenantKey"]), webhookToken: String(body["webhookToken"]) };
  const reply = await openDoor(server.app, made as never).ring({ Session: "s1" });
  expect([reply.status, reply.document.verb]).toEqual([200, "Hangup"]);
  for (const base of [server.base, server.otherBase]) {
    expect((await openBrowser(base).ask("GET", "/api/setup")).body).toEqual({ needed: false });
    expect((await openBrowser(base).ask("POST", "/api/setup", inputOf(server.token, "second"))).status).toBe(409);
  }
});

test("of several who set up at once, at two processes, one wins", async () => {
  await using server = await openEmpty();
  const tries = Array.from({ length: 6 }, (_, n) =>
    openBrowser(n % 2 === 0 ? server.base : server.otherBase).ask("POST", "/api/setup", inputOf(server.token, `tenant${n}`)),
  );
  expect((await Promise.all(tries)).map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
  expect(await server.configurator.database.prisma.tenant.count()).toBe(1);
});

test("a process that finds a tenant offers no set-up", async () => {
  await using server = await startTestServer(({ newTenant }) => newTenant());
  expect(existsSync(join(server.dataDir, "setup-token"))).toBe(false);
});
