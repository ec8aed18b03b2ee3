import { expect, test } from "vitest";
import { changesOf } from "./changes.ts";

test("only what differs is there, whatever order the keys came in; ids, versions and nothing-to-nothing are not", () => {
  const before = { id: "grp_1", version: 1, name: "Desk", fallback: null, settings: { windowHours: 24, maxAttempts: 3 } };
  const after = { version: 2, settings: { maxAttempts: 5, windowHours: 24 }, name: "Desk", id: "grp_1", capacity: undefined };
  expect(changesOf(before, after)).toEqual([{ name: "settings.maxAttempts", label: "Attempts at most", was: 3, is: 5 }]);
});

test("a thing that was made is all that it holds, one that was deleted all that it held; false is something", () => {
  expect(changesOf(null, { name: "Ada", enabled: false, capacity: null })).toEqual([
    { name: "name", label: "Name", was: undefined, is: "Ada" },
    { name: "enabled", label: "Enabled", was: undefined, is: false },
  ]);
  expect(changesOf({ name: "Ada" }, null)).toEqual([{ name: "name", label: "Name", was: "Ada", is: undefined }]);
  expect(changesOf(null, null)).toEqual([]);
});

test("a field without a name of its own is shown by the one it has", () => {
  expect(changesOf({ metadata: { team: "a" }, colour: 1 }, { metadata: { team: "b" }, colour: 2 }).map(({ label }) => label)).toEqual([
    "Metadata: team",
    "colour",
  ]);
});

test("of a group's members only those that joined, left or were changed are there", () => {
  const member = (agentId: string, weight: number) => ({ agentId, position: 1, weight });
  const before = { members: [member("agt_a", 1), member("agt_b", 1), member("agt_c", 1)] };
  const after = { members: [member("agt_a", 1), member("agt_b", 2), member("agt_d", 1)] };
  expect(changesOf(before, after).map(({ agentId, was, is }) => [agentId, was, is])).toEqual([
    ["agt_b", { position: 1, weight: 1 }, { position: 1, weight: 2 }],
    ["agt_c", { position: 1, weight: 1 }, undefined],
    ["agt_d", undefined, { position: 1, weight: 1 }],
  ]);
});
