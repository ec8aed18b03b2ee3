/** What putting a thing back to an earlier state would do, and what it can't bring back. */
import type { AuditEntry } from "../../api/answers.ts";
import { changesOf, type FieldChange } from "./changes.ts";

type State = Record<string, unknown>;

/** What the log knows only the existence of. */
const secrets: Record<string, string> = { hasPassword: "the password", hasCloudonixKey: "the Cloudonix API key" };

export type Restoring = {
  /** It is gone, and is made anew under its old id; or it can't be, since only the entry of its deletion brings it back. */
  kind: "changes" | "revives" | "is_gone" | "is_so_already";
  changes: readonly FieldChange[];
  /** As they are now, or not there: in words. */
  kept: readonly string[];
};

/** Only what the entry holds; secrets are told apart. */
const comparable = (state: State, held: State): State =>
  Object.fromEntries(Object.entries(state).filter(([name]) => Object.hasOwn(held, name) && !Object.hasOwn(secrets, name)));

/** `now`: as the thing is, null where it is gone. */
export const restoringOf = ({ action, before }: Pick<AuditEntry, "action" | "before">, now: State | null): Restoring => {
  const held = before ?? {};
  const kept = Object.entries(secrets).flatMap(([name, words]) => (held[name] === true || now?.[name] === true ? [words] : []));
  if (now === null) {
    const isDeletion = action.endsWith(".deleted");
    return { kind: isDeletion ? "revives" : "is_gone", changes: isDeletion ? changesOf(null, comparable(held, held)) : [], kept };
  }
  const changes = changesOf(comparable(now, held), comparable(held, held));
  return { kind: changes.length === 0 ? "is_so_already" : "changes", changes, kept };
};
