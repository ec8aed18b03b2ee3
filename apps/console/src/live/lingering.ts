/** Calls that have ended stay on the board for a few seconds, so that one can read how. */
const lingerMs = 6_000;

export const createLingering = (letGo: (callId: string) => void) => {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    /** A second word about the same end doesn't keep it longer. */
    ended: (callId: string) => {
      if (timers.has(callId)) return;
      const leave = () => {
        timers.delete(callId);
        letGo(callId);
      };
      timers.set(callId, setTimeout(leave, lingerMs));
    },
    clear: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
};
