/** The call detail record that Cloudonix sends once a call is over. */
import type { CallPlan } from "../call-plan.ts";
import type { Target } from "../target.ts";
import { sessionDirection } from "./voice-request.ts";

export type Disposition = "ANSWER" | "BUSY" | "CANCEL" | "FAILED" | "CONGESTION" | "NOANSWER";

/** The record's last status, in the words of call records. */
export type FinalStatus = "completed" | "busy" | "canceled" | "failed" | "no-answer";

export const finalStatusOf: Readonly<Record<Disposition, FinalStatus>> = {
  ANSWER: "completed",
  BUSY: "busy",
  CANCEL: "canceled",
  FAILED: "failed",
  CONGESTION: "failed",
  NOANSWER: "no-answer",
};

const sessionWords: Readonly<Record<Disposition, string>> = {
  ANSWER: "answer",
  BUSY: "busy",
  CANCEL: "cancel",
  FAILED: "failed",
  CONGESTION: "congestion",
  NOANSWER: "noanswer",
};

export type CdrFacts = {
  disposition: Disposition;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number;
  billSeconds: number;
  /** `absent` and `null`: to be joined by `call_id`; `text`: the token alone. */
  session: "object" | "absent" | "null" | "text";
};

function sessionPart(plan: CallPlan, facts: CdrFacts): Record<string, unknown> {
  switch (facts.session) {
    case "absent":
      return {};
    case "null":
      return { session: null };
    case "text":
      return { session: plan.session };
    case "object":
      return {
        session: {
          token: plan.session,
          id: plan.sessionId,
          status: sessionWords[facts.disposition],
          direction: sessionDirection(plan),
          vappServer: "10.0.0.9",
          callStartTime: facts.startedAt,
          callAnswerTime: facts.answeredAt ?? 0,
          callEndTime: facts.endedAt,
        },
      };
  }
}

export const cdrBody = (plan: CallPlan, target: Target, facts: CdrFacts): Record<string, unknown> => ({
  timestamp: Math.floor(facts.endedAt / 1000),
  call_id: plan.sipCallId,
  domain: target.domain,
  from: plan.from,
  to: plan.to,
  disposition: facts.disposition,
  duration: Math.ceil((facts.endedAt - facts.startedAt) / 1000),
  billsec: facts.billSeconds,
  cx_trunk_id: 7,
  application: "lb-inbound",
  route: null,
  rated_cost: 0,
  approx_cost: 0,
  sell_cost: 0,
  vapp_server: "10.0.0.9",
  ...sessionPart(plan, facts),
  owner: { domain: { name: target.domain, uuid: "00000000-0000-0000-0000-000000000001" } },
});
