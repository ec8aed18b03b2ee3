import { expect, test } from "vitest";
import { maskExchange } from "./masked-exchange.ts";

test("an exchange is shown without tokens, keys, signatures or the agents' credentials", () => {
  const target = {
    baseUrl: "http://127.0.0.1:9",
    publicUrl: "http://127.0.0.1:9",
    tenantKey: "secret-key",
    webhookToken: "secret-token",
    domain: "demo.example",
  };
  const shown = maskExchange(
    {
      purpose: "dial_result",
      request: {
        method: "POST",
        url: "http://127.0.0.1:9/api/webhooks/dial-result?s=secret-signature",
        headers: { authorization: "Bearer secret-token", "x-cx-apikey": "XIsecret", "user-agent": "Cloudonix/5.3" },
        body: '{"To":"+15550100001","at":"/voice-application/secret-key"}',
      },
      answer: {
        answer: {
          status: 200,
          contentType: "application/xml",
          body: '<Response><Dial action="https://lb.example.net/x?s=secret-two&amp;t=secret-three"><Service provider="vapi" username="secret-name" password="secret &quot;word">+1</Service></Dial></Response>',
        },
        failure: null,
      },
    },
    target,
  );
  expect(shown).not.toMatch(/secret/);
  expect(shown).toContain("+15550100001");
  expect(shown).toContain('provider="vapi"');
});
