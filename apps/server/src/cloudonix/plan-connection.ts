/** Reads how the domain stands at Cloudonix and says exactly what connecting it would change. Changes nothing there; that it was looked at, and what had drifted, is kept. */
import type { CloudonixAccess } from "@switchboard/api/deps";
import type { PlatformNumber } from "@switchboard/cloudonix/shapes";
import { stableText } from "@switchboard/routing/stable-text";
import { differencesOf, settingsOf, type Wanted } from "./differences.ts";
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
    const at = new Date();
    const { client, domain, state, wanted, connection } = await lookAt(deps, makeDefault);
    if (connection?.state === "connected")
      await deps.note({ at, differences: differencesOf(state, { ...wanted, isDefault: connection.isDefault }) });
    const settings = settingsOf(state, wanted);
    // Where every call comes to us they don't matter, and the request is saved.
    const numbers = isOurs(state, makeDefault) ? null : await client.numbers();
    return {
      domain,
      settings,
      changes: settings.filter(({ isSame }) => !isSame).length,
      warnings: [publicUrlWarning(deps.publicUrl), numbers?.ok === true ? numbersWarning(state, numbers.value) : null].filter(
        (words) => words !== null,
      ),
      fingerprint: fingerprintOf(deps.sign, state, wanted),
    };
  };

const isOurs = ({ application, defaultApplication }: PlatformState, makeDefault: boolean): boolean =>
  makeDefault || (application !== null && defaultApplication?.id === application.id);

const numbersWarning = ({ application }: PlatformState, numbers: PlatformNumber[]): string | null =>
  application !== null && numbers.some(({ applicationId }) => applicationId === application.id)
    ? null
    : `No number of the domain leads to the application “${applicationName}”, and it is not the default: no call will come yet. Make it the default, or point numbers to it in the Cloudonix cockpit.`;
