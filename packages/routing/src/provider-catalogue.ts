/** The AI voice providers that Cloudonix dials by name, as data: an operator may use a key that is not listed, with a warning. */

export type Transport = "udp" | "tcp" | "tls";

/** Where a key was seen: the product's specification, the assistants page of the documentation, a running PBX's configuration. */
export type CatalogueSource = "specification" | "documentation" | "running_pbx";

export type Provider = {
  key: string;
  label: string;
  /** SIP transport that the key chooses; null where the platform does. */
  transport: Transport | null;
  /** What goes into the agent's address; a number that is declared at the provider and bound to the assistant there. */
  address: "e164";
  /** Hints for the form, never a rule: no page of the platform says that a provider requires them. */
  credentials: { username: "optional" | "not_seen"; password: "optional" | "not_seen" };
  sources: readonly CatalogueSource[];
  /** `listed` is in the specification; `observed` only elsewhere; `sandbox` is a provider's test system. */
  status: "listed" | "observed" | "sandbox";
};

type Row = readonly [key: string, label: string, sources: readonly CatalogueSource[], credentials?: "both" | "username"];

const everywhere = ["specification", "documentation", "running_pbx"] as const;
const pbxOnly = ["running_pbx"] as const;
const specifiedAndRunning = ["specification", "running_pbx"] as const;

const rows: readonly Row[] = [
  ["synthflow", "Synthflow", everywhere, "both"],
  ["dasha", "Dasha", everywhere],
  ["superdash.ai", "Superdash", everywhere, "both"],
  ["11labs", "ElevenLabs (11labs)", ["specification"], "username"],
  ["elevenlabs", "ElevenLabs", ["documentation", "running_pbx"], "username"],
  ["ultravox", "Ultravox", everywhere],
  ["deepvox", "Deepvox", ["documentation", "running_pbx"]],
  ["deepvox-sandbox", "Deepvox sandbox", pbxOnly],
  ["relayhawk", "RelayHawk", everywhere],
  ["voicehub", "VoiceHub", everywhere],
  ["retell", "Retell", everywhere],
  ["retell-udp", "Retell over UDP", specifiedAndRunning],
  ["retell-tcp", "Retell over TCP", specifiedAndRunning],
  ["retell-tls", "Retell over TLS", specifiedAndRunning],
  ["vapi", "Vapi", everywhere, "both"],
  ["vapi-udp", "Vapi over UDP", pbxOnly],
  ["vapi-noproxy", "Vapi without media proxy", pbxOnly],
  ["fonio", "Fonio", everywhere],
  ["sigmamind", "SigmaMind", everywhere],
  ["modon", "Modon", everywhere],
  ["modon-sandbox", "Modon sandbox", pbxOnly],
  ["puretalk", "PureTalk", everywhere],
  ["puretalk-tcp", "PureTalk over TCP", pbxOnly],
  ["millis-us", "Millis, United States", everywhere],
  ["millis-eu", "Millis, Europe", everywhere],
  ["rapida", "Rapida", pbxOnly],
  ["smallest", "Smallest", pbxOnly],
  ["call2me", "Call2Me", pbxOnly],
  ["call2me-tcp", "Call2Me over TCP", pbxOnly],
  ["call2me-tls", "Call2Me over TLS", pbxOnly],
  ["revring", "RevRing", pbxOnly],
  ["x", "X", pbxOnly],
  ["openai", "OpenAI", pbxOnly],
  ["vogent", "Vogent", pbxOnly],
  ["omnidim.im", "OmniDim", pbxOnly],
  ["ringg", "Ringg", pbxOnly],
  ["ringg-tcp", "Ringg over TCP", pbxOnly],
  ["ringg-tls", "Ringg over TLS", pbxOnly],
  ["vomyra", "Vomyra", pbxOnly],
  ["telnyx", "Telnyx", pbxOnly],
  ["telnyx-udp", "Telnyx over UDP", pbxOnly],
  ["telnyx-tcp", "Telnyx over TCP", pbxOnly],
  ["telnyx-tls", "Telnyx over TLS", pbxOnly],
];

const transportOf = (key: string): Transport | null => {
  if (key.endsWith("-udp")) return "udp";
  if (key.endsWith("-tcp")) return "tcp";
  return key.endsWith("-tls") ? "tls" : null;
};

const providerOf = ([key, label, sources, credentials]: Row): Provider => ({
  key,
  label,
  transport: transportOf(key),
  address: "e164",
  credentials: { username: credentials ? "optional" : "not_seen", password: credentials === "both" ? "optional" : "not_seen" },
  sources,
  status: sources.includes("specification") ? "listed" : key.endsWith("-sandbox") ? "sandbox" : "observed",
});

export const providers: readonly Provider[] = rows.map(providerOf);

const byKey = new Map(providers.map((provider) => [provider.key, provider]));

export const findProvider = (key: string): Provider | null => byKey.get(key) ?? null;

export type ProviderKeyCheck =
  | { kind: "ok"; provider: Provider }
  | { kind: "unlisted"; message: string }
  | { kind: "invalid"; message: string };

/** Syntax is refused, an unlisted key only warned about: the platform knows providers that no page names. */
export const checkProviderKey = (key: string): ProviderKeyCheck => {
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(key)) {
    return { kind: "invalid", message: "A provider key begins with a lower-case letter or digit and holds only those, dots and hyphens." };
  }
  const provider = findProvider(key);
  if (provider !== null) return { kind: "ok", provider };
  return { kind: "unlisted", message: `“${key}” is not in the catalogue. Calls will work only if Cloudonix knows this provider.` };
};
