/** A whole server for one test file, in this process: a Redis and a database of its own, configured before it starts. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAgents } from "@switchboard/control/agents";
import { createDatabase } from "@switchboard/control/database";
import { createGroups } from "@switchboard/control/groups";
import { createInboundRules } from "@switchboard/control/inbound-rules";
import { readKeyRing } from "@switchboard/control/key-ring";
import { migrate } from "@switchboard/control/migrate";
import { createOutboundRules } from "@switchboard/control/outbound-rules";
import { createPasswords } from "@switchboard/control/passwords";
import { createTenant } from "@switchboard/control/tenants";
import type { NewTenantInput } from "@switchboard/routing/input/tenant";
import { createTestDatabase } from "../../../tests/database.ts";
import { startOwnRedis } from "../../../tests/redis-server.ts";
import { compose } from "../src/compose.ts";
import { parseConfig } from "../src/config.ts";
import type { RateLimits } from "../src/limits/rate-limits.ts";
import { createLoggerTo } from "../src/logger.ts";
import { secretKeysOf } from "../src/secret-keys.ts";

/** Creates tenants and what is in them, straight in the database. */
const openConfigurator = async (databaseUrl: string, dataDir: string) => {
  await migrate(databaseUrl);
  const database = createDatabase(databaseUrl);
  const keyRing = readKeyRing(secretKeysOf(null, dataDir));
  const deps = { database, keyRing, passwords: createPasswords() };
  let count = 0;
  return {
    database,
    newTenant: async (more: Partial<NewTenantInput> = {}) => {
      count += 1;
      const password = "correct horse battery";
      const email = `admin${count}@tenant.example`;
      const tenant = await createTenant(deps, { domain: `tenant${count}.example`, email, password, ...more });
      const bound = { database, keyRing, tenantId: tenant.tenantId, actor: { id: null, name: "test" }, announce: async () => {} };
      const configuration = {
        agents: createAgents(bound),
        groups: createGroups(bound),
        inboundRules: createInboundRules(bound),
        outboundRules: createOutboundRules(bound),
      };
      return { ...tenant, email, password, configuration };
    },
  };
};

export type Configurator = Awaited<ReturnType<typeof openConfigurator>>;
export type TestTenant = Awaited<ReturnType<Configurator["newTenant"]>>;

export type TestServerOptions = {
  /** None: a test asks more than any person. */
  limits?: RateLimits;
  environment?: Record<string, string>;
};

const plenty = { perSecond: 1_000_000, burst: 1_000_000 };
const plentyThere = { windowMs: 1, most: 100 };
const noLimits: RateLimits = {
  ...{ user: plenty, address: plenty, tenant: plenty },
  cloudonix: { person: plentyThere, job: plentyThere },
};

/** `configure` makes the tenants that the server finds when it starts. Write `await using server = …`, or stop it in `afterAll`. */
export const startTestServer = async <Configured>(
  configure: (configurator: Configurator) => Promise<Configured>,
  { limits = noLimits, environment: given = {} }: TestServerOptions = {},
) => {
  const dataDir = await mkdtemp(join(tmpdir(), "switchboard-server-"));
  const [redis, databaseUrl] = await Promise.all([startOwnRedis(), createTestDatabase()]);
  const configurator = await openConfigurator(databaseUrl, dataDir);
  const configured = await configure(configurator);

  const logs: string[] = [];
  const logger = createLoggerTo("info", { write: (line: string) => void logs.push(line) });
  /** One process's worth of server on these stores, with the same keys and a data directory of its own. */
  const startProcess = async (dir: string, more: Record<string, string> = {}) => {
    const environment = {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      DATA_DIR: dir,
      SEED: "none",
      PORT: "0",
      // Nobody listens there: a test that means to ask names a server of its own.
      CLOUDONIX_API_URL: "http://127.0.0.1:9",
      SECRET_KEYS: secretKeysOf(null, dataDir),
      ...given,
      ...more,
    };
    const parsed = parseConfig(environment);
    if (!parsed.ok) throw new Error(parsed.problems.join("\n"));
    const { config } = parsed;
    if (config.databaseUrl === null || config.redis === null) throw new Error("no stores");
    const process = await compose({ ...config, databaseUrl: config.databaseUrl, redis: config.redis }, logger, limits);
    await process.start();
    return process;
  };
  const server = await startProcess(dataDir);
  const others: Awaited<ReturnType<typeof startProcess>>[] = [];
  /** Another process beside the first; it ends with it. */
  const startAnother = async (more: Record<string, string> = {}) => {
    const other = await startProcess(join(dataDir, `process-${others.length + 2}`), more);
    others.push(other);
    return other;
  };

  const stop = async () => {
    await Promise.all([server, ...others].map((each) => each.stop()));
    await configurator.database.close();
    await redis.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { app: server.app, configured, startAnother, configurator, redis, databaseUrl, dataDir, logs, stop, [Symbol.asyncDispose]: stop };
};
