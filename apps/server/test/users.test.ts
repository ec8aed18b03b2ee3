/** People through the door: who may change whom, who is always left, and how less rights end what somebody is signed in with. */
import { rowsOf } from "@switchboard/control/sql";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { failureOf, follow, openClientOf } from "./operators.ts";
import { openBrowser } from "./browser.ts";
import { newSession, openDoor } from "./call.ts";
import { openRest, type Rest } from "./rest.ts";
import { openSocket } from "./socket.ts";
import { startTestServer } from "./test-server.ts";

const open = async () => {
  const server = await startTestServer(async ({ newTenant }) => ({ own: await newTenant(), other: await newTenant() }));
  const another = await server.startAnother();
  await openDoor(server.app, server.configured.own).ring({ Session: newSession() });
  const listen = (app: typeof server.app) => app.listen({ host: "127.0.0.1", port: 0 });
  return { ...server, bases: [await listen(server.app), await listen(another.app)] as const };
};
let world: Awaited<ReturnType<typeof open>>;
let admin: Rest;
let people = 0;
const password = "correct horse battery";

/** Addresses get twenty sign-ins a minute: each is used for as much as can be. */
const signIn = async (person: { email: string; password: string }) => {
  const browser = openBrowser(world.bases[0]);
  expect(await browser.signIn(person)).toMatchObject({ status: 200 });
  return browser;
};
const newPerson = async (role: "admin" | "user", by = admin) => {
  people += 1;
  const email = `person${people}@tenant.example`;
  const { status, body } = await by("POST", "/users", { email, password, role });
  expect(status).toBe(201);
  return { id: String(body["id"]), email, password, version: Number(body["version"]) };
};

beforeAll(async () => {
  world = await open();
  admin = openRest(world.bases[0], (await signIn(world.configured.own)).token());
});
afterAll(() => world.stop());

test("a person is created, listed, found, changed and deleted; no password is ever answered, logged or audited", async () => {
  const secrets = ["a first long canary", "a second long canary"];
  const created = await admin("POST", "/users", { email: "Ada@Tenant.example", name: "Ada", password: secrets[0], role: "user" });
  expect(created).toMatchObject({
    status: 201,
    body: { email: "ada@tenant.example", name: "Ada", role: "user", enabled: true, version: 1 },
  });
  const id = String(created.body["id"]);
  expect(Object.keys(created.body).toSorted()).toEqual(["email", "enabled", "id", "name", "role", "version"]);
  expect((await admin("GET", "/users?search=ada&role=user&enabled=true")).body).toEqual({ items: [created.body], nextCursor: null });
  const path = `/users/${id}`;
  expect(await admin("PUT", path, { version: 1, name: null, role: "admin", email: "ada.l@tenant.example" })).toMatchObject({
    status: 200,
    body: { name: null, role: "admin", email: "ada.l@tenant.example", version: 2 },
  });
  expect(await admin("PUT", path, { version: 1, name: "Late" })).toMatchObject({ status: 409, body: { stale: true } });
  expect(await admin("PUT", path, { version: 2, password: secrets[1] })).toMatchObject({ status: 200, body: { version: 3 } });
  expect(await admin("DELETE", path)).toMatchObject({ status: 200, body: { id, deleted: true } });
  expect((await admin("DELETE", path)).status).toBe(404);
  const audit = await rowsOf<{ action: string }>(
    world.configurator.database.pool,
    "SELECT * FROM audit_log WHERE target_id = ? ORDER BY at, id",
    [id],
  );
  expect(audit.map(({ action }) => action)).toEqual(["user.created", "user.updated", "user.password_reset", "user.deleted"]);
  expect(JSON.stringify(audit) + world.logs.join("")).not.toMatch(/canary|argon2/);
});

