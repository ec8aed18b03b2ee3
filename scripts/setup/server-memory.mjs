// How the server's process deals with memory: what was used once is given back to the machine.

const trimThreshold = "MALLOC_TRIM_THRESHOLD_";

/** Environment variables of the server's process; what somebody has set for themselves counts.
 * @param {NodeJS.ProcessEnv} own @returns {Record<string, string>} */
export const serverMemory = (own) => ({
  MALLOC_ARENA_MAX: own.MALLOC_ARENA_MAX ?? "2",
  [trimThreshold]: own[trimThreshold] ?? "131072",
});
