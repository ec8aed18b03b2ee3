// The front door of every npm command: sets up what is missing, then runs the command. Plain Node 20.19, no dependencies.
import { admin, bench, seed, simulate } from "./commands/run-program.mjs";
import { screens } from "./commands/screens.mjs";
import { serve } from "./commands/serve.mjs";
import { test } from "./commands/test.mjs";
import { listenForTheEnd } from "./setup/foreground.mjs";
import { compileCacheDir } from "./setup/paths.mjs";
import { leaveStandardOutputToTheProgram, PlainError, say } from "./setup/say.mjs";

const [name = "", ...args] = process.argv.slice(2);

/** @type {Record<string, () => Promise<number>>} */
const commands = {
  start: () => serve("start"),
  dev: () => serve("dev"),
  test: () => test(args),
  simulate: () => simulate(args),
  bench: () => bench(args),
  screens,
  admin: () => admin(args),
  seed: () => seed(args),
};

async function main() {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new PlainError(`There is no command "${name}". Known: ${Object.keys(commands).join(", ")}.`);
  if (name === "admin" || name === "seed") leaveStandardOutputToTheProgram();
  listenForTheEnd();
  // Half of what a start takes is reading and compiling the product's own files; Node does that once and keeps the result here.
  process.env.NODE_COMPILE_CACHE ??= compileCacheDir;
  return command();
}

main().then(
  (code) => process.exit(code),
  (error) => {
    leaveStandardOutputToTheProgram();
    say(error instanceof PlainError ? `\n${error.message}` : `\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
