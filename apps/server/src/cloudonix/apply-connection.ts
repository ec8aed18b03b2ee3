/** Connects a domain: does at Cloudonix just what the plan said, step by step, and looks whether it is so. */
import type { CloudonixAccess } from "@switchboard/api/deps";
import { ControlError } from "@switchboard/control/control-error";
import { recordFor, recordOf, recordText } from "./connection-record.ts";
import { applicationMethod, type Setting, settingsOf } from "./differences.ts";
import { fingerprintOf } from "./plan-connection.ts";
import { applicationName, profileText, readPlatformState } from "./platform-state.ts";
import { failedStepWords } from "./refused-by-platform.ts";
import { openSteps, runSteps, type Step } from "./run-steps.ts";
import { type Looked, lookAt, type TenantConnectionDeps, tokenStandingIn } from "./tenant-connection.ts";

/** Throws ControlError `stale` when the domain is not as it was planned: nothing is done then. */
export const createApplyConnection =
  (deps: TenantConnectionDeps): CloudonixAccess["apply"] =>
  async ({ fingerprint, makeDefault }) => {
    const looked = await lookAt(deps, makeDefault);
    const { domain, state, wanted, connection } = looked;
    if (fingerprintOf(deps.sign, state, wanted) !== fingerprint)
      throw new ControlError(
        "stale",
        "Something at Cloudonix or here changed since the plan was made. Look at the new plan; nothing was done.",
      );
    const settings = settingsOf(state, wanted);
    const record = recordText(recordFor(state, wanted, connection?.record ? recordOf(connection.record) : null));
    const steps = stepsOf(deps, looked, settings);
    await deps.connections.begin({ domain, state: "applying", isDefault: makeDefault, steps: openSteps(steps), record });
    const done = await runSteps(steps, (told) => deps.connections.note({ state: "applying", steps: told }));
    const changed = settings.filter(({ isSame }) => !isSame).map(({ name, before, after }) => ({ name, before, after }));
    await deps.connections.end({
      ...{ state: done.isComplete ? "connected" : "applying", steps: done.steps, record },
      note: { domain, isComplete: done.isComplete, settings: changed },
    });
    return done;
  };

/**
 * What calls depend on comes last: a new application leads nowhere until the default does; one that is in use is turned to us
 * only when the token is there that we take.
 */
const stepsOf = (deps: TenantConnectionDeps, looked: Looked, settings: Setting[]): Step[] => {
  const { client, domain, state, wanted } = looked;
  const differs = (name: Setting["name"]) => settings.some((each) => each.name === name && !each.isSame);
  const { voiceApplication: url, sessionUpdate, cdr } = wanted.webhooks;
  const method = applicationMethod;
  let token = profileText(state, "authorization-api-key");
  let applicationId = state.application?.id ?? null;
  const words = (answer: { ok: true } | { ok: false; failure: Parameters<typeof failedStepWords>[0] }) =>
    answer.ok ? null : failedStepWords(answer.failure, domain);

  const mint: Step = {
    step: "token",
    run: differs("authorization-api-key") ? async () => ((token = await deps.mintToken()), null) : null,
  };
  const profileDiffers = differs("authorization-api-key") || differs("session-update-endpoint") || differs("cdr-endpoint");
  const writeProfile = async () => {
    const ours = { "authorization-api-key": token, "session-update-endpoint": sessionUpdate, "cdr-endpoint": cdr };
    return words(await client.writeProfile({ ...state.domain.profile, ...ours }));
  };
  const createApplication = async () => {
    const created = await client.createApplication({ name: applicationName, url, method });
    if (created.ok) applicationId = created.value.id;
    return words(created);
  };
  const writeApplication = async () => words(await client.writeApplication(applicationName, { url, method }));
  const profile: Step = { step: "profile", run: profileDiffers ? writeProfile : null };
  const setDefault = async () => words(await client.setDefaultApplication(applicationId));
  return [
    mint,
    ...(state.application === null
      ? [{ step: "new-application", run: createApplication }, profile]
      : [profile, { step: "application", run: differs("application") ? writeApplication : null }]),
    ...(wanted.isDefault ? [{ step: "default-application", run: differs("default-application") ? setDefault : null }] : []),
    { step: "check", run: () => check(deps, looked) },
  ];
};

const check = async (deps: TenantConnectionDeps, { client, domain, wanted }: Looked): Promise<string | null> => {
  const state = await readPlatformState(client);
  if (!state.ok) return failedStepWords(state.failure, domain);
  const tokenStanding = await tokenStandingIn(deps, state.value);
  const others = settingsOf(state.value, { ...wanted, tokenStanding }).filter(({ isSame }) => !isSame);
  if (others.length === 0) return null;
  return `Cloudonix took everything and yet shows something else for ${others.map(({ name }) => name).join(", ")}. Look at a new plan.`;
};
