/** `npm run admin` as a person at the machine runs it: JSON on one stream, words on the other, and running servers that follow. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execute, rowsOf } from "@switchboard/control/sql";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openBrowser } from "./browser.ts";
import { newSession, openDoor } from "./call.ts";
import { openRest } from "./rest.ts";
import { openSocket } from "./socket.ts";
import { startTestServer, type TestTenant } from "./test-server.ts";

const program = resolve(import.meta.dirname, "../src/admin.ts");
const password = "correct horse battery";

const withRule = async (tenant: TestTenant) => {
  const { agents, inboundRules } = tenant.configuration;
  const { item } = await agents.create({
    name: "Ava",
    provider: "synthflow",
    serviceValue: "x",
    username: "user",
    password: "the agent's secret",
  });
  await inboundRules.create({ pattern: "*", targetType: "voice_agent", targetId: item.id });
  return item;
};

/** On a key ring that is the file in its data directory. */
const open = async () => {
  const server = await startTestServer(
    async ({ newTenant }) => {
      const [own, other] = [await newTenant(), await newTenant()];
      return { own, other, agent: await withRule(own), otherAgent: await withRule(other) };
    },
    { environment: { SECRET_KEYS: "" } },
  );
  return { ...server, base: await server.app.listen({ host: "127.0.0.1", port: 0 }) };
};
let world: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  world = await open();
});
afterAll(() => world.stop());

type Outcome = { code: number; stdout: string; stderr: string };
const admin = (args: string[], more: Record<string, string> = {}): Promise<Outcome> =>
  new Promise((done) => {
    const env = { DATABASE_URL: world.databaseUrl, REDIS_URL: world.redis.url, DATA_DIR: world.dataDir, ...more };
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr }),
    );
  });
const jsonOf = ({ code, stdout, stderr }: Outcome): Record<string, unknown> => {
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as Record<string, unknown>;
};

test("a tenant is created, and its calls are answered by a running server at once", async () => {
  const domain = "made.example";
  const made = jsonOf(
    await admin(["create-tenant", "--domain", domain, "--email", "ada@made.example", "--password", password, "--country", "GB"]),
  );
  expect(Object.keys(made).toSorted()).toEqual(["domain", "tenantKey", "webhookToken", "webhooks"]);
  const door = openDoor(world.app, { domain, tenantKey: String(made["tenantKey"]), webhookToken: String(made["webhookToken"]) } as never);
  await vi.waitFor(async () => expect((await door.ring({ Session: newSession() })).status).toBe(200), { timeout: 10_000, interval: 20 });
});

test("a person is created in a tenant named by its domain, and signs in", async () => {
  const { own } = world.configured;
  const email = "bob@made.example";
  const made = jsonOf(
    await admin(["create-user", "--domain", own.domain.toUpperCase(), "--email", email, "--password", password, "--name", "Bob"]),
  );
  expect(made).toEqual({
    id: expect.any(String),
    email,
    name: "Bob",
    role: "user",
    enabled: true,
    version: 1,
    domain: own.domain.toUpperCase(),
  });
  expect((await openBrowser(world.base).signIn({ email, password })).body["user"]).toMatchObject({ email, role: "user" });
});

test("a password that is reset signs its person out within a second, and lets them in again", async () => {
  const { other } = world.configured;
  const browser = openBrowser(world.base);
  await browser.signIn(other);
  const socket = await openSocket(world.base, browser.token());
  const next = "quite another password";
  expect(jsonOf(await admin(["reset-password", "--email", other.email, "--password", next]))).toMatchObject({
    email: other.email,
    version: 2,
  });
  await vi.waitFor(() => expect(socket.closedWith()).toBe(4401), { timeout: 10_000, interval: 20 });
  expect(await browser.isSignedIn()).toBe(false);
  expect((await openBrowser(world.base).signIn({ email: other.email, password: next })).status).toBe(200);
  const audit = await rowsOf<{ actor_name: string }>(
    world.configurator.database.pool,
    "SELECT * FROM audit_log WHERE action = 'user.password_reset'",
  );
  expect(audit.map(({ actor_name }) => actor_name)).toEqual(["npm run admin"]);
  expect(JSON.stringify(audit)).not.toContain(next);
});

