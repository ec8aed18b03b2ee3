import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLocalJournal } from "./local-journal.ts";

const parse = (value: unknown): number | null => (typeof value === "number" ? value : null);
const directory = () => mkdtempSync(join(tmpdir(), "local-journal-"));
/** A process that can't be running: beyond the largest pid. */
const goneProcess = 4_999_999;

test("a line is in the file when append returns, and synced when synced says so", async () => {
  const dir = directory();
  const journal = createLocalJournal(dir, parse);
  journal.append(1);
  journal.append(2);
  const [name = ""] = readdirSync(dir);
  expect(readFileSync(join(dir, name), "utf8")).toBe("1\n2\n");
  await journal.synced();
  journal.close();
});

test("collected lines stay on disk until they are done", () => {
  const dir = directory();
  const journal = createLocalJournal(dir, parse);
  journal.append(1);
  expect(journal.collect().map((path) => journal.read(path).lines)).toEqual([[1]]);
  journal.append(2);
  expect(journal.pending()).toBe(true);
  expect(journal.collect().map((path) => journal.read(path).lines)).toEqual([[1], [2]]);
  // A replay that failed half-way must be known to be unfinished.
  expect(journal.pending()).toBe(true);
  for (const path of journal.collect()) journal.done(path, 0);
  expect(readdirSync(dir)).toEqual([]);
  expect(journal.pending()).toBe(false);
  journal.close();
});

test("the file of a process that has gone is taken over, by one only; a line cut off is set aside for a person", () => {
  const dir = directory();
  writeFileSync(join(dir, `local-${goneProcess}-1.ndjson`), '7\n8\n{"cut');
  const journal = createLocalJournal(dir, parse);
  expect(journal.pending()).toBe(true);
  const [path = ""] = journal.collect();
  expect(journal.read(path)).toEqual({ lines: [7, 8], unreadable: 1 });
  journal.done(path, 1);
  expect(readdirSync(dir).map((name) => name.replace(/.*ndjson/, ""))).toEqual([".unreadable"]);
  journal.close();
});

test("the file of a running process is left alone", () => {
  const dir = directory();
  writeFileSync(join(dir, "local-1-1.ndjson"), "7\n");
  const journal = createLocalJournal(dir, parse);
  expect(journal.collect()).toEqual([]);
  journal.close();
});

test("a long outage fills many small files, which are read one by one, in order", async () => {
  const journal = createLocalJournal(directory(), (value) => (typeof value === "string" ? value : null));
  const lines = Array.from({ length: 30 }, (_, index) => `${index} ${"x".repeat(100_000)}`);
  for (const line of lines) journal.append(line);
  await journal.synced();
  const paths = journal.collect();
  expect(paths.length).toBeGreaterThan(2);
  expect(paths.flatMap((path) => journal.read(path).lines)).toEqual(lines);
  journal.close();
});
