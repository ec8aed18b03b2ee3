/** What a procedure knows of the request it answers, whichever door it came through. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Actor } from "@switchboard/api/actor";
import type { ApiContext } from "@switchboard/api/context";
import type { ApiDeps } from "@switchboard/api/deps";
import type { FastifyRequest } from "fastify";

export type ContextDeps = {
  api: ApiDeps;
  /** Whose token it is; null for one that is not good. */
  identify: (token: string) => Promise<Actor | null>;
};

/** A request over HTTP, or what opened a WebSocket. */
export type Incoming = { req: FastifyRequest | IncomingMessage; info?: { connectionParams: Record<string, unknown> | null } };

const bearerOf = (header: string | undefined): string | null => /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1] ?? null;

const tokenOf = ({ req, info }: Incoming): string | null => {
  // A request's would stand in its address, and so in the logs of everything on the way.
  const given = "ip" in req ? undefined : info?.connectionParams?.["token"];
  return typeof given === "string" && given !== "" ? given : bearerOf(req.headers.authorization);
};

export const createContextOf =
  ({ api, identify }: ContextDeps) =>
  (incoming: Incoming): ApiContext => {
    const { req } = incoming;
    const token = tokenOf(incoming);
    const isRequest = "ip" in req;
    return {
      identify: async () => (token === null ? null : identify(token)),
      requestId: isRequest ? req.id : randomUUID(),
      meta: { address: isRequest ? req.ip : (req.socket.remoteAddress ?? ""), userAgent: req.headers["user-agent"] ?? null },
      deps: api,
    };
  };
