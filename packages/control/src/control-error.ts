/** What can go wrong with a request to this package, by kind; the doors map each kind to a status and to words. */

export type ControlErrorKind =
  /** It isn't there, or it is another tenant's. */
  | "not_found"
  /** A name, domain or e-mail is taken. */
  | "conflict"
  /** Someone changed it since it was read. */
  | "stale"
  /** The input breaks a rule of the domain; `issues` say which. */
  | "rule_broken"
  /** The database can't be reached, or is too slow to wait for. */
  | "unavailable";

export type FieldIssue = { path: (string | number)[]; message: string };

export class ControlError extends Error {
  readonly kind: ControlErrorKind;
  readonly issues: FieldIssue[];
  constructor(kind: ControlErrorKind, message: string, details: { issues?: FieldIssue[]; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "ControlError";
    this.kind = kind;
    this.issues = details.issues ?? [];
  }
}
