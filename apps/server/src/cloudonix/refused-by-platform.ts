/** Turns what Cloudonix failed to do into the error that a person is shown. */
import type { CloudonixFailure } from "@switchboard/cloudonix/answer";
import { failureWords } from "@switchboard/cloudonix/failure-words";
import { ControlError, type ControlErrorKind } from "@switchboard/control/control-error";

/** Whether trying again later may help, or something has to be changed first. */
const kindOf = (failure: CloudonixFailure): ControlErrorKind => {
  switch (failure.kind) {
    case "unauthorised":
    case "forbidden":
    case "not_found":
      return "rule_broken";
    case "refused":
      return failure.status >= 500 ? "unavailable" : "rule_broken";
    case "rate_limited":
    case "timeout":
    case "unreachable":
    case "bad_answer":
    case "too_large":
    case "redirected":
    case "paused":
      return "unavailable";
  }
};

/** For a question that changes nothing there. */
export const refusedByPlatform = (failure: CloudonixFailure, domain: string): ControlError =>
  new ControlError(kindOf(failure), failureWords(failure, domain));

/** For a step that changes something: where it may have been done all the same, that is said. */
export const failedStepWords = (failure: CloudonixFailure, domain: string): string => {
  const words = failureWords(failure, domain);
  switch (failure.kind) {
    case "timeout":
    case "bad_answer":
    case "too_large":
    case "unreachable":
      return `${words} It may have been done all the same: a new plan shows it.`;
    default:
      return words;
  }
};
