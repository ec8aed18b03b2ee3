/** Work that runs once at a time: a second click while the first is under way does nothing. */
import { useCallback, useRef, useState } from "react";

export const useOnce = () => {
  const running = useRef(false);
  const [isPending, setPending] = useState(false);
  const once = useCallback(async (work: () => Promise<void>): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setPending(true);
    try {
      await work();
    } finally {
      running.current = false;
      setPending(false);
    }
  }, []);
  return { isPending, once };
};
