/** What became of an operator's word about a live call. */
import { z } from "zod";

/** `was_over`: the caller had hung up before; what was wanted is so. */
export const hungUpCallSchema = z.object({ id: z.string(), outcome: z.enum(["hung_up", "was_over"]) }).meta({ id: "HungUpCall" });
export type HungUpCall = z.infer<typeof hungUpCallSchema>;

/** The platform has been told; the call’s next attempt shows where it went. */
export const movedCallSchema = z.object({ id: z.string() }).meta({ id: "MovedCall" });
export type MovedCall = z.infer<typeof movedCallSchema>;

export const startedCallSchema = z.object({ callId: z.string(), session: z.string() }).meta({ id: "StartedCall" });
export type StartedCall = z.infer<typeof startedCallSchema>;
