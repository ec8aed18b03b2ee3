/** A domain connected at Cloudonix from our door: planned, applied, looked after, put back; against a server that plays the platform. */
import { execute, rowsOf } from "@switchboard/control/sql";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openClientOf } from "./operators.ts";
import { openPlatformWithoutCalls } from "./platform-without-calls.ts";
import { openRest, type Rest } from "./rest.ts";
import { startTestServer } from "./test-server.ts";

type Step = { step: string; state: string; words: string | null };
type Plan = { settings: { name: string; before: string | null; after: string; isSame: boolean }[]; changes: number; fingerprint: string };

const platform = await openPlatformWithoutCalls();
const PUBLIC_URL = "https://voice.acme-calls.com";

let server: Awaited<ReturnType<typeof open>>;
let base: string;
const open = () =>
  startTestServer(async ({ newTenant }) => [await newTenant(), await newTenant(), await newTenant(), await newTenant()] as const, {
    environment: { CLOUDONIX_API_URL: platform.url, PUBLIC_URL },
  });
beforeAll(async () => {
  server = await open();
  base = await server.app.listen({ host: "127.0.0.1", port: 0 });
});
afterEach(() => platform.behave());
afterAll(async () => {
  await server.stop();
  await platform[Symbol.asyncDispose]();
});

/** One of the tenants with its key stored, and its domain as the platform has it. */
const openTenant = async (place: 0 | 1 | 2 | 3) => {
  const tenant = server.configured[place];
  await using client = openClientOf(base)({ current: null });
  const { accessToken } = await client.api.auth.login.mutate({ email: tenant.email, password: tenant.password });
  const ask: Rest = openRest(base, accessToken);
  const there = platform.platform.add({ domain: tenant.domain, numbers: ["+15550100001"] });
  await ask("PUT", "/tenant", { version: 1, cloudonixKey: there.key });
  const plan = async (makeDefault = true) => (await ask("POST", "/cloudonix/plan", { makeDefault })).body as unknown as Plan;
  const apply = async ({ fingerprint }: Plan, makeDefault = true) => {
    const { status, body, text } = await ask("POST", "/cloudonix/apply", { fingerprint, makeDefault });
    return {
      status,
      text,
      isComplete: body["isComplete"],
      steps: statesOf(body["steps"] as Step[]),
      words: wordsOf(body["steps"] as Step[]),
    };
  };
  const status = async () => (await ask("GET", "/cloudonix")).body;
  return { tenant, ask, there, plan, apply, status };
};
const statesOf = (steps: Step[] = []) => steps.map(({ step, state }) => `${step} ${state}`);
const wordsOf = (steps: Step[] = []) => steps.flatMap(({ words }) => (words === null ? [] : [words])).join();

test("a plan says what would change and changes nothing; applied it is so, calls come with the new token, and undo puts all of it back", async () => {
  const { tenant, ask, there, plan, apply, status } = await openTenant(0);
  there.profile["cdr-endpoint"] = "https://user:pass@old.example/hook/secretsecret12345678?token=canary";
  there.profile["authorization-api-key"] = "old-bearer-canary-1234";
  const before = structuredClone(there);

  const planned = await plan();
  expect(there).toEqual(before);
  expect(planned).toMatchObject({ changes: 5, warnings: [] });
  expect(planned.settings.map(({ name, before: was, after }) => [name, was, after])).toEqual([
    [
      "application",
      null,
      expect.stringMatching(/^switchboard: POST https:\/\/voice\.acme-calls\.com\/api\/webhooks\/voice-application\/\w{4}…$/),
    ],
    ["authorization-api-key", "••••1234", "a new token"],
    ["session-update-endpoint", null, expect.stringContaining("/session-update/")],
    ["cdr-endpoint", "https://old.example/hook/secr…?…", expect.stringContaining("/cdr/")],
    ["default-application", "Blackhole", "switchboard"],
  ]);

  const applied = await apply(planned);
  expect(applied).toMatchObject({ status: 200, isComplete: true });
  expect(applied.steps).toEqual(["token done", "new-application done", "profile done", "default-application done", "check done"]);
  const application = there.applications.find(({ name }) => name === "switchboard");
  const url = (kind: string) => `${PUBLIC_URL}/api/webhooks/${kind}/${tenant.tenantKey}`;
  expect(application).toMatchObject({ type: "cxml", method: "POST", url: url("voice-application") });
  expect(there).toMatchObject({ defaultApplication: application?.id });
  const token = String(there.profile["authorization-api-key"]);
  expect(there.profile).toEqual({
    ...before.profile,
    ...{ "authorization-api-key": token, "session-update-endpoint": url("session-update"), "cdr-endpoint": url("cdr") },
  });
  for (const webhookToken of [token, tenant.webhookToken]) {
    expect((await openDoor(server.app, { ...tenant, webhookToken }).ring({ Session: newSession() })).status).toBe(200);
  }
  expect(await status()).toMatchObject({ state: "connected", isDefault: true, canUndo: true, isBusy: false, drift: [] });
  expect(await plan()).toMatchObject({ changes: 0 });

  const undone = await ask("POST", "/cloudonix/undo", {});
  expect(statesOf(undone.body["steps"] as Step[])).toEqual([
    ...["default-application done", "application not_needed", "profile done", "check done"],
  ]);
  expect(there.profile).toEqual({ ...before.profile, "session-update-endpoint": null });
  expect(there.defaultApplication).toBe(before.defaultApplication);
  expect(await status()).toMatchObject({ state: "undone", canUndo: false });
  expect((await ask("POST", "/cloudonix/undo", {})).status).toBe(409);

  const audited = await ask("GET", "/audit-log");
  expect(audited.text).toContain("cloudonix.applied");
  expect(audited.text).toContain("cloudonix.undone");
  const stored = await rowsOf(server.configurator.database.pool, "SELECT * FROM cloudonix_connections");
  const shown = [JSON.stringify(planned), applied.text, undone.text, audited.text, JSON.stringify(stored), server.logs.join()].join();
  for (const secret of ["canary", "pass@", token, there.key]) expect(shown).not.toContain(secret);
  expect(platform.invalidRequests()).toEqual([]);
});

