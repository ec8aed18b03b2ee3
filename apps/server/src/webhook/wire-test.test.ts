import { expect, test } from "vitest";
import { readInstruction } from "./wire-test.ts";

const dial = (action: string) => `<Response><Dial action="${action}" method="POST"><Number>+15550100101</Number></Dial></Response>`;

test.each(["https://calls.example", "https://calls.example/switchboard", "http://127.0.0.1:3000"])(
  "the result of a dial goes to our own door, whatever the public address %s has before it",
  (publicUrl) => {
    const instruction = readInstruction(dial(`${publicUrl}/api/webhooks/dial-result?s=k1.abc`));
    expect(instruction).toEqual({ verb: "dial", action: "/api/webhooks/dial-result?s=k1.abc" });
  },
);

test.each([
  ["busy", "busy"],
  ["congestion", "failed"],
  ["failed", "failed"],
])("a call rejected as %s ends as %s", (reason, end) => {
  expect(readInstruction(`<Response><Reject reason="${reason}"/></Response>`)).toEqual({ verb: "reject", end });
});
