/** The figures of a tenant's calls, as scripts and consoles ask for them. */
import type { Summary } from "@switchboard/api/schemas/summary";
import { rowsOf } from "@switchboard/control/sql";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openOperators, type Operators } from "./operators.ts";
import { openRest, type Rest } from "./rest.ts";

let world: Operators;
let ask: Rest;
let askAsUser: Rest;
let stranger: Rest;

const hourMs = 3_600_000;
const isoIn = (ms: number) => new Date(Date.now() + ms).toISOString();

beforeAll(async () => {
  world = await openOperators();
  const { own, other } = world.tenants;
  const restOf = async (tenant: typeof own) => {
    await using person = await world.signIn(tenant);
    return openRest(world.base, person.token.current);
  };
  [ask, stranger] = [await restOf(own), await restOf(other)];
  const rule = { pattern: "+15550100077", targetType: "voice_agent", targetId: await agentNamed("Ava") };
  expect((await ask("POST", "/inbound-rules", rule)).status).toBe(201);
  for (const firstIsBusy of [false, true, true]) await (await world.playCall(own, { firstIsBusy })).end();
  // One that rings, and one that is not the tenant's.
  await openDoor(world.app, own).ring({ Session: newSession(), To: "+15550100077" });
  await (await world.playCall(other)).end();
  await vi.waitFor(
    async () => {
      const rows = await rowsOf<{ status: string }>(world.database.pool, "SELECT status FROM call_records");
      expect(rows.map(({ status }) => status).toSorted()).toEqual(["completed", "completed", "completed", "completed", "ringing"]);
    },
    { timeout: 60_000, interval: 50 },
  );
});
afterAll(() => world.stop());

const agentNamed = async (name: string): Promise<string> => {
  const { items } = (await ask("GET", "/voice-agents")).body as { items: { id: string; name: string }[] };
  return items.find((agent) => agent.name === name)?.id ?? "";
};

const summaryOf = async (asker: Rest, query = ""): Promise<Summary> => {
  const { status, body } = await asker("GET", `/analytics/summary${query}`);
  expect(status).toBe(200);
  return body as Summary;
};

test("a summary tells how many calls there were, how they went, by whom, and when", async () => {
  const summary = await summaryOf(ask);
  expect(summary.totals).toEqual({ calls: 4, answered: 3, failedOver: 2, fallback: 0 });
  expect(summary.byStatus).toEqual({ completed: 3, ringing: 1 });
  expect(summary.byReason).toEqual({ matched: 4 });
  expect([summary.answerSeizureRatio, summary.failoverRate, summary.fallbackRate, summary.averageDurationSeconds]).toEqual([
    0.75, 0.5, 0, 3,
  ]);
  // By agent, dials count.
  expect(summary.byAgent).toMatchObject([
    { name: "Ava", calls: 4, answered: 1, averageDurationSeconds: 3 },
    { name: "Bruno", calls: 2, answered: 2, averageDurationSeconds: 3 },
  ]);
  expect(summary.byGroup).toMatchObject([{ name: "Sales", calls: 3, answered: 3, averageDurationSeconds: 3 }]);
  expect(summary.byRule).toMatchObject([
    { name: "*", calls: 3, answered: 3 },
    { name: "+15550100077", calls: 1, answered: 0, averageDurationSeconds: 0 },
  ]);
  expect(summary.byProvider).toMatchObject([{ id: "vapi", name: "Vapi", calls: 6, answered: 3 }]);
  const { p50, p95, p99 } = summary.decisionMs;
  expect([p50 <= p95, p95 <= p99, p99 < 5_000]).toEqual([true, true, true]);
  const counted = summary.series.reduce((sum, point) => ({ calls: sum.calls + point.calls, answered: sum.answered + point.answered }), {
    calls: 0,
    answered: 0,
  });
  expect(counted).toEqual({ calls: 4, answered: 3 });
});

