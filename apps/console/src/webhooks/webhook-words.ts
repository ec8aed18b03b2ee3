/** What Cloudonix sent, in words. */
import type { WebhookEvent } from "../api/answers.ts";

export const kindWords: Record<WebhookEvent["kind"], string> = {
  voice: "Voice request",
  dial_result: "Dial result",
  session_update: "Session update",
  cdr: "CDR",
};

/** How long our answer took; null while that is not known. */
export const tookWords = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : `${milliseconds.toLocaleString(undefined, { maximumSignificantDigits: milliseconds < 10 ? 2 : 3 })} ms`;
