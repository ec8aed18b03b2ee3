/** Loads the Lua sources, composed of their fragments, and runs them: one EVALSHA, the text only when Redis lacks it. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { RedisClient } from "./client.ts";
import { luaKeys } from "./keys.ts";

export type Script = { text: string; sha: string };

/** A test's clock in milliseconds, in place of Redis's own. */
export type TestClock = () => number;

const readLua = (name: string): string => readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), "utf8");

function compose(text: string): string {
  return text.replaceAll(/^\s*-- @include (\S+)$/gm, (_, name: string) => compose(readLua(name)));
}

/** `-- @define NAME VALUE` gives a constant its text: a Lua local would cost every closure that knows it. */
function withConstants(text: string): string {
  const values = new Map(luaKeys);
  for (const [, name = "", value = ""] of text.matchAll(/^\s*-- @define (\S+) (.+)$/gm)) values.set(name, value);
  return text.replaceAll(/\b\w+\b/g, (word) => values.get(word) ?? word);
}

/** A source with its fragments, constants and keys in place; comments are dropped, they would travel with every reload. */
export function composeLua(name: string): string {
  return withConstants(compose(readLua(name))).replaceAll(/^\s*--.*\n/gm, "");
}

export function loadScript(name: string): Script {
  const text = composeLua(name);
  return { text, sha: createHash("sha1").update(text).digest("hex") };
}

/** Throws what Redis or the connection throws; a timed-out script may have run. */
export async function runScript(redis: RedisClient, script: Script, keys: string[], args: (string | number)[]): Promise<unknown> {
  try {
    return await redis.call("EVALSHA", script.sha, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
    return await redis.call("EVAL", script.text, keys.length, ...keys, ...args);
  }
}

/** ARGV[1] of every script. */
export const clockArgument = (clock: TestClock | undefined): string => (clock ? String(clock()) : "");
