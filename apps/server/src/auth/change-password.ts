/** Changing one's own password; whoever holds somebody's session can't guess at it for long. */
import { tooManyRequests } from "@switchboard/api/too-many-requests";
import { changeOwnPassword, type Oneself } from "@switchboard/control/own-password";
import { refuseWeakPassword } from "@switchboard/control/passwords";
import type { UsersBound } from "@switchboard/control/users";
import type { PasswordChange } from "@switchboard/routing/input/user";
import type { LoginThrottle } from "./login-throttle.ts";

export const createChangePassword =
  (bound: UsersBound, { email, ...oneself }: Oneself & { email: string }, throttle: LoginThrottle) =>
  async (input: PasswordChange): Promise<void> => {
    // Before it counts as an attempt.
    refuseWeakPassword(input.newPassword, "newPassword");
    const retryMs = await throttle.attemptOf(email);
    if (retryMs > 0) throw tooManyRequests("Too many attempts.", retryMs);
    await changeOwnPassword(bound, oneself, input);
    await throttle.succeeded(email);
  };
