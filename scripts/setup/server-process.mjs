// How the server's process lives beside others on its machine: what memory was used once is given back, and V8 has no more helpers than
// there are processors.
import { availableParallelism } from "node:os";

const trimThreshold = "MALLOC_TRIM_THRESHOLD_";
/** As V8 has it where nobody says otherwise. */
const mostHelpers = 4;

// Calls wait for each small garbage collection, and the collection for its helpers: with more of them than processors, for those that have
// none. What comes last counts.
const helpers = () => `--v8-pool-size=${Math.min(mostHelpers, availableParallelism())}`;

/** Environment variables of the server's process; what somebody has set for themselves counts.
 * @param {NodeJS.ProcessEnv} own @returns {Record<string, string>} */
export const serverProcess = (own) => ({
  MALLOC_ARENA_MAX: own.MALLOC_ARENA_MAX ?? "2",
  [trimThreshold]: own[trimThreshold] ?? "131072",
  NODE_OPTIONS: [helpers(), own.NODE_OPTIONS ?? ""].join(" ").trim(),
});
