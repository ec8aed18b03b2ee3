import fc from "fast-check";
import { expect, test } from "vitest";
import { createLargeMap, type LargeMap, whenLarge } from "./large-map.ts";

const step = fc.record({ key: fc.integer({ min: 0, max: 3_000 }).map((number) => `+1555${number}`), value: fc.option(fc.nat()) });

test("a map in parts holds what a map holds, whatever is put in and taken out", () => {
  const property = fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
    const [plain, inParts] = [new Map<string, number>(), createLargeMap<string, number>([["first", 1]])];
    plain.set("first", 1);
    for (const { key, value } of steps) {
      if (value === null) expect(inParts.delete(key)).toBe(plain.delete(key));
      else for (const map of [inParts, plain]) map.set(key, value);
      expect([inParts.get(key), inParts.has(key), inParts.size]).toEqual([plain.get(key), plain.has(key), plain.size]);
    }
    expect(new Map(inParts)).toEqual(plain);
    expect([...inParts.keys()].toSorted()).toEqual([...plain.keys()].toSorted());
    expect([...inParts.values()].toSorted()).toEqual([...plain.values()].toSorted());
  });
  fc.assert(property, { seed: 20_261_123 });
});

test("a map that has grown large goes on in parts with all that it held", () => {
  let map: LargeMap<string, number> = new Map();
  for (let number = 0; number < 50_000; number++) {
    map.set(`rul_${String(number).padStart(20, "0")}`, number);
    map = whenLarge(map);
  }
  expect(map).not.toBeInstanceOf(Map);
  expect(map.size).toBe(50_000);
  expect([...map.values()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50_000 }, (_, number) => number));
});
