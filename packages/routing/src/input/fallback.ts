/** What an operator may choose to happen when nobody can take a call. */
import { z } from "zod";
import { agentId, groupId } from "../ids.ts";
import { textInput } from "./text.ts";

/** Names one agent or group; whether there is such a one is checked on save. */
export const targetIdInput = z.string().min(1, "Say which one.").max(64);
export const agentIdInput = targetIdInput.transform(agentId);
export const groupIdInput = targetIdInput.transform(groupId);

/** The platform takes several trunks apart at commas. */
export const trunkNameInput = textInput(64).regex(/^[^,]*$/, "A trunk's name holds no comma; name several trunks one by one.");

const trunkNames = z.array(trunkNameInput).max(20, "At most 20 trunks.");

export const fallbackInput = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("voice_agent"), targetId: agentIdInput }),
    z.strictObject({ type: z.literal("agent_group"), targetId: groupIdInput }),
    z.strictObject({ type: z.literal("number"), number: textInput(32), trunks: trunkNames.optional() }),
    z.strictObject({ type: z.literal("sip"), uri: textInput(255).regex(/^(sips?:)?[^\s@]+@[^\s@]+$/i, "Write it as user@host.") }),
    z.strictObject({ type: z.literal("message"), text: textInput(1000), language: textInput(16).optional() }),
    z.strictObject({ type: z.literal("reject"), reason: z.enum(["busy", "rejected", "congestion", "failed"]) }),
    z.strictObject({ type: z.literal("hangup") }),
  ])
  .nullable();
export type FallbackInput = z.input<typeof fallbackInput>;
