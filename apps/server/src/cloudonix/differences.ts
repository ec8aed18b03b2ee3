/** What at Cloudonix is not as Switchboard needs it: the plan before it is set, the drift after. */
import type { Webhooks } from "@switchboard/api/schemas/tenant";
import type { ConnectionDifference } from "@switchboard/control/cloudonix-connection";
import type { TokenStanding } from "@switchboard/control/webhook-token-standing";
import { maskedAddress, maskedToken } from "./masked-text.ts";
import { applicationName, type PlatformState, profileText } from "./platform-state.ts";

export type Wanted = {
  webhooks: Webhooks;
  /** Whether ours is to be the application of calls that no number of the domain claims. */
  isDefault: boolean;
  /** Of the token that is set there now; null where none is. */
  tokenStanding: TokenStanding | null;
};

export type DifferenceName = "application" | "authorization-api-key" | "session-update-endpoint" | "cdr-endpoint" | "default-application";

/** Masked. `before` null: nothing is there. */
export type Setting = { name: DifferenceName; before: string | null; after: string; isSame: boolean };

export const applicationMethod = "POST";

/** Each setting, whether it differs or not. */
export const settingsOf = (state: PlatformState, { webhooks, isDefault, tokenStanding }: Wanted): Setting[] => [
  applicationSetting(state, webhooks.voiceApplication),
  tokenSetting(profileText(state, "authorization-api-key"), tokenStanding),
  addressSetting("session-update-endpoint", profileText(state, "session-update-endpoint"), webhooks.sessionUpdate),
  addressSetting("cdr-endpoint", profileText(state, "cdr-endpoint"), webhooks.cdr),
  ...(isDefault ? [defaultSetting(state)] : []),
];

/** Those that differ, as they are kept. */
export const differencesOf = (state: PlatformState, wanted: Wanted): ConnectionDifference[] =>
  settingsOf(state, wanted)
    .filter(({ isSame }) => !isSame)
    .map(({ name, before, after }) => ({ name, before, after }));

const applicationSetting = ({ application }: PlatformState, url: string): Setting => ({
  name: "application",
  before: application && `${applicationName}: ${application.method ?? "?"} ${maskedAddress(application.url ?? "")}`,
  after: `${applicationName}: ${applicationMethod} ${maskedAddress(url)}`,
  isSame: application?.url === url && application.method?.toUpperCase() === applicationMethod,
});

const tokenSetting = (token: string | null, standing: TokenStanding | null): Setting => {
  const name = "authorization-api-key";
  if (token === null) return { name, before: null, after: "a new token", isSame: false };
  const words = standing === "earlier" ? `${maskedToken(token)}, a token of yours that was replaced` : maskedToken(token);
  return standing === "current"
    ? { name, before: words, after: words, isSame: true }
    : { name, before: words, after: "a new token", isSame: false };
};

const addressSetting = (name: DifferenceName, before: string | null, after: string): Setting => ({
  name,
  before: before && maskedAddress(before),
  after: maskedAddress(after),
  isSame: before === after,
});

const defaultSetting = ({ application, defaultApplication }: PlatformState): Setting => ({
  name: "default-application",
  before: defaultApplication && (defaultApplication.name ?? `number ${defaultApplication.id}`),
  after: applicationName,
  isSame: application !== null && defaultApplication?.id === application.id,
});
