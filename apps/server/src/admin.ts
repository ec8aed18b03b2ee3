/** `npm run admin -- create-tenant …`: what is done at the machine, not in the console. Prints JSON on standard output. */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { createDatabase } from "@switchboard/control/database";
import { readKeyRing } from "@switchboard/control/key-ring";
import { migrate } from "@switchboard/control/migrate";
import { createPasswords } from "@switchboard/control/passwords";
import { createTenant } from "@switchboard/control/tenants";
import { createRedisClient } from "@switchboard/execution/client";
import { createPlanChannel, type PlanChange } from "@switchboard/execution/plan-channel";
import { type Config, readEnvironment } from "./config.ts";
import { webhooksOf } from "./first-run.ts";
import { secretKeysOf } from "./secret-keys.ts";

const usage = `Usage: npm run admin -- create-tenant --domain acme.cloudonix.net --email ada@acme.example --password "at least 12 characters"
         [--name "Acme"] [--country GB] [--alias other.domain.example …]`;

const readArguments = (args: string[]) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: {
      domain: { type: "string" },
      email: { type: "string" },
      password: { type: "string" },
      name: { type: "string" },
      country: { type: "string" },
      alias: { type: "string", multiple: true },
    },
  });

type Options = ReturnType<typeof readArguments>["values"];

/** A running server follows at once; one that doesn't hear it finds the change within two seconds, by polling. */
const announce = async ({ redis }: Config, change: PlanChange) => {
  if (!redis) return;
  const client = createRedisClient({ url: redis.nodes.join(","), cluster: redis.cluster, role: "jobs" });
  try {
    await once(client, "ready", { signal: AbortSignal.timeout(1_000) });
    await createPlanChannel({ publisher: client, subscriber: client }).publish(change);
  } catch {
    process.stderr.write("Redis does not answer; running servers will find the change by themselves.\n");
  } finally {
    client.disconnect();
  }
};

/** Throws with words for the person at the terminal. */
const createTenantCommand = async (config: Config, options: Options) => {
  const { domain, email, password, name, country, alias } = options;
  if (domain === undefined || email === undefined || password === undefined) {
    const missing = Object.entries({ domain, email, password }).flatMap(([option, value]) => (value === undefined ? [`--${option}`] : []));
    throw new Error(`Missing: ${missing.join(", ")}\n${usage}`);
  }
  if (config.databaseUrl === null) throw new Error("DATABASE_URL is needed here (npm run admin brings it).");
  await migrate(config.databaseUrl);
  const database = createDatabase(config.databaseUrl);
  try {
    const keyRing = readKeyRing(secretKeysOf(config.secretKeys, config.dataDir));
    const input = {
      domain,
      email,
      password,
      ...(name ? { name } : {}),
      ...(country ? { country } : {}),
      ...(alias ? { aliases: alias } : {}),
    };
    const created = await createTenant({ database, keyRing, passwords: createPasswords() }, input);
    await announce(config, { tenantId: created.tenantId, version: 1, rule: null });
    const { tenantKey, webhookToken } = created;
    return { tenantKey, webhookToken, domain: created.domain, webhooks: webhooksOf(config.publicUrl, tenantKey) };
  } finally {
    await database.close();
  }
};

const main = async () => {
  const { values, positionals } = readArguments(process.argv.slice(2));
  const [command = ""] = positionals;
  if (command !== "create-tenant") throw new Error(command === "" ? usage : `There is no command "${command}".\n${usage}`);
  const read = readEnvironment();
  if (!read.ok) throw new Error(read.problems.join("\n"));
  process.stdout.write(`${JSON.stringify(await createTenantCommand(read.config, values), null, 2)}\n`);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
