/** `npm run simulate`: plays Cloudonix against a running Switchboard and exits 1 when an answer breaks the protocol. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { openFakeCloudonix } from "./cloudonix-api/fake-cloudonix.ts";
import { type CommandLine, parseCommandLine, usage } from "./command-line.ts";
import { readFirstRun } from "./first-run.ts";
import { maskExchange } from "./masked-exchange.ts";
import { liveLine, resultOf, summaryTable } from "./report.ts";
import { type RunningLoad, runLoad } from "./run-load.ts";
import { type Target, targetOf } from "./target.ts";

const mostViolationsShown = 20;

async function findTarget(command: CommandLine): Promise<Target> {
  const firstRun = await readFirstRun(command.firstRunPath);
  const { tenantKey, token, domain } = command;
  if (firstRun !== null) {
    const known = targetOf(firstRun, command.url ?? firstRun.url);
    return { ...known, tenantKey: tenantKey ?? known.tenantKey, webhookToken: token ?? known.webhookToken, domain: domain ?? known.domain };
  }
  if (tenantKey === null || token === null || domain === null) {
    throw new Error(
      `There is no ${command.firstRunPath}. Start Switchboard once, or give --first-run, or --tenant-key, --token and --domain.`,
    );
  }
  const baseUrl = (command.url ?? "http://127.0.0.1:3000").replace(/\/+$/, "");
  return { baseUrl, publicUrl: baseUrl, tenantKey, webhookToken: token, domain };
}

/** One line that is written over on a terminal; elsewhere a line each ten seconds. */
function showProgress(load: RunningLoad): () => void {
  const terminal = process.stdout.isTTY;
  const show = (): void => {
    const line = liveLine(load.tally, (Date.now() - load.startedAt) / 1000);
    process.stdout.write(terminal ? `\r\u001b[2K${line}` : `${line}\n`);
  };
  const timer = setInterval(show, terminal ? 1000 : 10_000);
  return () => {
    clearInterval(timer);
    if (terminal) process.stdout.write("\r\u001b[2K");
  };
}

async function playPlatform({ cloudonixApiPort: port }: CommandLine, target: Target) {
  if (port === null) return null;
  const platform = await openFakeCloudonix({ port, target });
  console.log(
    `Cloudonix's REST API is played at ${platform.url}, for ${target.domain} with the key ${platform.domain.key}. Ctrl-C ends it.`,
  );
  return platform;
}

async function simulate(command: CommandLine): Promise<number> {
  const target = await findTarget(command);
  const seed = command.seed ?? randomBytes(4).toString("hex");
  const { profile, calls, ratePerSecond } = command;
  console.log(
    `Playing ${calls} calls at ${ratePerSecond}/s against ${target.baseUrl} (${profile.name}: ${profile.describes}), seed ${seed}.`,
  );
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  await using platform = await playPlatform(command, target);
  let shown = 0;
  const load = runLoad({
    ...command,
    ...(platform === null ? {} : { playCall: platform.play }),
    target,
    seed,
    signal: stop.signal,
    observe(event) {
      if (event.kind !== "violation" || shown >= mostViolationsShown) return;
      shown += 1;
      console.error(`\n${event.violation.code}: ${event.violation.message}\n${maskExchange(event.exchange, target)}\n`);
    },
  });
  const hideProgress = showProgress(load);
  const finished = await load.finished.finally(hideProgress);
  const result = resultOf(
    {
      profile: profile.name,
      seed,
      startedAt: load.startedAt,
      calls,
      ratePerSecond,
      ...finished,
      holdsTogether: profile.holdTogetherMs !== null,
    },
    load.tally,
  );
  console.log(summaryTable(result));
  if (command.jsonPath !== null) await writeFile(command.jsonPath, `${JSON.stringify(result, null, 2)}\n`);
  if (platform !== null && !stop.signal.aborted) await once(stop.signal, "abort");
  return result.shortfalls.length === 0 ? 0 : 1;
}

try {
  const command = parseCommandLine(process.argv.slice(2));
  if (command === null) console.log(usage);
  else process.exitCode = await simulate(command);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