test("a list goes on where it stopped, each person once", async () => {
  for (const name of ["p1", "p2", "p3"]) await admin("POST", "/users", { email: `${name}@paged.example`, password, role: "user" });
  const first = (await admin("GET", "/users?search=paged&limit=2")).body;
  const second = (await admin("GET", `/users?search=paged&limit=2&cursor=${String(first["nextCursor"])}`)).body;
  const emails = [first, second].flatMap((page) => (page["items"] as { email: string }[]).map(({ email }) => email));
  expect(emails).toEqual(["p1@paged.example", "p2@paged.example", "p3@paged.example"]);
});

test("what is wrong is said field by field", async () => {
  const bad = [
    [{ email: "no address", password, role: "user" }, 400],
    [{ email: "x@y.example", password: "short", role: "user" }, 422],
    [{ email: "x@y.example", password: "password1234", role: "user" }, 422],
    [{ email: "x@y.example", password, role: "owner" }, 400],
    [{ email: "x@y.example", password, role: "user", enabled: true }, 400],
    [{ email: world.configured.other.email, password, role: "user" }, 409],
  ] as const;
  for (const [input, status] of bad) {
    const answer = await admin("POST", "/users", input);
    expect([input, answer.status]).toEqual([input, status]);
    expect(String(answer.body["message"])).toMatch(/\w/);
    if (status !== 409) expect((answer.body["issues"] as { path: string }[])[0]?.path).toMatch(/email|password|role|^$/);
  }
});

test("nobody else's tenant has people, and no user sees any", async () => {
  const theirs = world.configured.other.userId;
  expect((await admin("PUT", `/users/${theirs}`, { version: 1, enabled: false })).status).toBe(404);
  expect((await admin("DELETE", `/users/${theirs}`)).status).toBe(404);
  expect((await admin("GET", `/users?search=${world.configured.other.email}`)).body["items"]).toEqual([]);
  const user = openRest(world.bases[0], (await signIn(await newPerson("user"))).token());
  expect((await user("GET", "/users")).status).toBe(403);
  expect((await user("POST", "/users", { email: "z@y.example", password, role: "admin" })).status).toBe(403);
});

describe("somebody is always left to administer a tenant", () => {
  test("oneself can't be deleted, demoted or disabled, nor get a password without one's own", async () => {
    const self = `/users/${world.configured.own.userId}`;
    const { version } = ((await admin("GET", `/users?search=${world.configured.own.email}`)).body["items"] as { version: number }[])[0]!;
    for (const change of [{ role: "user" }, { enabled: false }, { password: "another long password" }]) {
      const refused = await admin("PUT", self, { version, ...change });
      expect([refused.status, (refused.body["issues"] as { path: string }[])[0]?.path]).toEqual([422, Object.keys(change)[0]]);
    }
    expect(await admin("DELETE", self)).toMatchObject({ status: 422, body: { message: expect.stringContaining("yourself") } });
    expect(await admin("PUT", self, { version, name: "Myself" })).toMatchObject({ status: 200 });
  });

  test.each([
    ["demote", { role: "user" }],
    ["disable", { enabled: false }],
  ] as const)("two admins who %s each other at the same time leave one", async (_, change) => {
    await using server = await startTestServer(({ newTenant }) => newTenant());
    const base = await server.app.listen({ host: "127.0.0.1", port: 0 });
    const tokenOf = async (person: { email: string; password: string }) => {
      const browser = openBrowser(base);
      await browser.signIn(person);
      return openRest(base, browser.token());
    };
    const one = await tokenOf(server.configured);
    const { body } = await one("POST", "/users", { email: "two@tenant.example", password, role: "admin" });
    const two = await tokenOf({ email: "two@tenant.example", password });
    const answers = await Promise.all([
      one("PUT", `/users/${String(body["id"])}`, { version: 1, ...change }),
      two("PUT", `/users/${server.configured.userId}`, { version: 1, ...change }),
    ]);
    // Whoever comes a moment later is signed out already.
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, expect.toBeOneOf([401, 422])]);
    const left = "SELECT COUNT(*) AS count FROM users WHERE role = 'admin' AND enabled = 1";
    expect(await rowsOf(server.configurator.database.pool, left)).toEqual([{ count: 1 }]);
  });
});

