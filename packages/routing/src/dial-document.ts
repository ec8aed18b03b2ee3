/** Says a decision in CXML: verbs, nouns and attributes as Cloudonix documents them, and no others. */
import { type CxmlElement, renderCxml } from "./cxml.ts";
import type { Decision } from "./decision.ts";
import { normaliseNumber } from "./number.ts";
import type { AgentConfig } from "./plan-source.ts";

export type DialContext = {
  /** The chosen agent with today's credentials; null for decisions that choose none. */
  agent: AgentConfig | null;
  /** The caller as the platform wrote it. */
  from: string;
  /** Where the dial's result goes; null for decisions that dial nothing. */
  actionUrl: string | null;
};

const hangup: CxmlElement = { name: "Hangup" };

/** A caller who has a number is shown to whom we dial; a name or `anonymous` is no caller id, the platform's default holds. */
const callerIdOf = (from: string): string | null => {
  const caller = normaliseNumber(from, null);
  return caller.kind === "number" ? caller.value : null;
};

type Dialled = { trunk: string | null; callerId: string | null; timeoutSeconds: number; timeLimitSeconds: number };

const dial = (dialled: Dialled, actionUrl: string | null, noun: CxmlElement): CxmlElement => ({
  name: "Dial",
  attributes: {
    action: actionUrl,
    method: actionUrl === null ? null : "POST",
    trunks: dialled.trunk,
    timeout: dialled.timeoutSeconds,
    timeLimit: dialled.timeLimitSeconds,
    callerId: dialled.callerId,
  },
  children: [noun],
});

/** The platform reads the text as an address at the provider, so nothing may stand around it. */
const service = ({ provider, username, password, serviceValue }: AgentConfig): CxmlElement => ({
  name: "Service",
  attributes: { provider, username: username || null, password: password || null },
  children: [serviceValue.trim()],
});

const verbsOf = (decision: Decision, { agent, from, actionUrl }: DialContext): CxmlElement[] => {
  switch (decision.kind) {
    case "agent":
      if (agent === null) return [hangup];
      return [dial({ ...decision, trunk: null, callerId: callerIdOf(from) }, actionUrl, service(agent))];
    case "number":
      return [
        dial({ ...decision, callerId: decision.callerId ?? callerIdOf(from) }, actionUrl, { name: "Number", children: [decision.number] }),
      ];
    case "sip":
      return [dial({ ...decision, trunk: null, callerId: callerIdOf(from) }, actionUrl, { name: "Sip", children: [decision.uri.trim()] })];
    case "message":
      return [{ name: "Say", attributes: { language: decision.language }, children: [decision.text] }, hangup];
    case "reject":
      return [{ name: "Reject", attributes: { reason: decision.rejectAs } }];
    case "hangup":
      return [hangup];
  }
};

export const renderDecision = (decision: Decision, context: DialContext): string => renderCxml(verbsOf(decision, context));
