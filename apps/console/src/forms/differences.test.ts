import { expect, test } from "vitest";
import { changedNames, differencesOf, mineOnTheirs, onlyNamed } from "./differences.ts";

type Values = { name: string; capacity: number | null; settings: { ringSeconds?: number; windowHours?: number }; password?: string };

const was: Values = { name: "Ava", capacity: 5, settings: { ringSeconds: 20, windowHours: 24 } };
const fields = [
  { name: "name", label: "Name", say: ({ name }: Values) => name },
  { name: "capacity", label: "Capacity", say: ({ capacity }: Values) => (capacity === null ? "no limit" : `${capacity} calls`) },
] as const;

test("what I changed stays mine, what only they changed becomes theirs, and the rest is as it was", () => {
  const theirs = { ...was, name: "Ava of sales", capacity: 7 };
  const mine = { ...was, capacity: null };
  expect(mineOnTheirs({ was, theirs, mine })).toEqual({ ...was, name: "Ava of sales", capacity: null });
});

test("the order of keys and fields that are not given are no changes", () => {
  const after: Values = { ...was, settings: { windowHours: 24, ringSeconds: 20 } };
  expect(changedNames(was, after)).toEqual(new Set());
  expect(changedNames({ ...was, settings: {} }, was)).toEqual(new Set(["settings"]));
});

test("a field that was not there before and is given now is a change", () => {
  expect(changedNames(was, { ...was, password: "secret" })).toEqual(new Set(["password"]));
});

test("only what was changed is sent", () => {
  expect(onlyNamed(was, new Set(["capacity"]))).toEqual({ capacity: 5 });
});

test("each field that somebody changed is told in words, with who left it as it was", () => {
  const theirs = { ...was, name: "Ava of sales", capacity: 7 };
  const mine = { ...was, capacity: null };
  expect(differencesOf(fields, { was, theirs, mine })).toEqual([
    { name: "name", label: "Name", was: "Ava", theirs: "Ava of sales", mine: null },
    { name: "capacity", label: "Capacity", was: "5 calls", theirs: "7 calls", mine: "no limit" },
  ]);
});
