/** Puts back at Cloudonix what was there before a domain was connected, where nobody has changed it since. */
import type { CloudonixAccess } from "@switchboard/api/deps";
import { ControlError } from "@switchboard/control/control-error";
import { type ConnectionRecord, type Ours, oursIn, recordOf } from "./connection-record.ts";
import { applicationMethod } from "./differences.ts";
import { applicationName, readPlatformState } from "./platform-state.ts";
import { failedStepWords } from "./refused-by-platform.ts";
import { openSteps, runSteps, type Step } from "./run-steps.ts";
import { type Looked, lookAt, type TenantConnectionDeps, tokenStandingIn } from "./tenant-connection.ts";

const leftWords = "Somebody changed it at Cloudonix since, so it is left as it is.";

/** Throws ControlError `conflict` when there is nothing to put back. */
export const createUndoConnection =
  (deps: TenantConnectionDeps): CloudonixAccess["undo"] =>
  async () => {
    const looked = await lookAt(deps, false);
    const { domain, state, wanted, connection } = looked;
    if (connection === null || connection.record === null)
      throw new ControlError("conflict", `Nothing was set at Cloudonix for ${domain} that could be put back.`);
    const record = recordOf(connection.record);
    const ours = oursIn(state, record.put, wanted.tokenStanding);
    const steps = stepsOf(deps, looked, { record, ours });
    const { isDefault } = connection;
    await deps.connections.begin({ domain, state: "undoing", isDefault, steps: openSteps(steps), record: connection.record });
    const done = await runSteps(steps, (told) => deps.connections.note({ state: "undoing", steps: told }));
    await deps.connections.end({
      ...{ state: done.isComplete ? "undone" : "undoing", steps: done.steps, record: done.isComplete ? null : connection.record },
      note: { domain, isComplete: done.isComplete },
    });
    return done;
  };

type Undone = { record: ConnectionRecord; ours: Ours };

/** In the other order: calls first. */
const stepsOf = (deps: TenantConnectionDeps, looked: Looked, { record, ours }: Undone): Step[] => {
  const { client, domain, state } = looked;
  const { before, put } = record;
  const words = (answer: { ok: true } | { ok: false; failure: Parameters<typeof failedStepWords>[0] }) =>
    answer.ok ? null : failedStepWords(answer.failure, domain);
  const setDefault = async () => words(await client.setDefaultApplication(before.defaultApplication));
  const steps: Step[] = [];
  if (put.isDefault)
    steps.push({ step: "default-application", ...(ours.isDefault ? { run: setDefault } : { run: null, hint: leftWords }) });
  steps.push(applicationStep(before, ours, async (to) => words(await client.writeApplication(applicationName, to))));
  const profile = profileBefore(before, ours);
  const isWhole = ours.token && ours.sessionUpdate && ours.cdr;
  const writeProfile = async () => words(await client.writeProfile({ ...state.domain.profile, ...profile }));
  steps.push({
    step: "profile",
    run: Object.keys(profile).length > 0 ? writeProfile : null,
    hint: isWhole ? null : "What somebody changed at Cloudonix since is left as it is.",
  });
  steps.push({ step: "check", run: () => check(deps, looked, record) });
  return steps;
};

const applicationStep = (
  { application }: ConnectionRecord["before"],
  ours: Ours,
  write: (to: { url: string; method: "GET" | "POST" }) => Promise<string | null>,
): Step => {
  const step = "application";
  if (!ours.application) return { step, run: null, hint: leftWords };
  if (application === null || application.url === null)
    return {
      step,
      run: null,
      hint: `The application “${applicationName}” stays: numbers that lead to it have to be pointed elsewhere first.`,
    };
  const { url, method } = application;
  return { step, run: () => write({ url, method: method === "GET" ? "GET" : applicationMethod }) };
};

/** Null takes a setting away; leaving it out may not. */
const profileBefore = ({ token, sessionUpdate, cdr }: ConnectionRecord["before"], ours: Ours): Record<string, string | null> => ({
  ...(ours.token ? { "authorization-api-key": token } : {}),
  ...(ours.sessionUpdate ? { "session-update-endpoint": sessionUpdate } : {}),
  ...(ours.cdr ? { "cdr-endpoint": cdr } : {}),
});

const check = async (deps: TenantConnectionDeps, { client, domain }: Looked, { before, put }: ConnectionRecord): Promise<string | null> => {
  const state = await readPlatformState(client);
  if (!state.ok) return failedStepWords(state.failure, domain);
  const ours = oursIn(state.value, put, await tokenStandingIn(deps, state.value));
  const kept = [
    ...(ours.token && before.token === null ? ["authorization-api-key"] : []),
    ...(ours.sessionUpdate && before.sessionUpdate !== put.sessionUpdate ? ["session-update-endpoint"] : []),
    ...(ours.cdr && before.cdr !== put.cdr ? ["cdr-endpoint"] : []),
    ...(ours.isDefault && before.defaultApplication !== state.value.application?.id ? ["default-application"] : []),
  ];
  return kept.length === 0 ? null : `Cloudonix took everything and yet still shows ours for ${kept.join(", ")}. Look at it in the cockpit.`;
};
