/** What was done, in words, and what a thing is called that it was done to. */
import type { AuditEntry } from "../../api/answers.ts";
import type { AuditKind } from "./audit-kinds.ts";

export const kindWords: Record<AuditKind, string> = {
  voice_agent: "Agent",
  agent_group: "Group",
  inbound_rule: "Inbound rule",
  outbound_rule: "Outbound rule",
  outbound_policy: "Outbound policy",
  cloudonix: "Domain at Cloudonix",
  tenant: "Tenant",
  user: "Person",
  erasure: "Erasure",
  export: "Export",
  call: "Call",
};

export const isKind = (type: string): type is AuditKind => Object.hasOwn(kindWords, type);

const verbs: Record<string, string> = {
  created: "created",
  updated: "changed",
  deleted: "deleted",
  ejected: "took out of service",
  restored: "put back into service",
  counters_reset: "reset the counters of",
  password_changed: "changed the own password",
  password_reset: "gave a new password to",
  canceled: "canceled",
  removed: "removed the file of",
  downloaded: "downloaded",
  applied: "connected",
  undone: "put back",
  webhook_token_rotated: "rotated the webhook token",
  hung_up: "hung up",
  moved: "moved",
  started: "began",
  erased: "had a number erased:",
  webhook_key_rotated: "rotated the key in the webhook addresses",
};

/** The verb of a sentence whose object is the thing. */
export const verbOf = (action: string): string => {
  const [, done = ""] = action.split(".");
  return verbs[done] ?? done.replaceAll("_", " ");
};

const textOf = (state: AuditEntry["before"], name: string): string | null => {
  const value = state?.[name];
  return typeof value === "string" && value !== "" ? value : null;
};

/** What the thing was called after the change, or before it where nothing is left. */
export const nameOf = ({ before, after, targetType, targetId }: AuditEntry): string => {
  const state = after ?? before;
  switch (targetType) {
    case "inbound_rule":
      return textOf(state, "pattern") ?? targetId;
    case "outbound_rule":
      return textOf(state, "prefix") ?? "*";
    case "outbound_policy":
      return "";
    case "export":
      return "of call records";
    case "cloudonix":
      return textOf(state, "domain") ?? targetId;
    case "user":
      return textOf(state, "email") ?? targetId;
    case "call":
      return textOf(before, "from") ?? textOf(after, "to") ?? targetId;
    case "erasure":
      return textOf(state, "number") ?? targetId;
    default:
      return textOf(state, "name") ?? targetId;
  }
};
