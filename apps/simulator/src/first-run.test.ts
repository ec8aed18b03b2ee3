import { expect, test } from "vitest";
import { parseFirstRun } from "./first-run.ts";
import { reachableUrl, targetOf, voiceUrl } from "./target.ts";

const written = {
  url: "http://127.0.0.1:3100",
  tenantKey: "k1",
  domain: "demo.example",
  webhookToken: "t1",
  webhooks: {
    voiceApplication: "https://lb.example.net/api/webhooks/voice-application/k1",
    sessionUpdate: "https://lb.example.net/api/webhooks/session-update/k1",
    cdr: "https://lb.example.net/api/webhooks/cdr/k1",
  },
  admin: { email: "admin@demo.example", password: "p" },
};

test("the file of a first start says where to call and with what", () => {
  const target = targetOf(parseFirstRun(JSON.stringify(written)));
  expect(voiceUrl(target)).toBe("http://127.0.0.1:3100/api/webhooks/voice-application/k1");
  expect(target).toMatchObject({ webhookToken: "t1", domain: "demo.example" });
});

test("an action under the public address is called where Switchboard is reached, any other as it stands", () => {
  const target = targetOf(parseFirstRun(JSON.stringify(written)), "http://127.0.0.1:9/");
  expect(reachableUrl(target, "https://lb.example.net/a?s=1&t=%20")).toBe("http://127.0.0.1:9/a?s=1&t=%20");
  expect(reachableUrl(target, "https://elsewhere.example/a?s=1")).toBe("https://elsewhere.example/a?s=1");
});

test.each([
  ["not JSON", "{"],
  ["another file", "{}"],
  ["a secret missing", JSON.stringify({ ...written, webhookToken: undefined })],
])("a file that is %s is refused in words that hold no secret", (_name, text) => {
  expect(() => parseFirstRun(text)).toThrow(/^The first-run file is not/);
  expect(() => parseFirstRun(text)).not.toThrow(/k1|t1/);
});
