/** What the webhook door answered, in a few words. */
import type { WebhookEvent } from "@switchboard/control/webhook-events";

const refusedFor = new Map<number, string>([
  [400, "it could not be read as a call's"],
  [401, "the credentials are missing or wrong"],
  [403, "the domain is not one of this tenant's"],
  [405, "it came by a method that is not taken"],
  [413, "it was too large"],
  [415, "its content type is not taken"],
  [503, "nothing could take it then"],
]);

const decided = new Map<unknown, string>([
  ["agent", "Dialled an agent"],
  ["number", "Dialled a number"],
  ["sip", "Dialled a SIP address"],
  ["message", "Spoke a message"],
  ["reject", "Rejected the call"],
  ["hangup", "Hung up"],
]);

export const whyRefused = (status: number | null): string => refusedFor.get(status ?? 0) ?? "it is not taken";

export const webhookOutcome = ({ isRefused, status, answer }: WebhookEvent): string => {
  if (isRefused) return `Refused: ${whyRefused(status)}`;
  return answer === null ? "Taken" : (decided.get(answer["kind"]) ?? "Answered");
};
