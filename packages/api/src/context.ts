/** What a procedure knows of the request it answers. */
import type { Actor } from "./actor.ts";
import type { ApiDeps, RequestMeta } from "./deps.ts";

/** Free of the web server's types, so that a client can name the router's type. */
export interface ApiContext {
  /** Null: nobody, or a token that is not (any longer) good. Asked anew by each procedure, since a socket outlives a session. */
  identify(): Promise<Actor | null>;
  requestId: string;
  meta: RequestMeta;
  deps: ApiDeps;
}
