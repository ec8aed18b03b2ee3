/** A server that starts removes what its tenants keep no longer, and says so. */
import { execute, rowsOf } from "@switchboard/control/sql";
import { expect, test, vi } from "vitest";
import { startTestServer } from "./test-server.ts";

const dayMs = 86_400_000;
const columns =
  "tenant_id, id, session, direction, from_number, to_number, status, state, reason, started_at, ended_at, duration_seconds, fold, updated_at";

test("an old call is gone soon after the start, a young one stays; the log and the metrics have it", async () => {
  const server = await startTestServer(async ({ newTenant, database }) => {
    const { tenantId } = await newTenant();
    for (const [name, days] of [
      ["old", 600],
      ["young", 30],
    ] as const) {
      const at = new Date(Date.now() - days * dayMs);
      const values = ["inbound", "+14155550100", "+15550100001", "completed", "completed", "matched", at, at, 10, "{}", at];
      const row = [tenantId, `cal_${name.padStart(20, "0")}`, name, ...values];
      await execute(database.pool, `INSERT INTO call_records (${columns}) VALUES (${row.map(() => "?").join(",")})`, row);
    }
    return { tenantId };
  });
  try {
    const { tenantId } = server.configured;
    const kept = () =>
      rowsOf<{ session: string }>(server.configurator.database.pool, "SELECT session FROM call_records WHERE tenant_id = ?", [tenantId]);
    await vi.waitFor(async () => expect(await kept()).toEqual([{ session: "young" }]), { timeout: 60_000, interval: 50 });
    const told = () => server.logs.map((line): unknown => JSON.parse(line));
    await vi.waitFor(
      () =>
        expect(told()).toContainEqual(
          expect.objectContaining({ event: "retention_removed", tenant: tenantId, rows: expect.objectContaining({ call_records: 1 }) }),
        ),
      { timeout: 60_000, interval: 50 },
    );
    const { body } = await server.app.inject({ url: "/metrics", remoteAddress: "127.0.0.1" });
    expect(body).toMatch(/^switchboard_retention_removed_rows_total\{table="call_records"\} 1$/m);
  } finally {
    await server.stop();
  }
});
