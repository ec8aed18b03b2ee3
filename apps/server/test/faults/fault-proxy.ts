/** Stands between a server and Redis and loses what Redis answers to chosen requests, after it has done what they asked. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** cut: the connection is reset in place of the answer · swallow: it stays, and nothing is ever heard on it again. */
export type Loss = "cut" | "swallow";

export type FaultProxy = {
  port: number;
  /** Asked of each chunk on its way to Redis; null lets the answer through. */
  lose: (choose: (request: string) => Loss | null) => void;
  close: () => Promise<void>;
};

export const startFaultProxy = async (upstreamPort: number): Promise<FaultProxy> => {
  let choose: (request: string) => Loss | null = () => null;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(upstreamPort, "127.0.0.1");
    let losing: Loss | null = null;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on("data", (chunk) => {
      losing ??= choose(chunk.toString("latin1"));
      far.write(chunk);
    });
    far.on("data", (chunk) => {
      if (losing === null) near.write(chunk);
      else if (losing === "cut") near.resetAndDestroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    lose: (chosen) => {
      choose = chosen;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
