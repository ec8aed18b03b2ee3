import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { planSourceOf } from "../../bench/bench-plan.ts";
import { createPlanSnapshot, type Kept } from "./plan-snapshot.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "switchboard-plans-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const kept = (rules: number): Kept => {
  const source = planSourceOf({ tenant: 1, members: 3, strategy: "round_robin", rules });
  const [first] = source.inboundRules.values();
  const fallback = { type: "message", text: "Über alle Grenzen: 终点站 🚆", language: "de" } as const;
  if (first) source.inboundRules.set(first.id, { ...first, fallback });
  const tokens = [{ hash: Buffer.from("ab".repeat(32), "hex"), validUntil: null }];
  const entry = { id: source.tenant.id, keys: [], tokens, domains: new Set(["bench.example"]), reportsCarryBearer: false, planVersion: 1 };
  return { entry, source };
};

/** With the rules as they can be compared. */
const whole = ({ entry, source }: Kept) => ({
  entry,
  source: { ...source, inboundRules: [...source.inboundRules], outboundRules: [...source.outboundRules] },
});

const open = (loaded: Kept | null) =>
  createPlanSnapshot({
    directory,
    keys: [{ id: "one", key: Buffer.alloc(32, 7) }],
    load: async () => loaded,
    logger: pino({ level: "silent" }),
  });

const seal = async (plan: Kept) => {
  const snapshot = open(plan);
  snapshot.changed(plan.entry.id);
  await snapshot.close();
};

test.each([0, 1, 3_000])("a plan of %i rules comes back from disk as it was", async (rules) => {
  const plan = kept(rules);
  await seal(plan);
  expect((await open(null).readAll()).map(whole)).toEqual([whole(plan)]);
});

test("a file that was changed anywhere, or cut short, says nothing", async () => {
  await seal(kept(500));
  const path = join(directory, readdirSync(directory)[0] ?? "");
  const whole = readFileSync(path);
  const last = whole.at(-1) ?? 0;
  for (const bytes of [whole.subarray(0, -20), Buffer.concat([whole.subarray(0, -1), Buffer.from([last ^ 1])])]) {
    writeFileSync(path, bytes);
    expect(await open(null).readAll()).toEqual([]);
  }
  writeFileSync(path, whole);
  appendFileSync(path, "x");
  expect(await open(null).readAll()).toEqual([]);
});
