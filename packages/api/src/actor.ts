/** A signed-in person, as the session says (never as the token alone says). */
import type { TenantId, UserId } from "@switchboard/routing/ids";
import type { roles } from "./schemas/auth.ts";

export type Role = (typeof roles)[number];

export interface Actor {
  userId: UserId;
  tenantId: TenantId;
  /** The name under which changes are written down. */
  email: string;
  role: Role;
  sessionId: string;
}