/** A person with a socket at each of two processes, and a way to ask both. */
const watcherOf = async (person: { email: string; password: string }) => {
  const browser = await signIn(person);
  const clients = world.bases.map((base) => openClientOf(base)({ current: browser.token() }));
  const told = clients.map(({ api }) => follow(api, null));
  await vi.waitFor(() => expect(told.map((each) => each.isStarted())).toEqual([true, true]), 60_000);
  const sockets = await Promise.all(world.bases.map((base) => openSocket(base, browser.token())));
  return {
    browser,
    clients,
    isOver: async () => ({
      http: await Promise.all(clients.map(async ({ api }) => (await failureOf(api.auth.user.query())).code)),
      events: told.map((each) => each.failure()),
      sockets: sockets.map((each) => each.closedWith()),
    }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
    },
  };
};
const over = { http: ["UNAUTHORIZED", "UNAUTHORIZED"], events: ["UNAUTHORIZED", "UNAUTHORIZED"], sockets: [4401, 4401] };

describe("within a second, at each of two processes, HTTP and sockets end by", () => {
  type Ending = (person: { id: string; version: number }, browser: ReturnType<typeof openBrowser>) => Promise<{ status: number }>;
  const endings: Record<string, Ending> = {
    "signing out": (_, browser) => browser.ask("POST", "/api/auth/logout"),
    "being disabled": ({ id, version }) => admin("PUT", `/users/${id}`, { version, enabled: false }),
    "being demoted": ({ id, version }) => admin("PUT", `/users/${id}`, { version, role: "user" }),
    "being deleted": ({ id }) => admin("DELETE", `/users/${id}`),
    "a password set by an admin": ({ id, version }) => admin("PUT", `/users/${id}`, { version, password: "quite another password" }),
  };
  test.each(Object.entries(endings))("%s", async (_, end) => {
    const person = await newPerson("admin");
    await using watcher = await watcherOf(person);
    expect((await end(person, watcher.browser)).status).toBe(200);
    await vi.waitFor(async () => expect(await watcher.isOver()).toEqual(over), { timeout: 10_000, interval: 20 });
    expect((await watcher.browser.refresh()).status).toBe(401);
  });

  test("one's own new password, but where it was set", async () => {
    const person = await newPerson("user");
    await using elsewhere = await watcherOf(person);
    const here = await signIn(person);
    const change = { currentPassword: password, newPassword: "a new long password" };
    expect(await here.ask("POST", "/api/auth/password", { ...change, currentPassword: "a wrong long password" })).toMatchObject({
      status: 422,
      body: { issues: [{ path: "currentPassword" }] },
    });
    expect(await here.ask("POST", "/api/auth/password", { ...change, newPassword: "short" })).toMatchObject({
      status: 422,
      body: { issues: [{ path: "newPassword" }] },
    });
    expect(await here.ask("POST", "/api/auth/password", change)).toMatchObject({ status: 200, body: { changed: true } });
    await vi.waitFor(async () => expect(await elsewhere.isOver()).toEqual(over), { timeout: 10_000, interval: 20 });
    expect(await here.isSignedIn()).toBe(true);
    expect((await here.refresh()).status).toBe(200);
    expect((await openBrowser(world.bases[0]).signIn(person)).status).toBe(401);
    expect((await openBrowser(world.bases[0]).signIn({ ...person, password: change.newPassword })).status).toBe(200);
  });
});

test("whoever holds a session can't guess its password for long", async () => {
  const person = await newPerson("user");
  const browser = await signIn(person);
  const guess = () =>
    browser.ask("POST", "/api/auth/password", { currentPassword: "guessed password", newPassword: "a new long password" });
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) statuses.push((await guess()).status);
  expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
});
