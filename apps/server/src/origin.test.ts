import { expect, test } from "vitest";
import { isAllowedOrigin } from "./origin.ts";

const publicUrl = "https://voice.example.com";

test.each([
  [undefined, "localhost:3000", true],
  ["http://localhost:3000", "localhost:3000", true],
  ["http://localhost:3000", "LOCALHOST:3000", true],
  ["https://voice.example.com", "10.0.0.7:3000", true],
  ["http://voice.example.com", "10.0.0.7:3000", false],
  ["https://voice.example.com.evil.test", "voice.example.com", false],
  ["https://evil.test", "voice.example.com", false],
  ["http://localhost:3001", "localhost:3000", false],
  ["null", "localhost:3000", false],
  ["", "localhost:3000", false],
])("a socket from %s to %s: allowed %s", (origin, host, allowed) => {
  expect(isAllowedOrigin({ origin, host, publicUrl })).toBe(allowed);
});
