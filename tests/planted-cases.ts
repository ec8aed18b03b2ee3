/** One violation of every rule of the house, and what the rules must let through. */

const header = "/** Planted. */\n";

const importing = (what: string): string => `${header}import { planted } from "${what}";\nexport const used = planted;\n`;
const importingType = (what: string): string => `${header}import type { Planted } from "${what}";\nexport type Used = Planted;\n`;
export const saying = (code: string): string => `${header}${code}\n`;
const lines = (count: number): string => Array.from({ length: count }, (_, line) => `  Math.abs(${line});`).join("\n");

/** What stands in the file, and the rule that must refuse it; no rule: it must be let through. */
export type Case = { name: string; file: string; text: string; rule: string | null };

export const arrows: Case[] = [
  { name: "execution may use routing", file: "packages/execution/src/a.ts", text: importing("@switchboard/routing/clean"), rule: null },
  { name: "control may use routing", file: "packages/control/src/a.ts", text: importing("@switchboard/routing/clean"), rule: null },
  { name: "api may use control", file: "packages/api/src/a.ts", text: importing("@switchboard/control/clean"), rule: null },
  { name: "server may use execution", file: "apps/server/src/a.ts", text: importing("@switchboard/execution/clean"), rule: null },
  { name: "console may use api's types", file: "apps/console/src/a.ts", text: importingType("@switchboard/api/clean"), rule: null },
  { name: "server may use cloudonix", file: "apps/server/src/h.ts", text: importing("@switchboard/cloudonix/clean"), rule: null },
  {
    name: "console may use api's input schemas",
    file: "apps/console/src/b.ts",
    text: importing("@switchboard/api/schemas/clean"),
    rule: null,
  },
  { name: "execution may use Redis", file: "packages/execution/src/b.ts", text: importing("ioredis"), rule: null },
  { name: "control may use SQL", file: "packages/control/src/b.ts", text: importing("mariadb"), rule: null },
  {
    name: "routing uses no room",
    file: "packages/routing/src/a.ts",
    text: importing("@switchboard/control/clean"),
    rule: "routing-arrows",
  },
  {
    name: "a relative path is no way around",
    file: "packages/routing/src/b.ts",
    text: importing("../../control/src/clean.ts"),
    rule: "routing-arrows",
  },
  {
    name: "a type is an arrow too",
    file: "packages/routing/src/c.ts",
    text: importingType("@switchboard/control/clean"),
    rule: "routing-arrows",
  },
  {
    name: "execution doesn't use control",
    file: "packages/execution/src/c.ts",
    text: importing("@switchboard/control/clean"),
    rule: "execution-arrows",
  },
  {
    name: "control doesn't use execution",
    file: "packages/control/src/c.ts",
    text: importing("@switchboard/execution/clean"),
    rule: "control-arrows",
  },
  { name: "api doesn't use execution", file: "packages/api/src/c.ts", text: importing("@switchboard/execution/clean"), rule: "api-arrows" },
  {
    name: "cloudonix uses no room",
    file: "packages/cloudonix/src/c.ts",
    text: importing("@switchboard/routing/clean"),
    rule: "cloudonix-arrows",
  },
  { name: "api doesn't use cloudonix", file: "packages/api/src/e.ts", text: importing("@switchboard/cloudonix/clean"), rule: "api-arrows" },
  {
    name: "server doesn't use console",
    file: "apps/server/src/c.ts",
    text: importing("@switchboard/console/clean"),
    rule: "server-arrows",
  },
  {
    name: "server doesn't use the simulator",
    file: "apps/server/src/b.ts",
    text: importing("@switchboard/simulator/clean"),
    rule: "product-without-simulator",
  },
  { name: "a test may play calls", file: "apps/server/src/b.test.ts", text: importing("@switchboard/simulator/clean"), rule: null },
  {
    name: "console doesn't use server",
    file: "apps/console/src/c.ts",
    text: importing("@switchboard/server/clean"),
    rule: "console-arrows",
  },
  {
    name: "console doesn't use control",
    file: "apps/console/src/d.ts",
    text: importing("@switchboard/control/clean"),
    rule: "console-arrows",
  },
  {
    name: "console doesn't run api's code",
    file: "apps/console/src/e.ts",
    text: importing("@switchboard/api/clean"),
    rule: "console-knows-api-as-types",
  },
  {
    name: "simulator uses no room",
    file: "apps/simulator/src/c.ts",
    text: importing("@switchboard/routing/clean"),
    rule: "simulator-arrows",
  },
  { name: "shared schemas stay pure", file: "packages/api/src/schemas/c.ts", text: importing("@trpc/server"), rule: "schemas-are-pure" },
  { name: "routing reads no file", file: "packages/routing/src/d.ts", text: importing("node:fs"), rule: "routing-is-pure" },
  { name: "routing knows no Redis", file: "packages/routing/src/e.ts", text: importing("ioredis"), rule: "routing-is-pure" },
  { name: "server knows no Redis", file: "apps/server/src/d.ts", text: importing("ioredis"), rule: "only-execution-knows-redis" },
  { name: "control knows no Redlock", file: "packages/control/src/d.ts", text: importing("redlock"), rule: "only-execution-knows-redis" },
  { name: "server knows no SQL", file: "apps/server/src/e.ts", text: importing("mariadb"), rule: "only-control-knows-sql" },
  { name: "api knows no Prisma", file: "packages/api/src/d.ts", text: importing("@prisma/client"), rule: "only-control-knows-sql" },
  { name: "no circles", file: "packages/control/src/e.ts", text: `${importing("./f.ts")}export const planted = 1;\n`, rule: "no-circles" },
  {
    name: "the linter sees a circle too",
    file: "packages/control/src/f.ts",
    text: `${importing("./e.ts")}export const planted = 1;\n`,
    rule: "no-cycle",
  },
  { name: "the product uses no test", file: "apps/server/src/f.ts", text: importing("./clean.test.ts"), rule: "product-without-tests" },
  { name: "an import leads somewhere", file: "apps/server/src/g.ts", text: importing("./nowhere.ts"), rule: "nothing-unresolvable" },
];

