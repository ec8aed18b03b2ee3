/** `npm run seed -- --calls 100000`: fills a tenant's call records with made-up calls, to try the product with many. */
import { parseArgs } from "node:util";
import { loadCalls } from "@switchboard/control/load-calls";
import { createDatabase } from "@switchboard/control/database";
import { migrate } from "@switchboard/control/migrate";
import { findTenantByDomain, listTenants } from "@switchboard/control/tenants";
import { readEnvironment } from "./config.ts";

const usage = `Usage: npm run seed -- --calls 100000 [--tenant acme.cloudonix.net] [--days 90] [--name seed]
  Makes up calls over the last days, for the rules, groups and agents that the tenant has: records, dials and figures, no timelines.
  Broken off, the same command goes on where it was; done, it refuses to make the same calls twice, and another --name makes others.
  From 200,000 calls on nothing else may work with the database, since indexes are built afterwards.`;

const wholeNumber = (name: string, text: string, most: number): number => {
  const value = Number(text.replaceAll(/[,_]/g, ""));
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`--${name} is a whole number from 1 to ${most.toLocaleString("en-US")}.\n${usage}`);
};

const readOptions = (args: string[]) => {
  const text = { type: "string" } as const;
  const { calls, tenant, days, name } = parseArgs({ args, options: { calls: text, tenant: text, days: text, name: text } }).values;
  if (calls === undefined) throw new Error(`Say how many: --calls 100000\n${usage}`);
  if (name !== undefined && !/^[a-z0-9-]{1,32}$/i.test(name)) throw new Error("--name takes up to 32 letters, digits and hyphens.");
  return { tenant, name: name ?? "seed", count: wholeNumber("calls", calls, 10 ** 9), days: wholeNumber("days", days ?? "90", 365) };
};

/** The one that is named, or the only one there is. */
const findTenant = async (databaseUrl: string, domain: string | undefined) => {
  const database = createDatabase(databaseUrl);
  try {
    if (domain === undefined) {
      const [only, ...others] = await listTenants(database);
      if (only === undefined) throw new Error("There is no tenant yet: npm start makes one, or npm run admin -- create-tenant.");
      if (others.length > 0) throw new Error(`Say whose: --tenant ${only.domain}, or one of ${others.length} others.`);
      return only;
    }
    const tenantId = await findTenantByDomain(database, domain);
    if (tenantId === null) throw new Error(`No tenant has the domain ${domain}.`);
    return { tenantId, domain };
  } finally {
    await database.close();
  }
};

const main = async () => {
  const { tenant, ...options } = readOptions(process.argv.slice(2));
  const read = readEnvironment();
  if (!read.ok) throw new Error(read.problems.join("\n"));
  const { databaseUrl } = read.config;
  if (databaseUrl === null) throw new Error("DATABASE_URL is needed here (npm run seed brings it).");
  await migrate(databaseUrl);
  const { tenantId, domain } = await findTenant(databaseUrl, tenant);
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
  const say = (line: string) => void process.stderr.write(`${domain}: ${line}\n`);
  const began = performance.now();
  const loaded = await loadCalls(databaseUrl, { ...options, tenantId, say, signal: stopping.signal });
  const seconds = Math.round((performance.now() - began) / 1_000);
  const isWhole = loaded.loaded + loaded.there === options.count;
  process.stdout.write(`${JSON.stringify({ domain, ...loaded, seconds, finished: isWhole }, null, 2)}\n`);
  if (!isWhole) process.exitCode = 130;
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
