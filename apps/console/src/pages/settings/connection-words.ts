/** What is set at Cloudonix and what is done there, in words. */
import type { CloudonixStatus } from "@switchboard/api/schemas/cloudonix";

const settings: Record<string, string> = {
  application: "Voice application",
  "authorization-api-key": "Bearer token",
  "session-update-endpoint": "Session updates",
  "cdr-endpoint": "CDRs",
  "default-application": "Default application",
};
export const settingWords = (name: string): string => settings[name] ?? name;

type Doing = { connect: string; undo: string };
const steps: Record<string, Doing> = {
  token: { connect: "Make a new bearer token", undo: "" },
  "new-application": { connect: "Create the voice application", undo: "" },
  profile: { connect: "Set the token and the addresses", undo: "Put the token and the addresses back" },
  application: { connect: "Point the voice application here", undo: "Point the voice application back" },
  "default-application": { connect: "Make it the default application", undo: "Put the default application back" },
  check: { connect: "Look whether it is so", undo: "Look whether it is so" },
};

/** Of the change that the steps belong to. */
export const stepWords = (step: string, state: CloudonixStatus["state"]): string => {
  const words = steps[step];
  const text = state === "undoing" || state === "undone" ? words?.undo : words?.connect;
  return text === undefined || text === "" ? step : text;
};