test("what can't be done is said in words, with exit code 1 and nothing on standard output", async () => {
  const { own } = world.configured;
  const wrong: [string[], RegExp][] = [
    [[], /^Usage: npm run admin/],
    [["destroy-tenant"], /There is no command "destroy-tenant"/],
    [["toString"], /There is no command/],
    [["create-tenant", "--domain", "x.example"], /Missing: --email, --password/],
    [["create-tenant", "--domain", own.domain, "--email", "x@y.example", "--password", password], /belongs to a tenant already/],
    [["create-tenant", "--domain", "x.example", "--email", "x@y.example", "--password", "short"], /at least 12 characters/],
    [["create-user", "--domain", "no.example", "--email", "x@y.example", "--password", password], /No tenant has the domain/],
    [["create-user", "--domain", own.domain, "--email", own.email, "--password", password], /already/],
    [
      ["create-user", "--domain", own.domain, "--email", "x@y.example", "--password", password, "--role", "owner"],
      /--role is admin or user/,
    ],
    [["reset-password", "--email", "nobody@y.example", "--password", password], /Nobody has the e-mail address/],
    [["rotate-keys", "--surprise"], /Unknown option '--surprise'/],
  ];
  for (const [args, words] of wrong) {
    const { code, stdout, stderr } = await admin(args);
    expect([args, code, stdout]).toEqual([args, 1, ""]);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
});

describe("rotating keys", () => {
  const ring = async () => (await readFile(join(world.dataDir, "secret-keys"), "utf8")).trim();
  const sealed = async () =>
    (await rowsOf<{ text: string }>(world.configurator.database.pool, "SELECT sealed_password AS text FROM voice_agents")).map(
      ({ text }) => text.split(".")[1],
    );

  test("a running server with the old ring goes on answering, follows changes of what is sealed anew, and seals with the new key", async () => {
    const { own, agent } = world.configured;
    const door = openDoor(world.app, own);
    const browser = openBrowser(world.base);
    await browser.signIn(own);
    const rest = openRest(world.base, browser.token());
    expect((await rest("PUT", "/tenant", { version: 1, cloudonixKey: "a cloudonix key" })).status).toBe(200);
    const before = await door.ring({ Session: newSession() });
    expect(before.document.service["password"]).toBe("the agent's secret");
    const kept = await ring();

    expect(jsonOf(await admin(["rotate-keys", "--new-key"]))).toEqual({
      key: "k2",
      olderKeys: ["k1"],
      resealed: {
        "voice_agents.sealed_password": 2,
        "tenants.sealed_cloudonix_key": 1,
        "cloudonix_connections.sealed_record": 0,
        "erasures.sealed_number": 0,
      },
    });
    expect(await ring()).toMatch(new RegExp(`^k2:[^,]+,${kept.replaceAll(/[+/]/g, ".")}$`));
    expect((await stat(join(world.dataDir, "secret-keys"))).mode & 0o777).toBe(0o600);
    expect(await sealed()).toEqual(["k2", "k2"]);

    // What it holds in memory is not touched by any of it.
    expect((await door.ring({ Session: newSession() })).document.service["password"]).toBe("the agent's secret");
    // A change makes it read the agents anew, sealed with a key that it has never seen.
    const { version } = (await rest("GET", `/voice-agents/${agent.id}`)).body;
    expect((await rest("PUT", `/voice-agents/${agent.id}`, { version, serviceValue: "y" })).status).toBe(200);
    const after = await door.ring({ Session: newSession() });
    expect([after.document.dialled, after.document.service["password"]]).toEqual(["y", "the agent's secret"]);
    expect(world.logs.join("")).not.toMatch(/plan_not_followed|plans_not_read/);
    const created = await rest("POST", "/voice-agents", { name: "New", provider: "vapi", serviceValue: "x", username: "u", password: "p" });
    expect([created.status, (await sealed()).toSorted()]).toEqual([201, ["k2", "k2", "k2"]]);
  });

  test("a process with the new key in front and one with the old ring take each other's dials and tokens", async () => {
    const { own } = world.configured;
    const next = await world.startAnother({ SECRET_KEYS: await ring() });
    const [old, young] = [openDoor(world.app, own), openDoor(next.app, own)];
    for (const [one, other] of [
      [old, young],
      [young, old],
    ] as const) {
      const Session = newSession();
      const dialled = await one.ring({ Session });
      expect((await other.report(dialled.document, { Session, DialCallStatus: "completed" })).status).toBe(200);
    }
    const base = await next.app.listen({ host: "127.0.0.1", port: 0 });
    const browser = openBrowser(base);
    await browser.signIn(own);
    expect((await openRest(world.base, browser.token())("GET", "/auth/user")).status).toBe(200);
  });

  test("again it finds nothing to do; what no key opens is named and left alone; a given ring is not ours to write", async () => {
    expect(jsonOf(await admin(["rotate-keys"]))).toMatchObject({ key: "k2", resealed: { "voice_agents.sealed_password": 0 } });
    const stranger = await admin(["rotate-keys"], { SECRET_KEYS: `k9:${Buffer.alloc(32, 9).toString("base64")}` });
    expect([stranger.code, stranger.stdout]).toEqual([1, ""]);
    expect(stranger.stderr).toContain(world.configured.agent.id);
    expect(await sealed()).toEqual(["k2", "k2", "k2"]);
    const given = await admin(["rotate-keys", "--new-key"], { SECRET_KEYS: await ring() });
    expect([given.code, given.stderr]).toEqual([1, expect.stringContaining("SECRET_KEYS is set")]);
  });

  test("of two at once one works and the other says so; no key is lost", async () => {
    const outcomes = await Promise.all([admin(["rotate-keys", "--new-key"]), admin(["rotate-keys", "--new-key"])]);
    const worked = outcomes.filter(({ code }) => code === 0).length;
    expect(worked).toBeGreaterThan(0);
    for (const { code, stderr } of outcomes) if (code !== 0) expect(stderr).toContain("rotate-keys is running already");
    expect((await ring()).split(",")).toHaveLength(2 + worked);
    expect(jsonOf(await admin(["rotate-keys"]))).toMatchObject({ resealed: { "voice_agents.sealed_password": 0 } });
  });
});

test("without a database it says what is missing", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "switchboard-admin-"));
  const { code, stderr } = await admin(["rotate-keys"], { DATABASE_URL: "", DATA_DIR: dataDir });
  expect([code, stderr]).toEqual([1, expect.stringContaining("DATABASE_URL is needed")]);
  await rm(dataDir, { recursive: true });
});

