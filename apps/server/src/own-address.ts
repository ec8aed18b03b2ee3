/** Where this process reaches its own doors, past whatever stands in front of them. */
import type { Server } from "node:http";

/** Null while nothing listens. */
export const ownAddressOf = (server: Pick<Server, "address">): string | null => {
  const bound = server.address();
  if (bound === null || typeof bound === "string") return null;
  const everywhere = bound.address === "::" || bound.address === "0.0.0.0";
  const host = everywhere
    ? bound.family === "IPv6"
      ? "[::1]"
      : "127.0.0.1"
    : bound.family === "IPv6"
      ? `[${bound.address}]`
      : bound.address;
  return `http://${host}:${bound.port}`;
};
