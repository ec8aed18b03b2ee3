/** The server's entry: reads the environment, builds, listens, and ends in order when told to. */
import { setTimeout as pause } from "node:timers/promises";
import { readEnvironment } from "./config.ts";
import { createLogger } from "./logger.ts";

/** In production a balancer needs this long to notice that we are not ready any more. */
const drainMs = 5_000;
const longestStopMs = 20_000;

const fail = (problems: string[]): never => {
  process.stderr.write(`Switchboard can't start; the environment has ${problems.length === 1 ? "a problem" : "problems"}:\n`);
  for (const problem of problems) process.stderr.write(`  ${problem}\n`);
  process.exit(1);
};

const main = async () => {
  const read = readEnvironment();
  if (!read.ok) return fail(read.problems);
  if (process.argv.includes("--check-config")) return;
  const { databaseUrl, redis, ...rest } = read.config;
  if (databaseUrl === null || redis === null) return fail(["DATABASE_URL, REDIS_URL: are needed here (npm start brings its own servers)"]);
  const config = { ...rest, databaseUrl, redis };
  const { logger, flush } = createLogger(config.logLevel);
  // Loaded only now: checking the environment must not wait for the whole product to be read.
  const { compose } = await import("./compose.ts");
  const server = await compose(config, logger);

  let ending = false;
  const end = async (signal: string) => {
    if (ending) process.exit(1);
    ending = true;
    logger.info({ event: "stopping", signal });
    setTimeout(() => process.exit(1), longestStopMs).unref();
    server.announceStop();
    if (config.production) await pause(drainMs);
    await server.stop();
    logger.info({ event: "stopped" });
    flush();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => void end(signal));
  process.on("unhandledRejection", (error) => logger.error({ event: "unhandled_rejection", err: error }));

  await server.app.listen({ host: config.host, port: config.port });
  await server.start();
  logger.info({ event: "ready", url: config.publicUrl }, `Switchboard answers at http://${config.host}:${config.port}`);
  flush();
};

main().catch((error: unknown) => {
  process.stderr.write(`Switchboard can't start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
