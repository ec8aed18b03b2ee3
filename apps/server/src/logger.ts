/** One structured line per event; numbers come in masked, credentials never come in. */
import { pino } from "pino";

export type Logger = Pick<pino.Logger, "debug" | "info" | "warn" | "error" | "fatal">;

/** Lines are gathered and written together, so that a log never waits on the call path; flushed when the process ends. */
export const createLogger = (level: string) => {
  const destination = pino.destination({ fd: 1, sync: false, minLength: level === "debug" || level === "trace" ? 0 : 4096 });
  const flusher = setInterval(() => destination.flush(), 500);
  flusher.unref();
  const logger: pino.Logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return { logger, flush: () => destination.flushSync() };
};
