// `npm run simulate`, `bench`, `admin` and `seed`: sets up what the program needs and runs it with the arguments given.
import { join } from "node:path";
import { runningServers } from "../embedded/start-servers.mjs";
import { isStopping, runInForeground } from "../setup/foreground.mjs";
import { dataDir, root } from "../setup/paths.mjs";
import { prepare } from "../setup/prepare.mjs";
import { nodeBinary } from "../setup/toolchain.mjs";
import { startDatabases, withServers } from "./serve.mjs";

/** @param {string[]} args */
export async function simulate(args) {
  await prepare({ title: "npm run simulate", programs: [], withConsole: false, starts: [] });
  return runInForeground({
    command: nodeBinary(),
    args: [join(root, "apps/simulator/src/main.ts"), "--first-run", join(dataDir(), "first-run.json"), ...args],
  });
}

/** @param {string[]} args */
export async function bench(args) {
  await prepare({
    title: "npm run bench",
    programs: ["mariadb", "redis", "chromium"],
    withConsole: true,
    starts: ["the benchmarks, on databases of their own"],
  });
  return runInForeground({ command: nodeBinary(), args: [join(root, "apps/server/bench/main.ts"), ...args] });
}

/** @param {string[]} args */
export const admin = (args) => onDatabase({ title: "npm run admin", file: "apps/server/src/admin.ts", args });

/** @param {string[]} args */
export const seed = (args) => onDatabase({ title: "npm run seed", file: "apps/server/src/seed.ts", args });

/** Works on the database of a running copy when there is one, else starts that copy's database for the moment.
 * @param {{ title: string, file: string, args: string[] }} what */
async function onDatabase({ title, file, args }) {
  const running = process.env.DATABASE_URL ? null : runningServers(dataDir());
  const alone = !process.env.DATABASE_URL && !running?.databaseUrl;
  const starts = alone ? [`MariaDB for this command (data in ${dataDir()})`] : [];
  const { serversBy } = await prepare({ title, programs: alone ? ["mariadb"] : [], withConsole: false, starts });
  if (isStopping()) return 0;
  const program = { command: nodeBinary(), args: [join(root, file), ...args] };
  if (!alone) return runInForeground({ ...program, env: withServers(running ?? { databaseUrl: null, redisUrl: null }) });
  const servers = await startDatabases(serversBy, ["mariadb"]);
  try {
    return await runInForeground({ ...program, env: withServers(servers) });
  } finally {
    await servers.stop();
  }
}
