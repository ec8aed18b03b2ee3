/** Every reason in words, with what to do about it. */
import type { Reason } from "./reason.ts";

export type ReasonText = { text: string; advice: string };

const texts: Record<Reason, ReasonText> = {
  matched: { text: "The rule's target took the call.", advice: "Nothing to do." },
  no_rule: {
    text: "No enabled rule matches the called number and the caller.",
    advice: "Add a rule for this number, or one with the pattern * for everything else.",
  },
  no_members: {
    text: "The group that the rule names has no members.",
    advice: "Add agents to the group, or point the rule somewhere else.",
  },
  none_eligible: {
    text: "No agent of the target could be asked: all are disabled or were tried by this call before.",
    advice: "Enable agents in the group, or add some.",
  },
  all_at_capacity: {
    text: "Every agent that could take the call was at its limit of concurrent calls.",
    advice: "Raise the agents' or members' capacity, or add agents.",
  },
  tenant_at_capacity: {
    text: "The tenant's limit of concurrent calls was reached.",
    advice: "Raise the tenant's limit of concurrent calls.",
  },
  attempts_exhausted: {
    text: "Every agent that was tried failed, was busy or did not answer.",
    advice: "Look at the call's attempts and at those agents' health; check their provider and address.",
  },
  time_budget: {
    text: "The time for finding an agent ran out.",
    advice: "Shorten the ringing time per agent, or give the group more total time.",
  },
  no_result: {
    text: "Twice the platform did not say how the dial ended.",
    advice: "Check the platform's status and the agents' provider names and addresses.",
  },
  caller_gone: {
    text: "The caller hung up before anybody answered.",
    advice: "Look at the ringing time: callers may be waiting too long.",
  },
  denied: { text: "The destination is on the deny list.", advice: "Remove the entry from the deny list if the call should be allowed." },
  outbound_limit: {
    text: "The limit of outbound calls was reached.",
    advice: "Raise the limit of the outbound policy, or find out who dials so much.",
  },
  trunks_exhausted: {
    text: "No trunk could place the call.",
    advice: "Check the rule's trunks: that there are some, that they are active, and that they accept the caller id.",
  },
  engine_error: {
    text: "The call could not be decided because of a fault of ours.",
    advice: "Look at the server's log for this call and report it.",
  },
};

export const reasonText = (reason: Reason): ReasonText => texts[reason];
