import { agentId, type TenantId, tenantId } from "@switchboard/routing/ids";
import type { JournalEntry } from "@switchboard/routing/journal-event";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openControl } from "../control-fixture.ts";
import { createReadArchive, purgeArchive, writeArchive } from "./journal-archive.ts";
import { entriesOf, type SimulatedCall, wholeCall } from "./journal-fixture.ts";
import { createRecorder } from "./recorder.ts";
import { rowsOf } from "../database/sql.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

const health = (tenant: TenantId, ms: number, cause: string): JournalEntry => ({
  partition: 1,
  id: `${ms}-0`,
  event: { type: "agent_health", tenantId: tenant, at: ms, agentId: agentId("agt_1"), from: "healthy", to: "ejected", cause },
});
const never = new AbortController().signal;

/** Everything behind an id, page by page. */
const readAll = async (tenant: TenantId, afterId: string) => {
  const read = createReadArchive(control.database);
  const found: { id: string; event: unknown }[] = [];
  for (let page = await read(tenant, afterId); page.length > 0; page = await read(tenant, found.at(-1)?.id ?? "")) found.push(...page);
  return found;
};

test("what was archived is read behind any id, in order, over any number of pages, and none of another tenant", async () => {
  const [mine, theirs] = [tenantId("ten_archive_mine"), tenantId("ten_archive_theirs")];
  const entries = Array.from({ length: 6_000 }, (_, n) => health(n % 3 === 2 ? theirs : mine, 1_000 + n, String(n)));
  for (let start = 0; start < entries.length; start += 700) await writeArchive(control.database.pool, entries.slice(start, start + 700));
  const own = entries.filter(({ event }) => event.tenantId === mine);
  for (const skipped of [0, 1, 99, 100, 101, 2_345, own.length - 1]) {
    const found = await readAll(mine, own[skipped]?.id ?? "");
    expect(found.map(({ id }) => id)).toEqual(own.slice(skipped + 1).map(({ id }) => id));
  }
});

test("the recorder archives what it stores, in the same moment, and no webhook's fields with it", async () => {
  const { tenantId: tenant } = await control.newTenant();
  const call: SimulatedCall = { tenantId: tenant, agentId: agentId("agt_1"), groupId: "grp_1" as never, session: "s", startedAt: 5_000 };
  const entries = entriesOf(wholeCall(call), 9, 5_000);
  const { apply } = createRecorder(control.database);
  await apply(entries, 9, 1);
  await apply(entries, 9, 1);
  const found = await readAll(tenant, "4999-0");
  expect(found.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
  expect(JSON.stringify(found)).not.toMatch(/webhook|sip-s|fields/);
});

test("what is old enough is forgotten, of every tenant, and nothing younger", async () => {
  const tenants = [tenantId("ten_purged_1"), tenantId("ten_purged_2")];
  for (const tenant of tenants) {
    for (let n = 0; n < 250; n += 1) await writeArchive(control.database.pool, [health(tenant, 1_000_000 + n, String(n))]);
  }
  const before = await rowsOf<{ n: number }>(control.database.pool, "SELECT COUNT(*) n FROM journal_archive WHERE last_ms < 1000200");
  expect(await purgeArchive(control.database, 1_000_200, never)).toBe(before[0]?.n);
  for (const tenant of tenants) {
    const kept = await readAll(tenant, "0-0");
    expect(kept.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, n) => `${1_000_200 + n}-0`));
  }
  expect(await purgeArchive(control.database, 1_000_200, never)).toBe(0);
});
