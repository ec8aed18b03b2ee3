/** The recorder at full stretch: journal events a second into MySQL, beside the same events inserted raw into one table. */
import { createDatabase } from "@switchboard/control/database";
import { readKeyRing } from "@switchboard/control/key-ring";
import { createPasswords } from "@switchboard/control/passwords";
import { createRecorder } from "@switchboard/control/recorder";
import { execute } from "@switchboard/control/sql";
import { createTenant } from "@switchboard/control/tenants";
import type { JournalEntry } from "@switchboard/routing/journal-event";
import type { Benchmark } from "./bench-context.ts";
import { agentIdOf } from "./bench-plan.ts";
import { figuresOf } from "./figure.ts";
import { eventsPerCall, makeJournal } from "./journal-made-up.ts";
import { inTurn } from "./rounds.ts";
import { newKeyRing } from "./server-pair.ts";

const calls = 15_400;
const callsPerSecond = 200;
/** As many as the recorder's job reads at once. */
const batchSize = 1_000;
const rounds = 5;
const partition = 7;
const fence = 1;

const createTable =
  "CREATE TABLE bench_events (journal SMALLINT NOT NULL, id VARCHAR(48) NOT NULL, tenant_id VARCHAR(24) NOT NULL, event TEXT NOT NULL, PRIMARY KEY (journal, id)) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

/** Events a second over these batches, one after the other. */
const perSecond = async (batches: JournalEntry[][], store: (batch: JournalEntry[]) => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  let events = 0;
  for (const batch of batches) {
    await store(batch);
    events += batch.length;
  }
  return (events * 1_000) / (performance.now() - began);
};

export const recorder: Benchmark = {
  describes: "journal events a second into MySQL, beside raw inserts",
  run: async (context) => {
    const { figures, add } = figuresOf("recorder");
    const server = await context.startDatabase();
    const database = createDatabase(server.url);
    context.onEnd(database.close);
    const deps = { database, keyRing: readKeyRing(newKeyRing()), passwords: createPasswords() };
    const { tenantId } = await createTenant(deps, {
      domain: "bench.example",
      email: "admin@bench.example",
      password: `bench ${crypto.randomUUID()}`,
    });
    await execute(database.pool, createTable);
    const agents = Array.from({ length: 10 }, (_, number) => agentIdOf(number));
    const journal = makeJournal({ tenantId, agents, calls, callsPerSecond, partition, startedAt: Date.now() - 200_000 });
    const batches = Array.from({ length: Math.ceil(journal.length / batchSize) }, (_, index) =>
      journal.slice(index * batchSize, (index + 1) * batchSize),
    );
    context.say(`${journal.length.toLocaleString("en-US")} events of ${calls.toLocaleString("en-US")} calls, ${eventsPerCall} each`);

    const { apply } = createRecorder(database);
    const shareOf = (round: number) => batches.slice(((round - 1) * batches.length) / rounds, (round * batches.length) / rounds);
    let round = 1;
    const insertRaw = (batch: JournalEntry[]) =>
      database.backgroundPool.batch(
        "INSERT IGNORE INTO bench_events (journal, id, tenant_id, event) VALUES (?, ?, ?, ?)",
        batch.map(({ id, event }) => [partition, id, tenantId, JSON.stringify(event)]),
      );
    const sides = {
      raw: () => perSecond(shareOf(round), insertRaw),
      recorder: () => perSecond(shareOf(round), (batch) => apply(batch, partition, fence)),
    };
    const measured = await inTurn(rounds, sides, (done) => {
      context.say(`round ${done} of ${rounds}`);
      round = done + 1;
    });
    add("events stored", measured.median("recorder"), "events/s", {
      baseline: { what: "the same events, INSERT IGNORE in batches into one table", value: measured.median("raw") },
      target: { of: "value", is: "at least", limit: 10_000 },
    });
    const missing = calls - (await database.prisma.callRecord.count({ where: { status: "completed", durationSeconds: { gt: 0 } } }));
    add("call records missing or wrong", missing, "", { target: { of: "value", is: "at most", limit: 0 } });
    return figures;
  },
};
