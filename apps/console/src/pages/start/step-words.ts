/** Each of the first steps, and in a sentence why. */
import type { StartStep } from "../../routes/start-steps.ts";

export const stepWords: Record<StartStep, { title: string; why: string }> = {
  agent: {
    title: "Add an agent",
    why: "An agent is an AI voice at one of the providers. Switchboard hands calls to it by dialling its number there.",
  },
  group: {
    title: "Put it into a group",
    why: "A group shares calls among its agents, and when one is busy or doesn’t answer the next one is tried.",
  },
  rule: {
    title: "Send a number there",
    why: "A rule says which of your numbers goes where. A call that no rule is about gets the tenant’s fallback.",
  },
  test: {
    title: "Place a test call",
    why: "It goes through the same door and the same rules as every call, and nobody’s telephone rings. You watch it live.",
  },
  connect: {
    title: "Connect Cloudonix",
    why: "Enter these at your Cloudonix domain. From then on its calls come in here.",
  },
};
