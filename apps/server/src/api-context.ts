/** What a procedure knows of the request it answers, whichever door it came through. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Actor } from "@switchboard/api/actor";
import type { ApiContext } from "@switchboard/api/context";
import type { ApiDeps, LimitVerdict } from "@switchboard/api/deps";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import type { RefreshCookies } from "./auth/refresh-cookie.ts";
import type { PeopleSockets } from "./people-sockets.ts";
import { caughtUp } from "./sockets.ts";

export type ContextDeps = {
  api: ApiDeps;
  /** Whose token it is; null for one that is not good. */
  identify: (token: string) => Promise<Actor | null>;
  cookies: RefreshCookies;
  sockets: PeopleSockets;
  /** Where each socket's opening request came from, which behind a proxy its connection does not say. */
  addresses: WeakMap<IncomingMessage, string>;
};

/** A request over HTTP, or what opened a WebSocket. */
export type Incoming = {
  req: FastifyRequest | IncomingMessage;
  res: FastifyReply | WebSocket;
  info?: { connectionParams: Record<string, unknown> | null };
};

const bearerOf = (header: string | undefined): string | null => /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1] ?? null;

const tokenOf = ({ req, info }: Incoming): string | null => {
  // A request's would stand in its address, and so in the logs of everything on the way.
  const given = "ip" in req ? undefined : info?.connectionParams?.["token"];
  return typeof given === "string" && given !== "" ? given : bearerOf(req.headers.authorization);
};

const isReply = (res: Incoming["res"]): res is FastifyReply => "setCookie" in res;

/** The tightest of the limits that a request came under, in the headers that clients know. */
const limitHeaders = (reply: FastifyReply) => {
  let tightest: LimitVerdict | null = null;
  return (verdict: LimitVerdict): void => {
    if (tightest !== null && tightest.isAllowed && verdict.isAllowed && tightest.remaining <= verdict.remaining) return;
    tightest = verdict;
    reply.header("ratelimit-limit", verdict.limit);
    reply.header("ratelimit-remaining", verdict.remaining);
    reply.header("ratelimit-reset", Math.ceil(verdict.resetMs / 1_000));
  };
};

export const createContextOf = ({ api, identify, cookies, sockets, addresses }: ContextDeps) => {
  const ofHttp = (req: FastifyRequest, reply: FastifyReply) => ({
    requestId: req.id,
    meta: { address: req.ip, userAgent: req.headers["user-agent"] ?? null },
    cookie: cookies(req, reply),
    noteLimit: limitHeaders(reply),
    // What answers it is only asked for more when the reader has taken what there was.
    caughtUp: async () => undefined,
  });
  const ofSocket = (req: IncomingMessage, socket: WebSocket) => ({
    requestId: randomUUID(),
    meta: { address: addresses.get(req) ?? req.socket.remoteAddress ?? "", userAgent: req.headers["user-agent"] ?? null },
    cookie: null,
    noteLimit: () => undefined,
    caughtUp: (gone: AbortSignal) => caughtUp(socket, gone),
  });
  return async (incoming: Incoming): Promise<ApiContext> => {
    const { req, res } = incoming;
    const token = tokenOf(incoming);
    const context = { deps: api, identify: async () => (token === null ? null : identify(token)) };
    if ("ip" in req && isReply(res)) return { ...context, ...ofHttp(req, res) };
    if ("ip" in req || isReply(res)) throw new Error("a request and its answer are of one kind");
    sockets.admit(await context.identify(), res);
    return { ...context, ...ofSocket(req, res) };
  };
};
