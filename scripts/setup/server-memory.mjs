// How the server's process deals with memory. What a call leaves behind lives for milliseconds: a small place for young objects is swept
// more often and more quickly, which costs a call nothing and holds nobody up; and what was used once is given back.

const trimThreshold = "MALLOC_TRIM_THRESHOLD_";

/** Environment variables of the server's process; what somebody has set for themselves counts.
 * @param {NodeJS.ProcessEnv} own @returns {Record<string, string>} */
export const serverMemory = (own) => ({
  MALLOC_ARENA_MAX: own.MALLOC_ARENA_MAX ?? "2",
  [trimThreshold]: own[trimThreshold] ?? "131072",
  NODE_OPTIONS: ["--max-semi-space-size=8", own.NODE_OPTIONS ?? ""].join(" ").trim(),
});
