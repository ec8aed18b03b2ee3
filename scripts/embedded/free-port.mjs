// Asks the system for a loopback port that is free now.
import { createServer } from "node:net";

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("The system gave no port."));
        else resolve(address.port);
      });
    });
  });
}

/** Starts something on a free port; once more with another one when somebody was quicker. @template T @param {(port: number) => Promise<T>} start @returns {Promise<T>} */
export async function onFreePort(start) {
  const port = await freePort();
  try {
    return await start(port);
  } catch (error) {
    if (error instanceof Error && /in use/i.test(error.message.split("\n").slice(1).join("\n"))) return start(await freePort());
    throw error;
  }
}
