/** What is known of a provider, for whoever fills in an agent. */
import type { Provider } from "@switchboard/routing/provider-catalogue";

const transportWords = ({ transport }: Provider): string =>
  transport === null ? "Cloudonix chooses the transport." : `Reached over ${transport.toUpperCase()}.`;

const statusWords = ({ status }: Provider): string => {
  switch (status) {
    case "listed":
      return "";
    case "observed":
      return " Seen in use, though Cloudonix’s specification does not list it.";
    case "sandbox":
      return " The provider’s test system.";
  }
};

export const providerWords = (provider: Provider): string => `${provider.label}. ${transportWords(provider)}${statusWords(provider)}`;

/** Hints, not rules: no page says that a provider requires them. */
export const credentialWords = (provider: Provider | null): string => {
  if (provider === null) return "Optional.";
  const { username, password } = provider.credentials;
  if (username === "not_seen" && password === "not_seen")
    return `None have been seen in use with ${provider.label}. Leave them empty unless told otherwise.`;
  if (password === "not_seen") return `${provider.label} takes a username, optionally; no password has been seen in use.`;
  return `Optional with ${provider.label}.`;
};
