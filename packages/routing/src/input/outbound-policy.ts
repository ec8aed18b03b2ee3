/** What an admin says of calls that leave the platform: where none may go, and how many. */
import { z } from "zod";
import { textInput } from "./text.ts";

/** `null` sets no limit, 0 allows no call. */
const limitInput = z.int().min(0).max(1_000_000).nullable();

/** The fields given are changed, the rest stays. `version` is the one last read. */
export const outboundPolicyChange = z.strictObject({
  /** Prefixes and countries as outbound rules name them (`+882`, `GB`); `*` is everything. */
  deny: z.array(textInput(32)).max(500, "At most 500 entries.").optional(),
  /** Outbound calls at the same time. */
  maxConcurrent: limitInput.optional(),
  /** New outbound calls in any sixty seconds. */
  maxPerMinute: limitInput.optional(),
  version: z.int(),
});
export type OutboundPolicyChange = z.input<typeof outboundPolicyChange>;
