import { tenantId as asTenantId } from "@switchboard/routing/ids";
import type { JournalEvent } from "@switchboard/routing/journal-event";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openControl } from "./control-fixture.ts";
import { eventsOfCall } from "./any-calls-fixture.ts";
import { entriesOf } from "./journal-fixture.ts";
import { createRecorder } from "./recorder.ts";
import { keptFigures, recountOf } from "./recount-fixture.ts";
import { execute } from "./sql.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

let opened = 0;
/** A tenant with four agents of two providers, as a copy of none: creating one with a person costs a hash. */
async function openTenant() {
  const { pool } = control.database;
  opened += 1;
  const tenantId = asTenantId(`ten_${String(opened).padStart(20, "0")}`);
  const now = new Date();
  const tenant = "INSERT INTO tenants (id, name, webhook_key, created_at, updated_at) VALUES (?, 'Property', ?, ?, ?)";
  await execute(pool, tenant, [tenantId, `key-${opened}`, now, now]);
  // The fourth is configured no more.
  for (const number of [0, 1, 2])
    await execute(
      pool,
      "INSERT INTO voice_agents (tenant_id, id, name, provider, service_value, metadata, created_at, updated_at) VALUES (?, ?, ?, ?, 'x', '{}', ?, ?)",
      [tenantId, `agt_${String(number).padStart(20, "0")}`, `Agent ${number}`, number === 0 ? "vapi" : "retell", now, now],
    );
  const partition = opened;
  const recorder = createRecorder(control.database);
  let written = 0;
  const record = async (events: JournalEvent[]) => {
    await recorder.apply(entriesOf(events, partition, written + 1), partition, 1);
    written += events.length;
  };
  return { tenantId, partition, record };
}

/** In any order, some of them again, cut into batches of any size. */
const delivered = (events: JournalEvent[]) =>
  fc.record({
    order: fc.shuffledSubarray([...events, ...events], { minLength: events.length }),
    again: fc.shuffledSubarray(events, { minLength: events.length }),
    batch: fc.integer({ min: 1, max: 12 }),
  });

const seed = Date.now() % 1_000_000;

test("the figures are a recount of the records, whatever is said of calls, in whatever order, how often and how late", async () => {
  const nowMs = Date.now();
  process.stdout.write(`seed ${seed}\n`);
  let events = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.gen(), async (calls, gen) => {
      const { tenantId, record } = await openTenant();
      const isExact = async () =>
        expect(await keptFigures(control.database, tenantId, nowMs)).toEqual(await recountOf(control.database, tenantId, nowMs));
      const all = Array.from({ length: calls }, (_, index) => gen(eventsOfCall, tenantId, `session-${index}`, nowMs)).flat();
      const { order, again, batch } = gen(delivered, all);
      for (const sent of [order, again]) {
        for (let start = 0; start < sent.length; start += batch) await record(sent.slice(start, start + batch));
        await isExact();
      }
      events += order.length + again.length;
    }),
    { numRuns: 25, seed, endOnFailure: true },
  );
  process.stdout.write(`${events} events\n`);
}, 120_000);
