import fc from "fast-check";
import { expect, test } from "vitest";
import { createPackedMap, type PackedMap, type Packing } from "./packed-map.ts";

const seed = 20_261_130;

type Value = { text: string } | { loose: string };

/** Only texts are packed. */
const packing: Packing<string, Value> = {
  keyOf: (name) => name,
  pack: (value) => ("text" in value ? value.text : null),
  unpack: (text) => ({ text }),
};

const key = fc.oneof(
  fc.nat(30).map((number) => `+1555${number}`),
  fc.constantFrom("", "ünïcode", "constructor"),
);
const value: fc.Arbitrary<Value | null> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }).map((text) => ({ text: text.toWellFormed() })),
  fc.constantFrom("終点", "\uFEFFmark", "🚆".repeat(300), "x".repeat(100_000)).map((text) => ({ text })),
  fc.string().map((loose) => ({ loose })),
  fc.constant(null),
);
const isPackable = (at: string, given: Value) => "text" in given && given.text.length < 80_000 && at !== "ünïcode";
const steps = fc.array(fc.tuple(key, value), { maxLength: 60 });

const expectSame = (packed: PackedMap<string, Value>, plain: Map<string, Value>) => {
  expect(packed.size).toBe(plain.size);
  expect(new Map(packed)).toEqual(plain);
  expect([...packed.keys()].toSorted()).toEqual([...plain.keys()].toSorted());
  expect([...packed.values()]).toHaveLength(plain.size);
};

const take = (packed: PackedMap<string, Value>, plain: Map<string, Value>, [at, given]: [string, Value | null]) => {
  if (given === null) expect(packed.delete(at)).toBe(plain.delete(at));
  else for (const map of [packed, plain]) map.set(at, given);
  expect([packed.get(at), packed.has(at), packed.size]).toEqual([plain.get(at), plain.has(at), plain.size]);
  expect(packed.textOf(at)).toBe(given !== null && "text" in given ? given.text : undefined);
};

test("a packed map holds what a map holds, whatever is put in, changed and taken out", () => {
  const property = fc.property(steps, (all) => {
    const [packed, plain] = [createPackedMap<string, Value>(packing), new Map<string, Value>()];
    for (const step of all) take(packed, plain, step);
    expectSame(packed, plain);
  });
  fc.assert(property, { seed, numRuns: 500 });
});

test("another one of what was packed changes on its own, and so does the first", () => {
  const property = fc.property(steps, steps, steps, (before, own, theirs) => {
    const first = new Map(before.flatMap(([at, given]) => (given === null ? [] : [[at, given] as const])));
    const packed = createPackedMap<string, Value>(packing, first);
    // What could not be packed is not in the other one.
    const [plain, plainOther] = [new Map(first), new Map([...first].filter(([at, given]) => isPackable(at, given)))];
    const other = packed.asPacked();
    expectSame(other, plainOther);
    for (const step of own) take(packed, plain, step);
    for (const step of theirs) take(other, plainOther, step);
    expectSame(packed, plain);
    expectSame(other, plainOther);
  });
  fc.assert(property, { seed, numRuns: 500 });
});

test("fifty thousand are found, each by its own key, after many were read", () => {
  const entries = Array.from({ length: 50_000 }, (_, number): [string, Value] => [`rul_${number}`, { text: `rule ${number}` }]);
  const map = createPackedMap(packing, entries);
  expect(map.size).toBe(50_000);
  for (const [at, given] of entries) expect(map.get(at)).toEqual(given);
  expect(map.get("rul_50000")).toBeUndefined();
  expect(new Map(map)).toEqual(new Map(entries));
});
