/** What an operator says of an AI voice agent. */
import { z } from "zod";
import { textInput } from "./text.ts";

export const capacityInput = z.int("A whole number.").min(0, "0 or more.").max(100_000, "At most 100,000.").nullable();

const largestMetadataCharacters = 8192;
/** Described as anything: a type that holds itself can't be said in the types that are generated from the description. */
const anyJson = z.unknown().pipe(z.json());
const metadataInput = z
  .record(z.string().max(64), anyJson)
  .refine((value) => JSON.stringify(value).length <= largestMetadataCharacters, `At most ${largestMetadataCharacters} characters of JSON.`);

const fields = {
  name: textInput(100).meta({ examples: ["Ava"] }),
  /** A provider's key; one that the catalogue does not list is allowed. */
  provider: z
    .string()
    .max(64)
    .regex(/^[a-z0-9][a-z0-9.-]*$/, "Lower-case letters, digits, dots and dashes only.")
    .meta({ description: "A key of `GET /api/providers`, or one that Cloudonix knows all the same.", examples: ["vapi"] }),
  serviceValue: textInput(255).meta({ description: "What the provider is dialled with.", examples: ["+15550100101"] }),
  username: textInput(255).nullable(),
  /** Null takes it away. */
  password: textInput(255).nullable(),
  enabled: z.boolean(),
  capacity: capacityInput,
  metadata: metadataInput,
};

export const voiceAgentInput = z.strictObject({
  ...fields,
  username: fields.username.default(null),
  password: fields.password.default(null),
  enabled: fields.enabled.default(true),
  capacity: fields.capacity.default(null),
  metadata: fields.metadata.default({}),
});
export type VoiceAgentInput = z.input<typeof voiceAgentInput>;

/** The fields given are changed, the rest stays. `version` is the one last read. */
export const voiceAgentChange = z.strictObject({ ...z.strictObject(fields).partial().shape, version: z.int() });
export type VoiceAgentChange = z.input<typeof voiceAgentChange>;
