/** What a call's state is called on the screen, and the one sentence that says what is happening to it. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import type { Tone } from "../components/badge.tsx";
import { hasEnded } from "./board.ts";

export const stateWords: Record<LiveCall["state"], { word: string; tone: Tone }> = {
  initiated: { word: "Received", tone: "info" },
  routing: { word: "Routing", tone: "info" },
  ringing: { word: "Ringing", tone: "ring" },
  connected: { word: "Connected", tone: "ok" },
  completed: { word: "Completed", tone: "idle" },
  busy: { word: "Busy", tone: "ring" },
  "no-answer": { word: "No answer", tone: "ring" },
  canceled: { word: "Caller left", tone: "idle" },
  failed: { word: "Failed", tone: "bad" },
  timeout: { word: "Timed out", tone: "bad" },
};

/** Where the call is going, when it is not an agent. */
const handlingWords: Record<NonNullable<LiveCall["handling"]>, string> = {
  agent: "An agent",
  number: "A phone number",
  sip: "A SIP address",
  message: "A spoken message",
  reject: "Rejected",
  hangup: "Hung up",
};

export const destinationOf = (call: LiveCall): string => {
  if (call.handling === null) return "Being decided";
  if (call.handling === "agent") return call.agentName ?? call.agentId ?? "An agent";
  return handlingWords[call.handling];
};

export const sentenceOf = (call: LiveCall): string => {
  const destination = destinationOf(call);
  const after = call.attempt > 1 ? `, try ${call.attempt}` : "";
  if (hasEnded(call)) return call.agentId === null ? destination : `Last with ${destination}${after}`;
  switch (call.state) {
    case "connected":
      return `Talking with ${destination}${after}`;
    case "ringing":
      return `Ringing ${destination}${after}`;
    default:
      return call.handling === "agent" ? `Dialling ${destination}${after}` : destination;
  }
};