test("figures are made anew from the records beside a running server, one tenant's or everybody's, with progress", async () => {
  const { own, other } = world.configured;
  const { pool } = world.configurator.database;
  const session = newSession();
  await openDoor(world.app, own).ring({ Session: session });
  const totals = () =>
    rowsOf<{ size: string; calls: number }>(
      pool,
      "SELECT size, calls FROM call_rollups WHERE tenant_id = ? AND dimension = 'total' ORDER BY size, start_at",
      [own.tenantId],
    );
  // The tenant's calls are recorded in their order, each with its figures.
  const recorded = () => rowsOf(pool, "SELECT id FROM call_records WHERE tenant_id = ? AND session = ?", [own.tenantId, session]);
  await vi.waitFor(async () => expect(await recorded()).toHaveLength(1), { timeout: 60_000, interval: 50 });
  const right = await totals();
  await execute(pool, "UPDATE call_rollups SET calls = 1000 WHERE tenant_id = ?", [own.tenantId]);
  const ofOther = await admin(["rebuild-analytics", "--domain", other.domain]);
  expect([ofOther.code, JSON.parse(ofOther.stdout)]).toMatchObject([0, { rebuilt: [{ domain: other.domain }] }]);
  expect((await totals()).map(({ calls }) => calls)).toEqual(right.map(() => 1000));

  const ofAll = await admin(["rebuild-analytics"]);
  expect(ofAll.code).toBe(0);
  const { rebuilt } = JSON.parse(ofAll.stdout) as { rebuilt: { domain: string; calls: number }[] };
  expect(rebuilt.map(({ domain }) => domain)).toEqual(expect.arrayContaining([own.domain, other.domain]));
  expect(ofAll.stderr).toMatch(new RegExp(`^${own.domain}: \\d{4}-\\d\\d-\\d\\d and later, \\d+ calls$`, "m"));
  expect(await totals()).toEqual(right);
  expect(await admin(["rebuild-analytics", "--domain", "nobody.example"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("No tenant has the domain nobody.example."),
  });
});
