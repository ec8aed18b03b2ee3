/** `reset-password`: a new password for somebody who lost theirs; whatever they are signed in with ends. */
import { createUsers, findUserByEmail } from "@switchboard/control/users";
import { boundTo } from "./bound-to.ts";
import { type AdminCommand, missing } from "./options.ts";

export const resetPasswordCommand: AdminCommand = async (admin, options) => {
  const { email, password } = options;
  if (email === undefined || password === undefined) throw missing({ email, password });
  const found = await findUserByEmail(admin.database, email);
  if (found === null) throw new Error(`Nobody has the e-mail address ${email}.`);
  const { id, version } = found.user;
  return { ...(await createUsers(boundTo(admin, found.tenantId)).update(id, { version, password })), sessionsEnded: true };
};
