/** Takes numbers out of what Redis remembers of a tenant's calls. */
import { Cluster } from "ioredis";
import type { TenantId } from "@switchboard/routing/ids";
import type { RedisClient } from "./client.ts";
import { callKeyPattern, tenantScriptKeys } from "./keys.ts";
import { clockArgument, loadScript, runScript } from "./script.ts";

const script = loadScript("erase-call");
const keysPerScan = 500;

/** `left`: calls on the line whose decisions hold a number; they can be replaced when those have ended. */
export type ErasedStates = { changed: number; left: number };

export type EraseStates = (
  tenantId: TenantId,
  erasing: { isErased: (text: string) => boolean; erasedText: string; signal: AbortSignal },
) => Promise<ErasedStates>;

/** Looks at every key of the database, a few hundred at a time. Throws when Redis does not answer. */
export const createEraseStates =
  (redis: RedisClient): EraseStates =>
  async (tenantId, { isErased, erasedText, signal }) => {
    const pattern = callKeyPattern(tenantId);
    const outcome: ErasedStates = { changed: 0, left: 0 };
    for (const node of redis instanceof Cluster ? redis.nodes("master") : [redis]) {
      let cursor = "0";
      do {
        const [next, names] = await node.scan(cursor, "MATCH", pattern, "COUNT", keysPerScan);
        const states = await Promise.all(names.map((name) => redis.getBuffer(name)));
        for (const [index, name] of names.entries()) {
          const found = textsIn(states[index] ?? null).filter(isErased);
          if (found.length === 0) continue;
          const callId = name.slice(pattern.length - 1);
          const args = [
            clockArgument(undefined),
            tenantId,
            callId,
            JSON.stringify(erasedText),
            ...found.map((text) => JSON.stringify(text)),
          ];
          const reply = await runScript(redis, script, tenantScriptKeys(tenantId), args);
          const [replaced, left] = Array.isArray(reply) ? reply.map(Number) : [];
          outcome.changed += replaced ?? 0;
          outcome.left += left ?? 0;
        }
        cursor = next;
      } while (cursor !== "0" && !signal.aborted);
    }
    return outcome;
  };

/** The JSON texts in a packed state that could be numbers, once each. */
function textsIn(state: Buffer | null): string[] {
  const found = state?.toString("utf8").match(/"[^"\\]{4,255}"/g) ?? [];
  return [...new Set(found)].map((quoted) => quoted.slice(1, -1)).filter((text) => /\d.*\d.*\d.*\d.*\d/.test(text));
}
