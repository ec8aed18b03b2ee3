import type { FallbackInput } from "@switchboard/routing/input/fallback";
import { expect, test } from "vitest";
import { fallbackWords } from "./fallback-words.ts";

const spelling = { level: "rule", targetName: "Ava", formatNumber: (number: string) => `<${number}>` } as const;

test.each<[FallbackInput, string]>([
  [null, "What the group says, else the tenant"],
  [{ type: "voice_agent", targetId: "agt_1" }, "To the agent Ava"],
  [{ type: "agent_group", targetId: "grp_1" }, "To the group Ava"],
  [{ type: "number", number: "+442079460018" }, "To <+442079460018>"],
  [{ type: "number", number: "+442079460018", trunks: ["a", "b"] }, "To <+442079460018> over a, then b"],
  [{ type: "sip", uri: "sip:desk@example.com" }, "To sip:desk@example.com"],
  [{ type: "message", text: "Call again." }, "Says “Call again.”, then hangs up"],
  [{ type: "reject", reason: "busy" }, "Rejects the call: busy"],
  [{ type: "hangup" }, "Hangs up"],
])("%j reads as a sentence", (fallback, words) => {
  expect(fallbackWords(fallback, spelling)).toBe(words);
});

test("nothing chosen names whoever decides instead", () => {
  expect(fallbackWords(null, { ...spelling, level: "group" })).toBe("What the tenant says");
  expect(fallbackWords(null, { ...spelling, level: "tenant" })).toBe("Busy when everybody is full, otherwise hang up");
});
