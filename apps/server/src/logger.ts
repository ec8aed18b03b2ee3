/** One structured line per event; numbers come in masked, credentials never come in. */
import { type DestinationStream, type LoggerOptions, pino } from "pino";
import { errorFacts } from "./error-facts.ts";

export type Logger = Pick<pino.Logger, "debug" | "info" | "warn" | "error" | "fatal">;

/** Errors are cut down before anything else sees them: the line's text is taken from the error when it has none of its own. */
const logMethod: NonNullable<LoggerOptions["hooks"]>["logMethod"] = function (args, method) {
  const [facts, ...rest] = args;
  const line: unknown = facts;
  const told = typeof line === "object" && line !== null && "err" in line ? { ...line, err: errorFacts(line.err) } : facts;
  method.apply(this, [told, ...rest]);
};

/** The library's own serializer would take the facts for an error and read them anew. */
const asItIs = (facts: unknown): unknown => facts;

/** One that writes to `destination`, with all that makes a line safe to keep. */
export const createLoggerTo = (level: string, destination: DestinationStream): pino.Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, hooks: { logMethod }, serializers: { err: asItIs } }, destination);

/** Lines are gathered and written together, so that a log never waits on the call path; flushed when the process ends. */
export const createLogger = (level: string) => {
  const destination = pino.destination({ fd: 1, sync: false, minLength: level === "debug" || level === "trace" ? 0 : 4096 });
  const flusher = setInterval(() => destination.flush(), 500);
  flusher.unref();
  return { logger: createLoggerTo(level, destination), flush: () => destination.flushSync() };
};
