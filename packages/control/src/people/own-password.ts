/** A person changes their own password; whatever else they are signed in with ends. */
import type { UserId } from "@switchboard/routing/ids";
import { type PasswordChange, passwordChange } from "@switchboard/routing/input/user";
import { changeBesidePlan, readInput, writeAudit } from "../configuration/change.ts";
import { ControlError } from "../control-error.ts";
import { endSessionsOf } from "./end-sessions.ts";
import { refuseWeakPassword } from "../secrets/passwords.ts";
import type { UsersBound } from "./users.ts";

/** Whose password, and the sign-in that goes on. */
export type Oneself = { userId: UserId; sessionId: string };

const wrong = (): ControlError => {
  const message = "This is not your current password.";
  return new ControlError("rule_broken", message, { issues: [{ path: ["currentPassword"], message }] });
};

/** Throws ControlError `rule_broken` (the current one is wrong, the new one too weak), `not_found`, `unavailable`. */
export async function changeOwnPassword(bound: UsersBound, { userId, sessionId }: Oneself, input: PasswordChange): Promise<void> {
  const { currentPassword, newPassword } = readInput(passwordChange, input);
  refuseWeakPassword(newPassword, "newPassword");
  const { database, passwords, tenantId } = bound;
  const where = { tenantId_id: { tenantId, id: userId } };
  const before = await database.breaker.run(() => database.prisma.user.findUnique({ where }));
  if (!before) throw new ControlError("not_found", "There is no such person.");
  if (!(await passwords.matches(before.passwordHash, currentPassword))) throw wrong();
  const passwordHash = await passwords.hash(newPassword);
  await changeBesidePlan(bound, async (change) => {
    const { count } = await change.tx.user.updateMany({
      where: { tenantId, id: userId, passwordHash: before.passwordHash },
      data: { passwordHash, version: { increment: 1 }, updatedAt: change.at },
    });
    // Somebody else has changed it since it was checked.
    if (count !== 1) throw wrong();
    await endSessionsOf(change, userId, sessionId);
    await writeAudit(change, { action: "user.password_changed", targetType: "user", targetId: userId, before: null, after: null });
  });
  await bound.sessionsEnded({ tenantId, userId, sessionId: null });
}
