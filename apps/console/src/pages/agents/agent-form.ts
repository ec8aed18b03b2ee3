/** What a form holds of a voice agent: the server's own fields, its metadata as the text one types. */
import { voiceAgentInput } from "@switchboard/routing/input/voice-agent";
import { z } from "zod";
import type { Agent } from "../../api/answers.ts";
import type { FieldInWords } from "../../forms/differences.ts";

const parsed = (text: string): unknown => (text.trim() === "" ? {} : JSON.parse(text));

const metadataText = z
  .string()
  .transform((text, context): unknown => {
    try {
      return parsed(text);
    } catch {
      context.addIssue("This is not JSON: an object in braces, names and texts in double quotes.");
      return z.NEVER;
    }
  })
  .pipe(voiceAgentInput.shape.metadata);

/** `password`: not given, it stays as it is; null takes it away. */
export const agentForm = voiceAgentInput.omit({ enabled: true }).extend({ metadata: metadataText });

export type AgentValues = z.input<typeof agentForm>;

const noAgent = { name: "", provider: "", serviceValue: "", username: null, capacity: null, metadata: {} };

export const agentValuesOf = (agent: Pick<Agent, keyof typeof noAgent> = noAgent): AgentValues => ({
  name: agent.name,
  provider: agent.provider,
  serviceValue: agent.serviceValue,
  username: agent.username,
  password: undefined,
  capacity: agent.capacity,
  metadata: Object.keys(agent.metadata).length === 0 ? "" : JSON.stringify(agent.metadata, null, 2),
});

export const capacityWords = (capacity: number | null | undefined): string => {
  if (capacity === null || capacity === undefined) return "No limit";
  return capacity === 0 ? "None: it gets no calls" : `At most ${capacity} at the same time`;
};

const passwordWords = (password: string | null | undefined): string => {
  if (password === undefined) return "As it is";
  return password === null ? "Removed" : "A new one";
};

export const agentFields: readonly FieldInWords<AgentValues>[] = [
  { name: "name", label: "Name", say: ({ name }) => name },
  { name: "provider", label: "Provider", say: ({ provider }) => provider },
  { name: "serviceValue", label: "Number at the provider", say: ({ serviceValue }) => serviceValue },
  { name: "username", label: "Username", say: ({ username }) => username ?? "None" },
  { name: "password", label: "Password", say: ({ password }) => passwordWords(password) },
  { name: "capacity", label: "Capacity", say: ({ capacity }) => capacityWords(capacity) },
  { name: "metadata", label: "Metadata", say: ({ metadata }) => (metadata === "" ? "None" : metadata) },
];
