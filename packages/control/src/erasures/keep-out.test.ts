/** What is said of calls from before an erasure is stored without the number, whatever the batch; what comes after is as any other. */
import { agentId, groupId } from "@switchboard/routing/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Bound } from "../configuration/change.ts";
import { openControl } from "../control-fixture.ts";
import { createErasures } from "./erasures.ts";
import { cdrOf, entriesOf, namelessCdrOf, type SimulatedCall, wholeCall } from "../recorder/journal-fixture.ts";
import { createKeepOut } from "./keep-out.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { rowsOf } from "../database/sql.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

/** As the fixture's calls have it. */
const number = "+15550100001";

test.each([1, 3, 1000])(
  "recorded after the erasure in batches of %i, a call of before is stored without the number, one of after with it",
  async (batch) => {
    const { tenantId } = await control.newTenant();
    const { database, keyRing } = control;
    const bound: Bound = { database, keyRing, tenantId, actor: { id: null, name: "test" }, announce: async () => {} };
    const erasures = createErasures(bound);
    const { id } = await erasures.create({ number });
    const call = (session: string, startedAt: number): SimulatedCall => ({
      ...{ tenantId, session: `${session}-${batch}`, startedAt },
      agentId: agentId("agt_00000000000000000000"),
      groupId: groupId("grp_00000000000000000000"),
    });
    const begun = Date.now();
    const [before, after] = [call("before", begun - 600_000), call("after", begun + 60_000)];
    // Also what nobody knows the call of, and a step that goes on after the erasure.
    const lateStep = wholeCall(before).map((event) =>
      event.type === "step" && event.step === 2 ? { ...event, webhook: { ...event.webhook, receivedAt: begun + 30_000 } } : event,
    );
    const unknown = { ...namelessCdrOf(call("unknown", begun - 300_000)), sipCallIds: ["sip-of-nobody"] };
    const events = [...lateStep, unknown, ...wholeCall(after), cdrOf(before, "ANSWER", 41)];
    const recorder = createRecorder(database, createKeepOut(keyRing));
    const entries = entriesOf(events, batch);
    for (let start = 0; start < entries.length; start += batch) await recorder.apply(entries.slice(start, start + batch), batch, 1);

    const textOf = async (table: string) =>
      JSON.stringify(await rowsOf(database.pool, `SELECT * FROM ${table} WHERE tenant_id = ?`, [tenantId]));
    const calls = "SELECT from_number, to_number FROM call_records WHERE tenant_id = ? ORDER BY started_at";
    expect(await rowsOf(database.pool, calls, [tenantId])).toEqual([
      { from_number: "erased", to_number: "+15550109999" },
      { from_number: number, to_number: "+15550109999" },
    ]);
    const webhooks = "SELECT COUNT(*) AS count FROM webhook_events WHERE tenant_id = ? AND fields LIKE ? AND received_at < ?";
    const old = [tenantId, `%${number}%`, new Date(begun + 60_000)];
    expect(await rowsOf(database.pool, webhooks, old)).toEqual([{ count: 0 }]);
    expect(await textOf("unmatched_cdrs")).not.toContain(number);
    expect((await textOf("webhook_events")).split(number).length).toBeGreaterThan(10);
    // The call of before, as it was told, and the CDR of nobody.
    expect((await erasures.get(id)).lateEvents).toBe(lateStep.length + 2);
  },
);
