/** The words a call is described with, as schemas: direction, state, status, reason, fallback. */
import { reasons } from "@switchboard/routing/reason";
import { z } from "zod";
import { callStates, callStatuses } from "./call-lists.ts";

export const directionSchema = z.enum(["inbound", "outbound"]);
export const reasonSchema = z.enum(reasons);

export const callStateSchema = z.enum(callStates);

export const callStatusSchema = z.enum(callStatuses);

export const fallbackSchema = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("voice_agent"), targetId: z.string() }),
    z.object({ type: z.literal("agent_group"), targetId: z.string() }),
    z.object({ type: z.literal("number"), number: z.string(), trunks: z.array(z.string()).optional() }),
    z.object({ type: z.literal("sip"), uri: z.string() }),
    z.object({ type: z.literal("message"), text: z.string(), language: z.string().optional() }),
    z.object({ type: z.literal("reject"), reason: z.enum(["busy", "rejected", "congestion", "failed"]) }),
    z.object({ type: z.literal("hangup") }),
  ])
  .nullable()
  .meta({ id: "Fallback", description: "What happens when nobody can take the call; null: what stands further out decides." });
export type Fallback = z.infer<typeof fallbackSchema>;
