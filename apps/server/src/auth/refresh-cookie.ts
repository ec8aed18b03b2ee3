/** The cookie that keeps a browser signed in: out of reach of every script, sent to this site alone. */
import type { RefreshCookie } from "@switchboard/api/context";
import type { FastifyReply, FastifyRequest } from "fastify";
import { isAllowedOrigin } from "../origin.ts";

/** The browser's prefix that lets nobody but this very host set it; needs https. */
const hostOnly = "__Host-";

/**
 * `Path=/`, since tRPC and REST both refresh. Cookies don't know ports: the name carries it, or two copies on one machine
 * would sign each other out.
 */
export const createRefreshCookies = (publicUrl: string) => {
  const { protocol, port } = new URL(publicUrl);
  const secure = protocol === "https:";
  const name = `${secure ? hostOnly : ""}switchboard_refresh${port === "" ? "" : `_${port}`}`;
  const attributes = { httpOnly: true, sameSite: "lax", secure, path: "/" } as const;
  return (request: FastifyRequest, reply: FastifyReply): RefreshCookie => ({
    isForeign: !isAllowedOrigin({ origin: request.headers.origin, host: request.headers.host, publicUrl }),
    token: request.cookies[name] ?? null,
    keep: (token, expires) => void reply.setCookie(name, token, { ...attributes, expires }),
    clear: () => void reply.clearCookie(name, attributes),
  });
};

export type RefreshCookies = ReturnType<typeof createRefreshCookies>;
