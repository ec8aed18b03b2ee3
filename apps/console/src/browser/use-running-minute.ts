/** The beginning of the minute that is running, in milliseconds since the epoch, moving on with it. */
import { useEffect, useState } from "react";

const minuteMs = 60_000;
const lookEveryMs = 5_000;

const runningMinute = (): number => Math.floor(Date.now() / minuteMs) * minuteMs;

export const useRunningMinute = (): number => {
  const [now, setNow] = useState(runningMinute);
  useEffect(() => {
    const timer = setInterval(() => setNow(runningMinute()), lookEveryMs);
    return () => clearInterval(timer);
  }, []);
  return now;
};
