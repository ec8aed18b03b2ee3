/** Stands before a server and lets its answers through at a pace, or nothing at all. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export const startThrottle = async (upstreamPort: number) => {
  let bytesPerSecond = Number.POSITIVE_INFINITY;
  let isOpen = true;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (!isOpen) return near.destroy();
    const far = connect(upstreamPort, "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.on("data", (chunk) => {
      near.write(chunk);
      if (bytesPerSecond === Number.POSITIVE_INFINITY) return;
      far.pause();
      setTimeout(() => far.resume(), (chunk.length / bytesPerSecond) * 1_000);
    });
    return near;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    pace: (bytes: number) => {
      bytesPerSecond = bytes;
    },
    shut: () => {
      isOpen = false;
      for (const socket of sockets) socket.destroy();
    },
    open: () => {
      isOpen = true;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
