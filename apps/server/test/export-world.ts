/** Orders exports as a script does, and reads the files. */
import type { Export } from "@switchboard/api/schemas/export";
import type { Database } from "@switchboard/control/database";
import { callIdOf } from "@switchboard/control/ids";
import { placeholders } from "@switchboard/control/sql";
import type { TenantId } from "@switchboard/routing/ids";
import { expect } from "vitest";
import { openRest, type Rest } from "./rest.ts";

type Given = { agentId?: string; session?: string; from?: string; startedAt?: Date };

const columns =
  "tenant_id, id, session, direction, from_number, to_number, status, state, reason, agent_id, started_at, answered, answered_at, ended_at, ring_seconds, duration_seconds, traits, from_tail, to_tail, fold, updated_at";

const tail = (number: string): string => [...number.replace(/^\+/, "")].toReversed().slice(0, 32).join("");

/** Calls as the recorder leaves them; two begin in the same millisecond now and then, as calls do. */
export const writeCalls = async (
  pool: Database["pool"],
  tenantId: TenantId,
  count: number,
  given: (index: number) => Given = () => ({}),
) => {
  const from = Date.parse("2026-02-01T00:00:00Z");
  for (let start = 0; start < count; start += 1_000) {
    const size = Math.min(1_000, count - start);
    const rows = Array.from({ length: size }, (_, offset) => {
      const index = start + offset;
      const {
        agentId = null,
        session = `session-${tenantId}-${index}`,
        from: number = `+1415555${String(index).padStart(5, "0")}`,
        ...more
      } = given(index);
      const startedAt = more.startedAt ?? new Date(from + Math.floor(index / 3) * 1_000);
      const isAnswered = index % 4 !== 0;
      const at = (seconds: number) => new Date(startedAt.getTime() + seconds * 1_000);
      return [
        ...[tenantId, callIdOf(tenantId, session), session, index % 5 === 0 ? "outbound" : "inbound", number, "+15550100001"],
        ...[isAnswered ? "completed" : "busy", isAnswered ? "completed" : "busy", "matched", agentId, startedAt, isAnswered],
        ...[isAnswered ? at(3) : null, at(30), 3, isAnswered ? 27 : null],
        ...[(index % 5 === 0 ? 1 : 0) + (isAnswered ? 4 : 0), tail(number), tail("+15550100001"), "{}", at(30)],
      ];
    });
    await pool.query(`INSERT INTO call_records (${columns}) VALUES ${placeholders(size, 21)}`, rows.flat());
  }
};

export const openExports = (base: string, token: string) => {
  const rest: Rest = openRest(base, token);
  const get = async (id: string) => (await rest("GET", `/exports/${id}`)).body as unknown as Export;
  const order = async (input: Record<string, unknown>): Promise<string> => {
    const { status, body, text } = await rest("POST", "/call-records/export", input);
    if (status !== 201) throw new Error(`${status} ${text}`);
    return String(body["exportId"]);
  };
  const ended = async (id: string, timeout = 20_000): Promise<Export> => {
    await expect.poll(async () => (await get(id)).status, { timeout }).not.toMatch(/queued|running/);
    return await get(id);
  };
  const download = async (id: string): Promise<Response> =>
    fetch(`${base}/api/exports/${id}/download`, { headers: { authorization: `Bearer ${token}` } });
  return {
    rest,
    get,
    order,
    ended,
    download,
    /** Ordered, waited for and read. */
    file: async (input: Record<string, unknown>): Promise<string> => {
      const id = await order(input);
      const { status, problem } = await ended(id);
      if (status !== "ready") throw new Error(`${status}: ${problem}`);
      return await (await download(id)).text();
    },
  };
};
