// Finds a loopback port that is free now, and that no outgoing connection can take before a server listens on it.
import { createServer } from "node:net";

// Below the ranges from which systems number outgoing connections (Linux from 32768, others from 49152).
const lowest = 20_000;
const highest = 32_000;
const mostTries = 100;

/** @returns {Promise<number>} */
export async function freePort() {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port was found between ${lowest} and ${highest}.`);
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** Starts something on a free port; once more with another one when somebody was quicker.
 * @template T @param {(port: number) => Promise<T>} start @returns {Promise<T>} */
export async function onFreePort(start) {
  const port = await freePort();
  try {
    return await start(port);
  } catch (error) {
    // The first line is ours, the rest the server's own log.
    const log = error instanceof Error ? error.message.split("\n").slice(1).join("\n") : "";
    if (/in use/i.test(log)) return start(await freePort());
    throw error;
  }
}
