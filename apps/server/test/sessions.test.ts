/** Sign-ins through the doors: the cookie, its rotation and reuse, forgeries, and how they end. */
import { execute } from "@switchboard/control/sql";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readKeyRing } from "@switchboard/control/key-ring";
import { createAccessTokens } from "../src/auth/access-token.ts";
import { secretKeysOf } from "../src/secret-keys.ts";
import { openBrowser } from "./browser.ts";
import { startTestServer } from "./test-server.ts";

const open = async () => {
  const server = await startTestServer(async ({ newTenant }) => ({ own: await newTenant(), other: await newTenant() }));
  return { ...server, base: await server.app.listen({ host: "127.0.0.1", port: 0 }) };
};
let world: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  world = await open();
});
afterAll(() => world.stop());

const signedIn = async () => {
  const browser = openBrowser(world.base);
  expect((await browser.signIn(world.configured.own)).status).toBe(200);
  return browser;
};
const secondsAgo = (seconds: number, cookie: string | null) =>
  execute(world.configurator.database.pool, "UPDATE sessions SET rotated_at = NOW(3) - INTERVAL ? SECOND WHERE id = ?", [
    seconds,
    /=(ses_\w+)/.exec(cookie ?? "")?.[1] ?? "",
  ]);

describe("the cookie", () => {
  test("is out of every script's reach, for this site alone, and never in the answer", async () => {
    const { body, setCookie } = await openBrowser(world.base).signIn(world.configured.own);
    expect(setCookie).toMatch(/; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
    expect(Object.keys(body).toSorted()).toEqual(["accessToken", "expiresInSeconds", "tokenType", "user"]);
    expect(JSON.stringify(body)).not.toContain(/=([^;]+)/.exec(setCookie ?? "")?.[1]);
  });

  test("is Secure and bound to the host where the public address is https", async () => {
    await using server = await startTestServer(({ newTenant }) => newTenant(), { environment: { PUBLIC_URL: "https://voice.example" } });
    const base = await server.app.listen({ host: "127.0.0.1", port: 0 });
    const { setCookie } = await openBrowser(base).signIn(server.configured);
    expect(setCookie).toMatch(/^__Host-switchboard_refresh=ses_.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
  });

  test("signs in over tRPC as over REST", async () => {
    const { email, password } = world.configured.own;
    const browser = openBrowser(world.base);
    expect((await browser.ask("POST", "/trpc/auth.login?batch=1", { 0: { email, password } })).setCookie).toMatch(/HttpOnly/);
    expect((await browser.refresh()).status).toBe(200);
    expect((await browser.ask("POST", "/trpc/auth.refresh", {})).setCookie).toMatch(/HttpOnly/);
    expect((await browser.refresh()).status).toBe(200);
  });

  test("does nothing for a page of another site", async () => {
    const browser = await signedIn();
    for (const origin of ["https://evil.example", "null", `${world.base}.evil.example`]) {
      const foreign = openBrowser(world.base, { cookie: browser.cookie(), origin });
      expect((await foreign.refresh()).status).toBe(403);
      expect((await foreign.ask("POST", "/trpc/auth.logout", {})).status).toBe(403);
      expect((await foreign.signIn(world.configured.own)).status).toBe(403);
    }
    expect((await browser.refresh()).status).toBe(200);
  });
});

describe("refreshing", () => {
  test("answers as login does and gives the next token in the cookie", async () => {
    const browser = await signedIn();
    const [cookie, token] = [browser.cookie(), browser.token()];
    const { status, body } = await browser.refresh();
    expect([status, body]).toEqual([
      200,
      { accessToken: expect.any(String), tokenType: "Bearer", expiresInSeconds: 600, user: expect.objectContaining({ role: "admin" }) },
    ]);
    expect(browser.cookie()).not.toBe(cookie);
    expect(token).not.toBe("");
    expect(await browser.isSignedIn()).toBe(true);
  });

  test("two tabs at the same instant both stay signed in, with the same next token", async () => {
    const browser = await signedIn();
    const tabs = Array.from({ length: 8 }, () => openBrowser(world.base, { cookie: browser.cookie() }));
    const answers = await Promise.all(tabs.map((tab) => tab.refresh()));
    expect(answers.map(({ status }) => status)).toEqual(tabs.map(() => 200));
    expect(new Set(tabs.map((tab) => tab.cookie())).size).toBe(1);
    expect((await tabs[0]!.refresh()).status).toBe(200);
  });

  test("a token that comes again later ends the sign-in, for whoever holds the newest too, HTTP and all", async () => {
    const browser = await signedIn();
    const thief = openBrowser(world.base, { cookie: browser.cookie() });
    await browser.refresh();
    await secondsAgo(11, browser.cookie());
    expect(await thief.refresh()).toMatchObject({ status: 401, body: { code: "UNAUTHORIZED" } });
    expect(await browser.isSignedIn()).toBe(false);
    expect((await browser.refresh()).status).toBe(401);
    expect(world.logs.join("")).toContain("refresh_token_reused");
  });

  test("one that is two steps old ends it even within the overlap", async () => {
    const browser = await signedIn();
    const old = openBrowser(world.base, { cookie: browser.cookie() });
    await browser.refresh();
    await browser.refresh();
    expect((await old.refresh()).status).toBe(401);
    expect(await browser.isSignedIn()).toBe(false);
  });

  test("what is cut, made up or put together from two sign-ins is nobody's, and clears the cookie", async () => {
    const [one, two] = [await signedIn(), await signedIn()];
    const [name = "", value = ""] = (one.cookie() ?? "").split("=");
    const [id = "", secret = ""] = value.split(".");
    const [otherId = ""] = (two.cookie() ?? "").split("=")[1]?.split(".") ?? [];
    const forged = [
      "",
      "x",
      id,
      `${id}.`,
      `${id}.${secret.slice(0, -1)}`,
      `${id}.${secret}x`,
      `.${secret}`,
      `ses_${"0".repeat(20)}.${secret}`,
      "x".repeat(4_000),
    ];
    for (const each of forged) {
      const { status } = await openBrowser(world.base, { cookie: `${name}=${each}` }).refresh();
      expect([each.slice(0, 40), status]).toEqual([each.slice(0, 40), 401]);
    }
    expect((await openBrowser(world.base).refresh()).status).toBe(401);
    expect((await one.refresh()).status).toBe(200);
    const crossed = openBrowser(world.base, { cookie: `${name}=${otherId}.${secret}` });
    expect((await crossed.refresh()).status).toBe(401);
    expect(crossed.cookie()).toBeNull();
  });

  test("nobody who is disabled refreshes", async () => {
    const { pool } = world.configurator.database;
    const browser = openBrowser(world.base);
    await browser.signIn(world.configured.other);
    await execute(pool, "UPDATE users SET enabled = 0 WHERE email = ?", [world.configured.other.email]);
    expect((await browser.refresh()).status).toBe(401);
    await execute(pool, "UPDATE users SET enabled = 1 WHERE email = ?", [world.configured.other.email]);
  });
});

test("signing out ends the token and the cookie, also with the cookie alone", async () => {
  const browser = await signedIn();
  const kept = browser.cookie();
  expect(await browser.ask("POST", "/api/auth/logout")).toMatchObject({ status: 200, body: { ended: true } });
  expect(browser.cookie()).toBeNull();
  expect(await browser.isSignedIn()).toBe(false);
  expect((await openBrowser(world.base, { cookie: kept }).refresh()).status).toBe(401);

  const expired = await signedIn();
  const token = expired.token();
  expired.setToken(null);
  expect((await expired.ask("POST", "/api/auth/logout")).status).toBe(200);
  expired.setToken(token);
  expect(await expired.isSignedIn()).toBe(false);
  expect((await openBrowser(world.base).ask("POST", "/api/auth/logout")).status).toBe(401);
});

test("an unknown e-mail address and a wrong password get the same answer", async () => {
  const browser = openBrowser(world.base);
  const { email } = world.configured.own;
  const answers = [
    await browser.signIn({ email: "nobody@nowhere.example", password: "wrong password" }),
    await browser.signIn({ email, password: "wrong password" }),
  ];
  for (const { status, body } of answers)
    expect([status, body["code"], body["message"]]).toEqual([401, "UNAUTHORIZED", "E-mail or password is wrong."]);
});

test("every forged access token is 401, over both doors", async () => {
  const browser = await signedIn();
  const keys = readKeyRing(secretKeysOf(null, world.dataDir)).derive("jwt");
  const key = keys[0]!.key;
  const sid = /=(ses_\w+)/.exec(browser.cookie() ?? "")?.[1] ?? "";
  const { own, other } = world.configured;
  const claims = { tid: own.tenantId, sid };
  const sign = (
    change: { header?: object; claims?: object; issuer?: string; audience?: string; expires?: string; key?: Uint8Array } = {},
  ) =>
    new SignJWT({ ...claims, ...change.claims })
      .setProtectedHeader({ alg: "HS256", kid: keys[0]!.id, typ: "JWT", ...change.header })
      .setIssuer(change.issuer ?? "switchboard")
      .setAudience(change.audience ?? "switchboard-api")
      .setIssuedAt()
      .setExpirationTime(change.expires ?? "5 minutes")
      .sign(change.key ?? key);
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const good = await sign();
  const [head = "", body = "", signature = ""] = good.split(".");
  const forged = {
    "alg none": `${encoded({ alg: "none", typ: "JWT", kid: keys[0]!.id })}.${body}.`,
    "other key": await sign({ key: new Uint8Array(32) }),
    "other purpose": await sign({ key: readKeyRing(secretKeysOf(null, world.dataDir)).derive("action-url")[0]!.key }),
    issuer: await sign({ issuer: "elsewhere" }),
    audience: await sign({ audience: "elsewhere" }),
    kid: await sign({ header: { kid: "k9" } }),
    "no kid": await sign({ header: { kid: undefined } }),
    typ: await sign({ header: { typ: "refresh" } }),
    algorithm: await sign({ header: { alg: "HS512" } }),
    expired: await sign({ expires: "-1 second" }),
    "other tenant": await sign({ claims: { tid: other.tenantId } }),
    "no such session": await sign({ claims: { sid: `ses_${"0".repeat(20)}` } }),
    "no session": await createAccessTokens(keys).mint({ tenantId: own.tenantId, sessionId: "" }),
    cut: good.slice(0, -1),
    "claims changed": `${head}.${encoded({ ...claims, tid: other.tenantId, exp: 9_999_999_999, iat: 1, iss: "switchboard", aud: "switchboard-api" })}.${signature}`,
    "refresh token": (browser.cookie() ?? "").split("=")[1] ?? "",
  };
  const status = async (token: string, path: string) =>
    (await fetch(`${world.base}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect([await status(good, "/api/auth/user"), await status(good, "/trpc/auth.user")]).toEqual([200, 200]);
  for (const [name, token] of Object.entries(forged)) {
    expect([name, await status(token, "/api/auth/user"), await status(token, "/trpc/auth.user")]).toEqual([name, 401, 401]);
  }
});
