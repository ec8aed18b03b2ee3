/** The least that a claim could be, as the baseline: remember the call, note a lease, append to a stream. */
import type { RedisClient } from "@switchboard/execution/client";

const text = [
  "if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'EX', 3600) then",
  "  redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])",
  "  redis.call('XADD', KEYS[3], '*', 's', ARGV[1])",
  "end",
  "return 1",
].join("\n");

const leaseMs = 120_000;

/** Loads the script; the function answers when the session is remembered. The client pipelines by itself. */
export const createMinimalClaim = async (redis: RedisClient) => {
  const sha = String(await redis.call("SCRIPT", "LOAD", text));
  return async (session: string): Promise<void> => {
    await redis.call("EVALSHA", sha, 3, `{m}:call:${session}`, "{m}:leases", "{m}:journal", session, Date.now() + leaseMs);
  };
};
