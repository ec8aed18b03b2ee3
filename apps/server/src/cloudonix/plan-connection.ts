/** Reads how the domain stands at Cloudonix and says exactly what connecting it would change. Changes nothing. */
import type { CloudonixAccess } from "@switchboard/api/deps";
import type { PlatformNumber } from "@switchboard/cloudonix/shapes";
import { stableText } from "@switchboard/routing/stable-text";
import { settingsOf, type Wanted } from "./differences.ts";
import { applicationName, type PlatformState } from "./platform-state.ts";
import { publicUrlWarning } from "./public-url-warning.ts";
import { lookAt, type TenantConnectionDeps } from "./tenant-connection.ts";

/** Of all that was looked at: a plan whose fingerprint is no longer this one is not carried out. */
export const fingerprintOf = (
  sign: TenantConnectionDeps["sign"],
  { domain, application, defaultApplication }: PlatformState,
  wanted: Wanted,
) => sign(stableText({ profile: domain.profile, application, defaultApplication, wanted }));

export const createPlanConnection =
  (deps: TenantConnectionDeps): CloudonixAccess["plan"] =>
  async ({ makeDefault }) => {
    const { client, domain, state, wanted } = await lookAt(deps, makeDefault);
    const settings = settingsOf(state, wanted);
    const numbers = await client.numbers();
    return {
      domain,
      settings,
      changes: settings.filter(({ isSame }) => !isSame).length,
      warnings: [publicUrlWarning(deps.publicUrl), numbersWarning(state, makeDefault, numbers.ok ? numbers.value : null)].filter(
        (words) => words !== null,
      ),
      fingerprint: fingerprintOf(deps.sign, state, wanted),
    };
  };

const numbersWarning = ({ application, defaultApplication }: PlatformState, makeDefault: boolean, numbers: PlatformNumber[] | null) => {
  const isDefault = makeDefault || (application !== null && defaultApplication?.id === application.id);
  if (isDefault || numbers === null) return null;
  if (application !== null && numbers.some(({ applicationId }) => applicationId === application.id)) return null;
  return `No number of the domain leads to the application “${applicationName}”, and it is not the default: no call will come yet. Make it the default, or point numbers to it in the Cloudonix cockpit.`;
};
