/** What can go wrong with a request to this package, by kind; the doors map each kind to a status and to words. */

export type ControlErrorKind =
  /** It isn't there, or it is another tenant's. */
  | "not_found"
  /** A name, domain or e-mail is taken. */
  | "conflict"
  /** Someone changed it since it was read. */
  | "stale"
  /** Something else needs it; `references` say what. */
  | "in_use"
  /** The input breaks a rule of the domain; `issues` say which. */
  | "rule_broken"
  /** The database can't be reached, or is too slow to wait for. */
  | "unavailable";

export type FieldIssue = { path: (string | number)[]; message: string };

/** Something that refers to what was to be deleted. */
export type Reference = { type: "agent_group" | "inbound_rule" | "tenant"; id: string; name: string };

type Details = { issues?: FieldIssue[]; references?: Reference[]; cause?: unknown };

export class ControlError extends Error {
  readonly kind: ControlErrorKind;
  readonly issues: FieldIssue[];
  readonly references: Reference[];
  constructor(kind: ControlErrorKind, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "ControlError";
    this.kind = kind;
    this.issues = details.issues ?? [];
    this.references = details.references ?? [];
  }
}
