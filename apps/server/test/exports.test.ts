/** Exports through the real doors: exactly the calls that match, for whoever may have them, and no longer than said. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { execute } from "@switchboard/control/sql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openExports, writeCalls } from "./export-world.ts";
import { openOperators, type Operators } from "./operators.ts";
import type { Answer } from "./rest.ts";

let operators: Operators;
beforeAll(async () => {
  operators = await openOperators();
  await writeCalls(operators.database.backgroundPool, operators.tenants.own.tenantId, 3_000);
  await writeCalls(operators.database.backgroundPool, operators.tenants.other.tenantId, 10, () => ({ agentId: "agt_of_the_other" }));
});
afterAll(() => operators.stop());

const signIn = async (tenant: "own" | "other" | "watcher") => {
  const { token, api } = await operators.signIn(operators.tenants[tenant]);
  return { ...openExports(operators.base, token.current ?? ""), api };
};
const files = async (id: string) => (await readdir(join(operators.dataDir, "exports"))).filter((name) => name.startsWith(id));
/** One that is ready. */
const readyOne = async ({ order, ended }: Awaited<ReturnType<typeof signIn>>): Promise<string> => {
  const id = await order({ format: "csv", direction: "outbound" });
  expect(await ended(id)).toMatchObject({ status: "ready", progress: 1, rows: 600 });
  return id;
};

test("an export has exactly the calls that the list has under the same filters, in its order", async () => {
  const own = await signIn("own");
  const filters = { direction: "outbound", status: "completed", startedBefore: "2026-02-01T00:12:00Z" };
  const listed: unknown[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const given: { cursor?: string } = cursor === "" ? {} : { cursor };
    const answer: Answer = await own.rest("GET", `/call-records?${new URLSearchParams({ limit: "100", ...filters, ...given }).toString()}`);
    listed.push(...(answer.body["items"] as unknown[]));
    cursor = answer.body["nextCursor"] as string | null;
  }
  expect(listed.length).toBeGreaterThan(200);
  expect(JSON.parse(await own.file({ format: "json", ...filters }))).toEqual(listed);
});

test("what is another tenant's is found by no filter: the file is whole and empty", async () => {
  const own = await signIn("own");
  expect(await own.file({ format: "json", agentId: "agt_of_the_other" })).toBe("[\n]\n");
  expect(await own.file({ format: "csv", agentId: "agt_of_the_other", columns: ["from", "id"] })).toBe("from,id\n");
  expect(JSON.parse(await (await signIn("other")).file({ format: "json", agentId: "agt_of_the_other" }))).toEqual([]);
});

test("unknown columns and zones, and a time that ends before it begins, are refused in words", async () => {
  const { rest } = await signIn("own");
  const wrong: [Record<string, unknown>, RegExp][] = [
    [{ format: "csv", columns: ["from", "password"] }, /There is no column “password”\. There are: id, session/],
    [{ format: "csv", columns: [] }, /Take one column at least/],
    [{ format: "csv", columns: ["id", "id"] }, /No column twice/],
    [{ format: "csv", timeZone: "Mars/Olympus_Mons" }, /no such time zone\. Take a name such as Europe\/Berlin/],
    [{ format: "csv", timeZone: "+01:00" }, /no such time zone/],
    [{ format: "xlsx" }, /format/],
    [{ format: "csv", startedAfter: "2026-02-02T00:00:00Z", startedBefore: "2026-02-01T00:00:00Z" }, /before startedAfter/],
  ];
  for (const [input, words] of wrong) {
    const { status, text } = await rest("POST", "/call-records/export", input);
    expect([input, status]).toEqual([input, 400]);
    expect(text).toMatch(words);
  }
});

test("a ticket opens one download once, and none when the sign-in that asked for it has ended", async () => {
  const own = await signIn("own");
  const [first, second] = [await readyOne(own), await readyOne(own)];
  const ticketOf = async (id: string) => String((await own.rest("POST", `/exports/${id}/ticket`, {})).body["url"]);
  const url = await ticketOf(first);
  expect((await fetch(operators.base + url.replace(first, second))).status).toBe(401);
  expect((await fetch(operators.base + url, { method: "HEAD" })).status).toBe(200);
  const file = await fetch(operators.base + url);
  expect([file.status, file.headers.get("content-type"), file.headers.get("cache-control")]).toEqual([
    200,
    "text/csv; charset=utf-8; header=present",
    "no-store",
  ]);
  expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="calls-\d{4}-\d\d-\d\d-\w{6}\.csv"$/);
  const text = await file.text();
  expect(text.split("\n").length).toBe(602);
  expect(Number(file.headers.get("content-length"))).toBe(Buffer.byteLength(text));
  expect((await fetch(operators.base + url)).status).toBe(401);
  expect((await fetch(`${operators.base}${url.slice(0, -2)}xx`)).status).toBe(401);
  const late = await ticketOf(second);
  await own.api.auth.logout.mutate();
  expect((await fetch(operators.base + late)).status).toBe(401);
});

test("nobody else reaches an export, and what was done with it stands in the audit log without a number", async () => {
  const own = await signIn("own");
  const id = await own.order({ format: "json", number: "+14155500042" });
  await own.ended(id);
  expect((await own.download(id)).status).toBe(200);
  const other = await signIn("other");
  expect((await other.download(id)).status).toBe(404);
  expect((await other.rest("DELETE", `/exports/${id}`)).status).toBe(404);
  expect((await fetch(`${operators.base}/api/exports/${id}/download`)).status).toBe(401);
  expect((await fetch(`${operators.base}/api/exports/${id}/download`, { method: "POST" })).status).toBe(405);
  expect((await fetch(`${operators.base}/api/exports/${id}/download?token=x`)).status).toBe(400);
  expect((await own.download("x".repeat(100))).status).toBe(404);
  const { text } = await own.rest("GET", `/audit-log?targetId=${id}`);
  const { items } = JSON.parse(text) as { items: { action: string; restorable: boolean }[] };
  expect(items.map(({ action, restorable }) => [action, restorable])).toEqual([
    ["export.downloaded", false],
    ["export.created", false],
  ]);
  expect(text).not.toContain("4155500042");
});

test("past its day a file is gone for good and said to be; so is one that was removed", async () => {
  const own = await signIn("own");
  const [expired, removed] = [await readyOne(own), await readyOne(own)];
  expect(await files(expired)).toHaveLength(1);
  await execute(operators.database.pool, "UPDATE exports SET expires_at = UTC_TIMESTAMP(3) WHERE id = ?", [expired]);
  await own.rest("DELETE", `/exports/${removed}`);
  for (const id of [expired, removed]) {
    expect((await own.get(id)).status).toBe("expired");
    const answer = await own.download(id);
    expect([answer.status, await answer.json()]).toMatchObject([410, { code: "GONE", message: expect.stringContaining("Order it again") }]);
    expect((await own.rest("POST", `/exports/${id}/ticket`, {})).status).toBe(409);
  }
  // Another process begins by tidying up.
  await operators.startAnother({ EXPORT_STORAGE: join(operators.dataDir, "exports") });
  await expect.poll(async () => [...(await files(expired)), ...(await files(removed))], { timeout: 60_000 }).toEqual([]);
});
