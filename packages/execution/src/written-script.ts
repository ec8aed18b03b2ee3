/** Runs a script whose command is written by whoever sends it: of what many commands share, the text is kept, not made anew each time. */
import { Command } from "ioredis";
import type { RedisClient } from "./client.ts";
import type { Script } from "./script.ts";

/** One argument as Redis reads it. */
export const written = (argument: string): string => `$${Buffer.byteLength(argument)}\r\n${argument}\r\n`;

/** What follows the keys: so many arguments, already written. */
export type WrittenArguments = { count: number; text: string };

class WrittenCommand extends Command {
  readonly #text: string;

  constructor(name: "EVALSHA" | "EVAL", body: string, keys: readonly string[], { count, text }: WrittenArguments) {
    // The library asks the command's own arguments for its keys alone, to know where in a cluster they are.
    super(name, [body, String(keys.length), ...keys], { replyEncoding: "utf8" });
    const front = [name, body, String(keys.length), ...keys].map(written).join("");
    this.#text = `*${3 + keys.length + count}\r\n${front}${text}`;
  }

  override toWritable(): string {
    return this.#text;
  }
}

/** As `runScript` does: throws what Redis or the connection throws; a timed-out script may have run. */
export async function runWrittenScript(
  redis: RedisClient,
  script: Script,
  keys: readonly string[],
  given: WrittenArguments,
): Promise<unknown> {
  try {
    return await redis.sendCommand(new WrittenCommand("EVALSHA", script.sha, keys, given));
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
    return await redis.sendCommand(new WrittenCommand("EVAL", script.text, keys, given));
  }
}
