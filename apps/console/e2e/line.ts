/** A line between the browser and the server that can be cut, or go silent, and come back. */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

type State = "open" | "silent" | "cut";

export const openLine = async (serverUrl: string) => {
  const server = new URL(serverUrl);
  const ends = new Set<Socket>();
  let state: State = "open";

  const keep = (end: Socket) => {
    ends.add(end);
    // What breaks is what the test is about.
    end.on("error", () => undefined);
    end.on("close", () => ends.delete(end));
  };

  const join = (near: Socket) => {
    keep(near);
    if (state === "cut") return void near.destroy();
    if (state === "silent") return;
    const far = connect(Number(server.port), server.hostname);
    keep(far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on("data", (bytes) => {
        if (state === "open") to.write(bytes);
      });
      from.on("close", () => {
        if (state !== "silent") to.destroy();
      });
    }
  };

  const listener = createServer(join).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const hangUp = () => {
    for (const end of ends) end.destroy();
  };

  return {
    url: `http://127.0.0.1:${address.port}`,
    /** Connections stay, and nothing passes. */
    silence: () => {
      state = "silent";
    },
    /** Connections break, and new ones too. */
    cut: () => {
      state = "cut";
      hangUp();
    },
    restore: () => {
      if (state === "silent") hangUp();
      state = "open";
    },
    [Symbol.asyncDispose]: async () => {
      hangUp();
      listener.close();
      await once(listener, "close");
    },
  };
};
