/** Why Cloudonix gave nothing, and what to do about it, in words for the person who asked. */
import type { CloudonixFailure } from "./answer.ts";

const seconds = (ms: number): string => {
  const whole = Math.max(1, Math.ceil(ms / 1_000));
  return whole === 1 ? "a second" : `${whole} seconds`;
};

/** Two sentences at most: what happened, then what to do. */
export function failureWords(failure: CloudonixFailure, domain: string): string {
  switch (failure.kind) {
    case "unauthorised":
      return "Cloudonix does not know this API key. Copy it again from the Cloudonix cockpit; it begins with XI.";
    case "forbidden":
      return `This API key may not manage ${domain}. Use a key of that very domain, or one of the customer who owns it.`;
    case "not_found":
      return `Cloudonix knows no domain ${domain} for this API key. Check the domain's name, and that the key is of the same customer.`;
    case "rate_limited":
      return `Cloudonix takes ten requests in ten seconds for a domain, and these were used up. Try again in ${seconds(failure.retryMs)}.`;
    case "timeout":
      return `Cloudonix did not answer within ${seconds(failure.afterMs)}. Try again in a minute, and look at its status page if it stays so.`;
    case "unreachable":
      return `Cloudonix can't be reached from here${failure.code ? ` (${failure.code})` : ""}. Check this server's way to the internet and CLOUDONIX_API_URL.`;
    case "bad_answer":
      return "Cloudonix answered with something that can't be read. Check that CLOUDONIX_API_URL is its REST API, else try again later.";
    case "too_large":
      return `Cloudonix answered with more than ${Math.round(failure.limitBytes / 1_048_576)} MB, which is not taken. Check that CLOUDONIX_API_URL is its REST API, else ask Cloudonix.`;
    case "redirected":
      return "Cloudonix sent us elsewhere, where no key is taken. Set CLOUDONIX_API_URL to the address of its REST API itself.";
    case "refused":
      return failure.status >= 500
        ? `Cloudonix has a fault of its own (${failure.status}). Try again later, and look at its status page if it stays so.`
        : `Cloudonix refused this (${failure.status})${failure.said ? `: “${failure.said}”` : ""}. Change what it complains of, or ask Cloudonix.`;
    case "paused":
      return `Cloudonix gave no good answer several times in a row, so nothing is sent for ${seconds(failure.retryMs)}. Then try again.`;
  }
}
