import { expect, test } from "vitest";
import { checkProviderKey, findProvider, providers } from "./provider-catalogue.ts";

const specified =
  "synthflow dasha superdash.ai 11labs ultravox relayhawk voicehub retell retell-udp retell-tcp retell-tls vapi fonio sigmamind modon puretalk millis-us millis-eu";
const observed =
  "elevenlabs deepvox deepvox-sandbox vapi-udp vapi-noproxy modon-sandbox puretalk-tcp rapida smallest call2me call2me-tcp call2me-tls revring x openai vogent omnidim.im ringg ringg-tcp ringg-tls vomyra telnyx telnyx-udp telnyx-tcp telnyx-tls";

test("every provider of the specification is listed, every other one that was seen is observed", () => {
  expect(
    providers
      .filter(({ status }) => status === "listed")
      .map(({ key }) => key)
      .sort(),
  ).toEqual(specified.split(" ").sort());
  expect(
    providers
      .filter(({ status }) => status !== "listed")
      .map(({ key }) => key)
      .sort(),
  ).toEqual(observed.split(" ").sort());
  expect(new Set(providers.map(({ key }) => key)).size).toBe(providers.length);
});

test("every listed key passes its own check, with its label and the transport that its name chooses", () => {
  for (const provider of providers) expect(checkProviderKey(provider.key)).toEqual({ kind: "ok", provider });
  expect(findProvider("retell-tls")).toMatchObject({ transport: "tls", label: "Retell over TLS" });
  expect(findProvider("vapi")?.transport).toBeNull();
  expect(findProvider("nobody")).toBeNull();
});

test("an unlisted key is allowed with a warning, one that can't be a key refused", () => {
  expect(checkProviderKey("brand-new.ai").kind).toBe("unlisted");
  for (const key of ["", "Vapi", "-x", ".x", "a b", "a_b", 'a"']) expect(checkProviderKey(key).kind).toBe("invalid");
});
