// `npm start` and `npm run dev`: checks the environment, starts the private databases, then the product, and ends them in turn.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startDockerServers } from "../embedded/docker-servers.mjs";
import { startServers } from "../embedded/start-servers.mjs";
import { isStopping, runInForeground, stop } from "../setup/foreground.mjs";
import { dataDir, root } from "../setup/paths.mjs";
import { prepare, privateServerLines, privateServers } from "../setup/prepare.mjs";
import { say } from "../setup/say.mjs";
import { serverProcess } from "../setup/server-process.mjs";
import { nodeBinary, toolEnvironment } from "../setup/toolchain.mjs";

const serverEntry = join(root, "apps/server/src/main.ts");
const consoleDir = join(root, "apps/console");

/** @param {"start" | "dev"} mode @returns {Promise<number>} the exit code */
export async function serve(mode) {
  const address = `http://${process.env.HOST || "127.0.0.1"}:${process.env.PORT || 3000}`;
  const watched = mode === "dev" ? ["the console's development server (its address follows)"] : [];
  const starts = [...privateServerLines(), `Switchboard on ${address}`, ...watched];
  const { serversBy } = await prepare({
    title: `npm ${mode === "dev" ? "run dev" : "start"}`,
    programs: privateServers(),
    withConsole: true,
    starts,
  });
  if (isStopping()) return 0;
  if (!environmentIsRight()) return 1;
  const servers = await startDatabases(serversBy);
  try {
    return await (mode === "dev" ? develop(servers, address) : runInForeground(server(servers, [])));
  } finally {
    await servers.stop();
  }
}

/** The server's own check prints every problem at once. */
function environmentIsRight() {
  const check = spawnSync(nodeBinary(), [serverEntry, "--check-config"], {
    cwd: root,
    env: process.env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return check.status === 0;
}

/** @param {"binaries" | "docker"} serversBy @param {import("../setup/system-packages.mjs").Program[]} wanted */
export async function startDatabases(serversBy, wanted = privateServers()) {
  const options = { dataDir: dataDir(), mariadb: wanted.includes("mariadb"), redis: wanted.includes("redis"), say };
  if (wanted.length > 0) mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  return serversBy === "docker" && wanted.length > 0 ? startDockerServers(options) : startServers(options);
}

/** @param {import("../embedded/start-servers.mjs").ServerUrls} urls @returns {NodeJS.ProcessEnv} */
export function withServers({ databaseUrl, redisUrl }) {
  return {
    ...process.env,
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
    DATA_DIR: dataDir(),
  };
}

/** @param {import("../embedded/start-servers.mjs").ServerUrls} servers @param {string[]} nodeOptions */
function server(servers, nodeOptions) {
  return { command: nodeBinary(), args: [...nodeOptions, serverEntry], env: { ...withServers(servers), ...serverProcess(process.env) } };
}

/** The first of the two that ends takes the other with it. @param {import("../embedded/start-servers.mjs").ServerUrls} servers @param {string} address */
async function develop(servers, address) {
  const vite = {
    command: nodeBinary(),
    args: [join(consoleDir, "node_modules/vite/bin/vite.js")],
    cwd: consoleDir,
    env: { ...toolEnvironment(), SWITCHBOARD_URL: address },
  };
  const running = [runInForeground(server(servers, ["--watch", "--watch-preserve-output"])), runInForeground(vite)];
  const firstCode = await Promise.race(running);
  stop();
  await Promise.all(running);
  return firstCode;
}
