/** Keeps a running product from writing a tenant's exports, by holding the lock that their writers take. */
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { createConnection } from "mariadb";

/** One command and its answer; words without spaces. */
const ask = (redisUrl: string, words: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(redisUrl);
    const socket = connect(Number(port), hostname, () => socket.write(`${words.join(" ")}\r\n`));
    socket.once("error", reject);
    socket.once("data", (answer) => {
      socket.destroy();
      resolve(answer.toString());
    });
  });

/** Let go when it is disposed, or earlier. */
export const holdExports = async (dataDir: string, domain: string) => {
  const servers = JSON.parse(await readFile(join(dataDir, "servers.json"), "utf8")) as { databaseUrl: string; redisUrl: string };
  const connection = await createConnection(servers.databaseUrl.replace(/^mysql:/, "mariadb:"));
  const [tenant] = await connection.query<{ tenant_id: string }[]>("SELECT tenant_id FROM tenant_domains WHERE domain = ?", [domain]);
  await connection.end();
  const key = `{job:export:${tenant?.tenant_id}}:lock`;
  const taken = await ask(servers.redisUrl, ["SET", key, "held", "NX", "PX", "60000"]);
  if (!taken.startsWith("+OK")) throw new Error(`the lock could not be taken: ${taken}`);
  const release = async () => void (await ask(servers.redisUrl, ["DEL", key]));
  return { release, [Symbol.asyncDispose]: release };
};
