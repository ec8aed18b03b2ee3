/** Exports through the real doors: exactly the calls that match, for whoever may have them, and no longer than said. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openExports, writeCalls } from "./export-world.ts";
import { openOperators, type Operators } from "./operators.ts";

let operators: Operators;
beforeAll(async () => {
  operators = await openOperators();
  await writeCalls(operators.database.pool, operators.tenants.own.tenantId, 20_000);
}, 60_000);
afterAll(() => operators.stop());

const signIn = async (tenant: "own" | "other" | "watcher") => {
  const { token } = await operators.signIn(operators.tenants[tenant]);
  return openExports(operators.base, token.current!);
};

test("an export has exactly the calls that the list has under the same filters, in its order", async () => {
  const own = await signIn("own");
  const filters = { direction: "outbound", status: "completed", startedBefore: "2026-02-01T00:10:00Z" };
  const listed: unknown[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page = await own.rest(
      "GET",
      `/call-records?${new URLSearchParams({ limit: "200", ...filters, ...(cursor === "" ? {} : { cursor }) }).toString()}`,
    );
    listed.push(...(page.body["items"] as unknown[]));
    cursor = page.body["nextCursor"] as string | null;
  }
  expect(listed.length).toBeGreaterThan(200);
  const rows = JSON.parse(await own.file({ format: "json", ...filters })) as unknown[];
  expect(rows).toEqual(listed);
});
