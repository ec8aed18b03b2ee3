/** Every rule of the house is planted against, in a small checkout of its own, and each violation is seen refused by what `npm test` runs. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkArrows } from "../scripts/checks/arrows.ts";
import { checkStructure, type Finding } from "../scripts/checks/structure.ts";
import { arrows, habits, lint, saying } from "./planted-cases.ts";

const root = resolve(import.meta.dirname, "..");
const rooms = [
  "packages/routing",
  "packages/execution",
  "packages/control",
  "packages/api",
  "packages/cloudonix",
  "apps/server",
  "apps/console",
  "apps/simulator",
];
let place: string;
let found: Finding[];

beforeAll(async () => {
  place = await mkdtemp(join(root, ".planted-"));
  await layOut();
  for (const { file, text } of [...arrows, ...habits, ...lint]) await write(file, text);
  found = [...(await checkArrows(place, ["packages", "apps"])).findings, ...checkStructure(place).findings, ...(await runLint())];
});
afterAll(() => rm(place, { recursive: true, force: true }));

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(place, file)), { recursive: true });
  await writeFile(join(place, file), text);
}

/** A checkout with the real configuration, the real rooms' names, and a clean file to import in each. */
async function layOut(): Promise<void> {
  for (const file of [".oxlintrc.json", "tsconfig.json", "scripts/checks/lint-plugin.mjs"]) await cp(join(root, file), join(place, file));
  await mkdir(join(place, "node_modules/@switchboard"), { recursive: true });
  // Else it would count as a part of this repository that git ignores, and be skipped.
  await mkdir(join(place, ".git"));
  for (const room of rooms) {
    await write(`${room}/src/clean.ts`, saying("export const planted = 1;\nexport type Planted = typeof planted;"));
    await write(`${room}/src/clean.test.ts`, saying("export const planted = 1;"));
    const { name } = JSON.parse(await readFile(join(root, room, "package.json"), "utf8"));
    await write(`${room}/package.json`, JSON.stringify({ name, type: "module", exports: { "./*": "./src/*.ts" } }));
    await symlink(join(place, room), join(place, "node_modules", name));
  }
  await symlink(join(root, "packages/execution/node_modules/ioredis"), join(place, "node_modules/ioredis"));
  await write("packages/api/src/schemas/clean.ts", saying("export const planted = 1;"));
}

/** oxlint's own exit code says only that something was found. */
function runLint(): Promise<Finding[]> {
  const args = [join(root, "node_modules/oxlint/bin/oxlint"), "--type-aware", "-f", "json", "packages", "apps"];
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd: place, maxBuffer: 50_000_000 }, (_, stdout, stderr) => {
      if (!stdout.startsWith("{")) return fail(new Error(`oxlint said: ${stdout}${stderr}`));
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string; message: string }[] };
      done(diagnostics.map(({ filename, code, message }) => ({ file: filename, rule: code.replace(/^.*\((.*)\)$/, "$1"), message })));
    });
  });
}

describe.each([
  ["arrows", arrows, (finding: Finding) => !isLint(finding)],
  ["habits", habits, (finding: Finding) => !isLint(finding)],
  ["lint", lint, isLint],
])("%s", (_, cases, concerns) => {
  test.each(cases)("$name", ({ file, rule }) => {
    const rules = found.filter((finding) => finding.file === file && concerns(finding)).map((finding) => finding.rule);
    if (rule === null) expect(rules).toEqual([]);
    else expect(rules).toContain(rule);
  });
});

const lintRules = new Set(lint.map((each) => each.rule));
function isLint(finding: Finding): boolean {
  return lintRules.has(finding.rule);
}

test("a check that has looked at nothing is no success", async () => {
  await mkdir(join(place, "empty"), { recursive: true });
  expect((await checkArrows(join(place, "empty"), ["."])).files).toBe(0);
  expect(checkStructure(join(place, "empty")).files).toBe(0);
});
