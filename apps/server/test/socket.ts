/** A bare WebSocket at the operators' door, to see what happens to the line itself. */
import { once } from "node:events";
import { WebSocket } from "ws";

/** Resolves once its first question is answered. */
export const openSocket = async (base: string, token: string | null) => {
  const socket = new WebSocket(`${base.replace("http", "ws")}/trpc?connectionParams=1`);
  let closedWith: number | null = null;
  socket.on("close", (code) => (closedWith = code));
  await once(socket, "open");
  socket.send(JSON.stringify({ method: "connectionParams", data: { token: token ?? "" } }));
  socket.send(JSON.stringify({ id: 1, method: "query", params: { path: "auth.user" } }));
  const [data] = (await once(socket, "message")) as [Buffer];
  return {
    /** What the server said first. */
    first: JSON.parse(data.toString()) as { result?: unknown; error?: { message: string; data: { code: string } } },
    closedWith: () => closedWith,
    close: () => socket.terminate(),
  };
};