test("a plan that was overtaken is refused, and so is one made with other wishes; nothing is done then", async () => {
  const { there, plan, apply, ask } = await openTenant(1);
  const planned = await plan();
  there.profile["call-timeout"] = 90;
  const before = structuredClone(there);
  expect(await apply(planned)).toMatchObject({ status: 409, text: expect.stringMatching(/changed since.+nothing was done/i) });
  expect(await apply(await plan(), false)).toMatchObject({ status: 409 });
  expect(there).toEqual(before);
  // A token that nobody needed would end the grace of the one before.
  expect((await ask("GET", "/audit-log")).text).not.toContain("webhook_token_rotated");
});

test("what fails on the way is said step by step; applied again it goes on, and undo still knows what was first", async () => {
  const { there, plan, apply, status, ask } = await openTenant(2);
  there.profile["cdr-endpoint"] = "https://first.example/cdr";
  platform.misbehave({ kind: "status", status: 500 }, { operation: "writeDomainProfile" });
  const half = await apply(await plan());
  expect(half).toMatchObject({ status: 200, isComplete: false, words: expect.stringMatching(/fault of its own \(500\)/) });
  expect(half.steps).toEqual([...["token done", "new-application done", "profile failed", "default-application open", "check open"]]);
  expect(await status()).toMatchObject({ state: "applying", isBusy: false, canUndo: true });

  platform.behave();
  platform.misbehave({ kind: "hang" }, { operation: "changeDomain" });
  const again = await apply(await plan());
  expect(again).toMatchObject({ isComplete: false, words: expect.stringMatching(/did not answer.+may have been done/) });
  expect(again.steps).toEqual([...["token done", "profile done", "application not_needed", "default-application failed", "check open"]]);

  platform.behave();
  const undone = await ask("POST", "/cloudonix/undo", {});
  expect(undone.body).toMatchObject({ isComplete: true });
  expect(there).toMatchObject({ defaultApplication: 1, profile: { "cdr-endpoint": "https://first.example/cdr" } });
  expect(there.profile["authorization-api-key"]).toBeNull();
});

test("a domain that is set otherwise since is noticed with the day it was first seen; undo leaves what somebody else wished", async () => {
  const { tenant, there, plan, apply, status, ask } = await openTenant(3);
  expect(await apply(await plan())).toMatchObject({ isComplete: true });
  there.profile["session-update-endpoint"] = "https://elsewhere.example/updates";
  const makeDue = () =>
    execute(server.configurator.database.pool, "UPDATE cloudonix_connections SET checked_at = checked_at - INTERVAL 1 DAY WHERE id = ?", [
      tenant.tenantId,
    ]);
  await makeDue();
  // Each process looks when it starts.
  await server.startAnother();
  await vi.waitFor(
    async () =>
      expect(await status()).toMatchObject({
        drift: [{ name: "session-update-endpoint", before: "https://elsewhere.example/updates" }],
        driftSince: expect.any(String),
      }),
    { timeout: 60_000, interval: 100 },
  );
  there.profile["cdr-endpoint"] = "https://elsewhere.example/cdr";
  await plan();
  // An operator who looks sees what is so now, and since when it is not as it was set.
  expect(await status()).toMatchObject({
    drift: [{ name: "session-update-endpoint" }, { name: "cdr-endpoint", before: "https://elsewhere.example/cdr" }],
    driftSince: expect.any(String),
  });
  const undone = await ask("POST", "/cloudonix/undo", {});
  expect(wordsOf(undone.body["steps"] as Step[])).toMatch(/left as it is/);
  expect(there.profile).toMatchObject({
    "session-update-endpoint": "https://elsewhere.example/updates",
    "cdr-endpoint": "https://elsewhere.example/cdr",
  });
});