test("a range is widened to whole minutes, hours or days, and the answer says to which", async () => {
  const recent = await summaryOf(ask, `?from=${isoIn(-2 * hourMs)}&interval=minute`);
  expect([recent.from, recent.to].map((at) => at.slice(16))).toEqual([":00.000Z", ":00.000Z"]);
  expect(Date.parse(recent.to)).toBeGreaterThanOrEqual(Date.now() - 60_000);
  expect(recent.series).toHaveLength((Date.parse(recent.to) - Date.parse(recent.from)) / 60_000);
  const older = await summaryOf(ask, `?from=${isoIn(-80 * hourMs)}`);
  expect([older.interval, older.from.slice(13)]).toEqual(["hour", ":00:00.000Z"]);
  const oldest = await summaryOf(ask, `?from=${isoIn(-500 * 24 * hourMs)}`);
  expect([oldest.interval, oldest.from.slice(10), oldest.to.slice(10)]).toEqual(["day", "T00:00:00.000Z", "T00:00:00.000Z"]);
  for (const each of [recent, older, oldest]) expect(each.totals.calls).toBe(4);
  const before = await summaryOf(ask, `?from=${isoIn(-30 * 24 * hourMs)}&to=${isoIn(-5 * hourMs)}&interval=day`);
  expect([before.totals.calls, before.byAgent, before.answerSeizureRatio, before.decisionMs.p99]).toEqual([0, [], 0, 0]);
});

test.each([
  ["from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", 422, "to"],
  ["from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", 422, "to"],
  ["from=9999-01-01T00:00:00Z&to=9999-12-31T00:00:00Z", 422, "from"],
  ["from=2020-01-01T00:00:00Z&interval=minute", 422, "interval"],
  [`from=${isoIn(-72 * hourMs)}&interval=minute`, 422, "interval"],
  [`from=${isoIn(-399 * 24 * hourMs)}&interval=hour`, 422, "interval"],
  ["from=0001-01-01T00:00:00Z", 422, "from"],
  ["from=yesterday", 400, "from"],
  ["from=2026-02-30T00:00:00Z", 400, "from"],
  ["to=1e400", 400, "to"],
  ["interval=week", 400, "interval"],
  ["from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z", 400, "from"],
])("the range %s is refused with %d, in words at its field", async (query, status, field) => {
  const answer = await ask("GET", `/analytics/summary?${query}`);
  expect([answer.status, answer.body["issues"]]).toMatchObject([status, [{ path: field, message: expect.stringMatching(/\w+/) }]]);
});

test("rules tell how often they matched in the last 24 hours, and when last, to their tenant alone", async () => {
  const rules = (await ask("GET", "/inbound-rules")).body as { items: { id: string; pattern: string }[] };
  const never = (
    await ask("POST", "/inbound-rules", { pattern: "+15550100088", targetType: "voice_agent", targetId: await agentNamed("Ava") })
  ).body as { id: string };
  const idOf = (pattern: string) => rules.items.find((rule) => rule.pattern === pattern)?.id ?? "";
  const ids = [idOf("*"), idOf("+15550100077"), never.id];
  const { status, body } = await ask("GET", `/inbound-rules/hits?ids=${ids.join(",")},rul_nobody`);
  expect(status).toBe(200);
  const { since, items } = body as { since: string; items: { id: string; hits: number; lastHitAt: string | null }[] };
  const hitsOf = (id: string | undefined) => items.find((item) => item.id === id);
  expect(ids.map((id) => hitsOf(id)?.hits)).toEqual([3, 1, 0]);
  expect([items.length, hitsOf(never.id)?.lastHitAt, since.slice(13)]).toEqual([3, null, ":00:00.000Z"]);
  const [latest] = await rowsOf<{ at: Date }>(world.database.pool, "SELECT MAX(started_at) AS at FROM call_records WHERE rule_id = ?", [
    ids[0] ?? "",
  ]);
  expect(hitsOf(ids[0])?.lastHitAt).toBe(latest?.at.toISOString());
  expect((await stranger("GET", `/inbound-rules/hits?ids=${ids[0]}`)).body["items"]).toEqual([]);
  expect((await ask("GET", "/inbound-rules/hits")).status).toBe(400);
  expect((await ask("GET", `/inbound-rules/hits?${Array.from({ length: 201 }, () => "ids=x").join("&")}`)).status).toBe(400);
});

test("another tenant's figures are its own, and the role user sees no whole number in them", async () => {
  expect((await summaryOf(stranger)).totals).toEqual({ calls: 1, answered: 1, failedOver: 0, fallback: 0 });
  const { own } = world.tenants;
  await world.setUser(own.email, "role = 'user'");
  await using person = await world.signIn(own);
  askAsUser = openRest(world.base, person.token.current);
  const summary = await summaryOf(askAsUser);
  expect(summary.byRule.map(({ name }) => name)).toEqual(["*", "+1555•••0077"]);
});
