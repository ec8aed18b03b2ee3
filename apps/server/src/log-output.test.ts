import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLogOutput } from "./log-output.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "switchboard-log-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const numbered = (count: number, width = 0) => Array.from({ length: count }, (_, line) => `${line}${"x".repeat(width)}\n`);

test("every line arrives once, whole and in order", async () => {
  const path = join(dir, "log");
  const fd = openSync(path, "w");
  const output = createLogOutput(fd);
  const lines = numbered(20_000, 20);
  for (const line of lines) output.write(line);
  await vi.waitFor(() => expect(readFileSync(path, "utf8").length).toBe(lines.join("").length), { timeout: 60_000 });
  expect(readFileSync(path, "utf8")).toBe(lines.join(""));
  closeSync(fd);
});

test("what was not written yet is written at the end", () => {
  const path = join(dir, "log");
  const fd = openSync(path, "w");
  const output = createLogOutput(fd);
  output.write("last words\n");
  output.flushSync();
  expect(readFileSync(path, "utf8")).toBe("last words\n");
  closeSync(fd);
});

test("while nobody reads, the log neither waits nor grows without end, and says afterwards how many lines were dropped", async () => {
  const path = join(dir, "pipe");
  execFileSync("mkfifo", [path]);
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const output = createLogOutput(fd);
  for (const line of numbered(12_000, 1_000)) output.write(line);
  const chunk = Buffer.alloc(1024 * 1024);
  let text = "";
  await vi.waitFor(
    () => {
      for (let length = 1; length > 0; ) {
        try {
          length = readSync(fd, chunk);
        } catch {
          length = 0;
        }
        text += chunk.toString("utf8", 0, length);
      }
      expect(text).toContain("log_lines_dropped");
    },
    { timeout: 60_000, interval: 5 },
  );
  expect(text.length).toBeLessThan(10 * 1024 * 1024);
  closeSync(fd);
});
