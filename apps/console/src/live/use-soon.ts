/** Work that many things ask for at once, done once. */
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";

/** Many changes at once are one reading. */
const gatherMs = 250;

/** Runs `work` once, soon after the first of several calls. */
export const useSoon = (work: () => void) => {
  const run = useEffectEvent(work);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (asked === 0) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      run();
    }, gatherMs);
  }, [asked]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => setAsked((count) => count + 1), []);
};
