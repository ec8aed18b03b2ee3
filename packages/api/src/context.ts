/** What a procedure knows of the request it answers. */
import type { Actor } from "./actor.ts";
import type { ApiDeps, LimitVerdict, RequestMeta } from "./deps.ts";

/** Where the browser keeps the refresh token, out of any page's reach. */
export interface RefreshCookie {
  /** Whether a page of another site sent this request: it is none of its business. */
  isForeign: boolean;
  token: string | null;
  keep(token: string, expiresAt: Date): void;
  clear(): void;
}

/** Free of the web server's types, so that a client can name the router's type. */
export interface ApiContext {
  /** Null: nobody, or a token that is not (any longer) good. Asked anew by each procedure, since a socket outlives a session. */
  identify(): Promise<Actor | null>;
  /** Null over a WebSocket, which has no cookies of its own. */
  cookie: RefreshCookie | null;
  /** For the answer's headers: how near a limit this request came. */
  noteLimit(verdict: LimitVerdict): void;
  /** Resolves when whoever asked has read most of what was sent so far, or `gone` aborts: what comes without end waits for it. */
  caughtUp(gone: AbortSignal): Promise<void>;
  requestId: string;
  meta: RequestMeta;
  deps: ApiDeps;
}
