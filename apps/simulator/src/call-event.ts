/** What happens to a simulated call, told while it happens. */
import type { Violation } from "./cxml/violation.ts";
import type { Exchange } from "./masked-exchange.ts";
import type { Disposition, FinalStatus } from "./wire/cdr.ts";

export type DialStep = {
  /** From 1. */
  step: number;
  /** Agents as `provider:address`. */
  destination: string;
  kind: "service" | "number" | "sip";
  result: "completed" | "busy" | "failed" | "no-answer" | "canceled" | "unknown" | "abandoned";
};

export type CallOutcome = {
  index: number;
  session: string;
  sipCallId: string;
  direction: "inbound" | "subscriber" | "outbound-api";
  from: string;
  to: string;
  steps: DialStep[];
  answeredBy: string | null;
  disposition: Disposition;
  /** What the call record must say in the end, provided the CDR was accepted. */
  expectedStatus: FinalStatus;
  billSeconds: number;
  /** The first request got an answer that could be obeyed. */
  accepted: boolean;
  cdrAccepted: boolean;
  violations: number;
};

export type CallEvent =
  | { kind: "started"; session: string }
  | { kind: "dialled"; session: string; destination: string; step: number }
  | { kind: "connected"; session: string; destination: string | null }
  /** The caller is off the line; reports may still be on their way. */
  | { kind: "over"; session: string; wasConnected: boolean }
  | { kind: "violation"; session: string; violation: Violation; exchange: Exchange }
  | { kind: "ended"; outcome: CallOutcome };
