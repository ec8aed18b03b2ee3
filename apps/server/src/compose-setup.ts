/** The first set-up of an empty database: its token, shown at the machine, and what it creates. */
import type { SetupDeps } from "@switchboard/api/deps";
import { ControlError } from "@switchboard/control/control-error";
import { isSetupToken, needsSetup, setUp } from "@switchboard/control/setup";
import { findUser } from "@switchboard/control/users";
import { createAppendEvent } from "@switchboard/execution/append-event";
import type { ApiParts } from "./compose-api.ts";
import type { Auth } from "./compose-auth.ts";
import { webhooksOf } from "./first-run.ts";
import { createAnnounce } from "./plans/announce.ts";
import { removeSetupToken } from "./setup-token.ts";

export const composeSetup = ({ config, database, keyRing, passwords, redis, plans, logger }: ApiParts, { signIn }: Auth): SetupDeps => {
  const announce = createAnnounce({ follow: plans.changed, publish: redis.publishPlan, append: createAppendEvent(redis.jobs), logger });
  // Once there is a tenant there always is one.
  let isDone = false;
  return {
    needed: async () => {
      if (!isDone) isDone = !(await needsSetup(database));
      return !isDone;
    },
    isToken: (text) => isSetupToken(keyRing, text),
    create: async (input) => {
      const tenant = await setUp({ database, keyRing, passwords }, input);
      isDone = true;
      removeSetupToken(config.dataDir);
      logger.info({ event: "set_up", tenant: tenant.tenantId, domain: tenant.domain });
      await announce({ tenantId: tenant.tenantId, version: 1, rule: null, agent: null });
      const user = await findUser(database, tenant.tenantId, tenant.userId);
      if (user === null) throw new ControlError("unavailable", "The tenant was created; please sign in.");
      const signedIn = await signIn({ tenantId: tenant.tenantId, user: { ...user, id: tenant.userId } });
      return { tenant, webhooks: webhooksOf(config.publicUrl, tenant.tenantKey), signedIn };
    },
  };
};