export const habits: Case[] = [
  { name: "a file that is clean passes", file: "apps/server/src/clean.ts", text: saying("export const planted = 1;"), rule: null },
  { name: "no utils", file: "apps/server/src/utils.ts", text: saying("export const planted = 1;"), rule: "telling-name" },
  { name: "no helpers", file: "packages/api/src/helpers.ts", text: saying("export const planted = 1;"), rule: "telling-name" },
  { name: "no index", file: "packages/routing/src/index.ts", text: saying("export const planted = 1;"), rule: "telling-name" },
  { name: "no barrel of everything", file: "packages/api/src/all.ts", text: saying('export * from "./clean.ts";'), rule: "no-barrel" },
  {
    name: "no barrel of names",
    file: "packages/api/src/some.ts",
    text: saying('export { planted } from "./clean.ts";'),
    rule: "no-barrel",
  },
  { name: "a file says what it is for", file: "packages/api/src/mute.ts", text: "export const planted = 1;\n", rule: "opening-sentence" },
];

export const lint: Case[] = [
  { name: "a clean file passes", file: "packages/routing/src/clean.ts", text: saying("export const planted = 1;"), rule: null },
  {
    name: "routing reads no clock",
    file: "packages/routing/src/clock.ts",
    text: saying("export const at = Date.now();"),
    rule: "no-restricted-globals",
  },
  {
    name: "routing makes no date",
    file: "packages/routing/src/date.ts",
    text: saying("export const at = new Date();"),
    rule: "no-restricted-globals",
  },
  {
    name: "routing measures no time",
    file: "packages/routing/src/time.ts",
    text: saying("export const at = performance.now();"),
    rule: "no-restricted-globals",
  },
  {
    name: "routing throws no dice",
    file: "packages/routing/src/dice.ts",
    text: saying("export const dice = Math.random();"),
    rule: "no-restricted-properties",
  },
  {
    name: "routing knows no process",
    file: "packages/routing/src/process.ts",
    text: saying("export const id = process.pid;"),
    rule: "no-restricted-globals",
  },
  {
    name: "only one file reads the environment",
    file: "apps/server/src/port.ts",
    text: saying("export const port = process.env.PORT;"),
    rule: "no-process-env",
  },
  {
    name: "the simulator reads none",
    file: "apps/simulator/src/port.ts",
    text: saying("export const port = process.env.PORT;"),
    rule: "no-process-env",
  },
  { name: "that one file may", file: "apps/server/src/config.ts", text: saying("export const port = process.env.PORT;"), rule: null },
  { name: "no any", file: "packages/api/src/any.ts", text: saying("export const planted: any = 1;"), rule: "no-explicit-any" },
  {
    name: "no !",
    file: "packages/api/src/bang.ts",
    text: saying("export const first = (names: string[]): string => names[0]!;"),
    rule: "no-non-null-assertion",
  },
  {
    name: "no as",
    file: "packages/api/src/as.ts",
    text: saying("export const name = (value: unknown): string => value as string;"),
    rule: "consistent-type-assertions",
  },
  { name: "as const is fine", file: "packages/api/src/as-const.ts", text: saying("export const names = ['one'] as const;"), rule: null },
  {
    name: "no forgotten promise",
    file: "packages/api/src/float.ts",
    text: saying("export function go(): void {\n  Promise.resolve(1);\n}"),
    rule: "no-floating-promises",
  },
  {
    name: "every case of a union",
    file: "packages/api/src/union.ts",
    text: saying('export function say(word: "a" | "b"): void {\n  switch (word) {\n    case "a":\n      break;\n  }\n}'),
    rule: "switch-exhaustiveness-check",
  },
  { name: "no printing", file: "packages/api/src/print.ts", text: saying('console.log("planted");'), rule: "no-console" },
  { name: "named exports", file: "packages/api/src/default.ts", text: saying("export default 1;"), rule: "no-default-export" },
  { name: "kebab-case", file: "packages/api/src/camelCase.ts", text: saying("export const planted = 1;"), rule: "filename-case" },
  {
    name: "300 lines",
    file: "packages/api/src/long-file.ts",
    text: saying(`export const planted = 1;\n${"// line\nexport {};\n".repeat(150)}`),
    rule: "max-lines",
  },
  {
    name: "40 lines a function",
    file: "packages/api/src/long-function.ts",
    text: saying(`export function planted(): void {\n${lines(41)}\n}`),
    rule: "function-lines",
  },
  {
    name: "its parts count singly",
    file: "packages/api/src/factory.ts",
    text: saying(
      `export function planted(): (() => void)[] {\n  const one = (): void => {\n${lines(30)}\n  };\n  const two = (): void => {\n${lines(30)}\n  };\n  return [one, two];\n}`,
    ),
    rule: null,
  },
];
