/** The catalogue of AI voice providers at the door. */
import { z } from "zod";
import { page } from "./paging.ts";

const hint = z.enum(["optional", "not_seen"]);

const providerSchema = z
  .object({
    key: z.string().meta({ description: "What an agent’s `provider` says.", examples: ["vapi"] }),
    label: z.string(),
    transport: z.enum(["udp", "tcp", "tls"]).nullable(),
    address: z.literal("e164"),
    credentials: z
      .object({ username: hint, password: hint })
      .meta({ description: "Hints for a form; no provider is known to require them." }),
    sources: z.array(z.enum(["specification", "documentation", "running_pbx"])),
    status: z
      .enum(["listed", "observed", "sandbox"])
      .meta({ description: "In the platform’s specification; seen elsewhere only; a provider’s test system." }),
  })
  .meta({ id: "Provider" });

export const providerPage = page(providerSchema);
