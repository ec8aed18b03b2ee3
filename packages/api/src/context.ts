/** What a procedure knows of the request it answers. */
import type { TenantId, UserId } from "@switchboard/routing/ids";
import type { ApiDeps, RequestMeta } from "./deps.ts";
import type { roles } from "./schemas/auth.ts";

export type Role = (typeof roles)[number];

/** A signed-in person, as the session says (never as the token alone says). */
export interface Actor {
  userId: UserId;
  tenantId: TenantId;
  role: Role;
  sessionId: string;
}

/** Free of the web server's types, so that a client can name the router's type. */
export interface ApiContext {
  /** Null: nobody, or a token that is not (any longer) good. Asked anew by each procedure, since a socket outlives a session. */
  identify(): Promise<Actor | null>;
  requestId: string;
  meta: RequestMeta;
  deps: ApiDeps;
}
