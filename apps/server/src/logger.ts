/** One structured line per event; numbers come in masked, credentials never come in. */
import { type DestinationStream, type LoggerOptions, pino } from "pino";
import { errorFacts } from "./error-facts.ts";
import { createLogOutput } from "./log-output.ts";

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

/** Many lines fall into one millisecond: its text is made once. */
const timeOfLine = () => {
  let at = Number.NaN;
  let text = "";
  return () => {
    const now = Date.now();
    if (now === at) return text;
    at = now;
    text = `,"time":"${new Date(now).toISOString()}"`;
    return text;
  };
};

/** One that writes to `destination`, with all that makes a line safe to keep. */
export const createLoggerTo = (level: string, destination: DestinationStream): pino.Logger =>
  pino({ level, base: null, timestamp: timeOfLine(), hooks: { logMethod }, serializers: { err: asItIs } }, destination);

/** Logs to the standard output; what is not written yet is when the process ends, however it does so. */
export const createLogger = (level: string) => {
  const output = createLogOutput(1);
  process.once("exit", output.flushSync);
  return { logger: createLoggerTo(level, output), flush: output.flushSync };
};
