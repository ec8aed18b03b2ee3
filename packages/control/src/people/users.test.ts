import { afterAll, beforeAll, expect, test } from "vitest";
import { openControl } from "../control-fixture.ts";
import { findSessions, revokeSession, startSession } from "./sessions.ts";
import { createUsers, findUser, verifyLogin } from "./users.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

test("a person signs in with their e-mail in any case; unknown, wrong and disabled all get the same nothing", async () => {
  const { tenantId, userId, email, password } = await control.newTenant();
  expect(await verifyLogin(control.deps, ` ${email.toUpperCase()} `, password)).toEqual({
    tenantId,
    user: { id: userId, email, name: null, role: "admin", enabled: true, version: 1 },
  });
  expect(await verifyLogin(control.deps, email, `${password}!`)).toBeNull();
  expect(await verifyLogin(control.deps, "nobody@tenant.example", password)).toBeNull();
  await control.database.prisma.user.update({ where: { email }, data: { enabled: false } });
  expect(await verifyLogin(control.deps, email, password)).toBeNull();
});

test("a session is in force until it is revoked, has run out, or its person is disabled; the role is today's", async () => {
  const { tenantId, configuration } = await control.newTenant();
  const user = await configuration.users.create({
    email: "reader@tenant.example",
    password: "correct horse battery",
    role: "user",
  });
  const started = await startSession(control.database, tenantId, user.id);
  const id = started.sessionId;
  const state = async (now = new Date()) => (await findSessions(control.database, [id, "ses_of_nobody"], now)).get(id);
  expect(await state()).toEqual({ tenantId, userId: user.id, email: user.email, role: "user", ended: false });
  await control.database.prisma.user.update({ where: { email: user.email }, data: { role: "admin" } });
  expect(await state()).toMatchObject({ role: "admin", ended: false });
  expect(await state(started.expiresAt)).toMatchObject({ ended: true });
  await control.database.prisma.user.update({ where: { email: user.email }, data: { enabled: false } });
  expect(await state()).toMatchObject({ ended: true });
  await control.database.prisma.user.update({ where: { email: user.email }, data: { enabled: true } });
  await revokeSession(control.database, id);
  expect(await state()).toMatchObject({ ended: true });
});

test("no refresh token is in the database", async () => {
  const { tenantId, userId } = await control.newTenant();
  const { sessionId, refreshToken } = await startSession(control.database, tenantId, userId);
  expect(refreshToken.startsWith(`${sessionId}.`)).toBe(true);
  const row = await control.database.prisma.session.findUniqueOrThrow({ where: { id: sessionId } });
  expect(JSON.stringify(row)).not.toContain(refreshToken.split(".")[1]);
});

test("a person is found in their own tenant only, and created once", async () => {
  const [mine, theirs] = [await control.newTenant(), await control.newTenant()];
  expect(await findUser(control.database, mine.tenantId, mine.userId)).toMatchObject({ email: mine.email });
  expect(await findUser(control.database, mine.tenantId, theirs.userId)).toBeNull();
  const twice = { email: theirs.email, password: "correct horse battery", role: "user" } as const;
  await expect(mine.configuration.users.create(twice)).rejects.toMatchObject({ kind: "conflict" });
});

test.each([
  ["demote", { role: "user" }],
  ["disable", { enabled: false }],
] as const)("of two admins who %s each other at the same time one stays", async (_, change) => {
  const { tenantId, userId, configuration } = await control.newTenant();
  const { database, keyRing, passwords } = control;
  const email = `second-of-${tenantId}@tenant.example`;
  const second = await configuration.users.create({ email, password: "correct horse battery", role: "admin" });
  const asActor = (id: typeof userId) =>
    createUsers({
      database,
      keyRing,
      passwords,
      tenantId,
      actor: { id, name: id },
      announce: async () => {},
      sessionsEnded: async () => {},
    });
  const outcomes = await Promise.allSettled([
    asActor(userId).update(second.id, { version: 1, ...change }),
    asActor(second.id).update(userId, { version: 1, ...change }),
  ]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "rule_broken" } });
  expect(await database.prisma.user.count({ where: { tenantId, role: "admin", enabled: true } })).toBe(1);
});
