import { expect, test } from "vitest";
import { parseCommandLine } from "./command-line.ts";

test("flags override the profile, and a flag given again wins", () => {
  expect(
    parseCommandLine(["--first-run", "a", "--first-run", "b", "--profile", "chaos", "--calls", "2000", "--rate", "100", "--to", "+1, +2"]),
  ).toMatchObject({
    profile: { name: "chaos" },
    calls: 2000,
    ratePerSecond: 100,
    firstRunPath: "b",
    to: ["+1", "+2"],
    url: null,
  });
  expect(parseCommandLine([])).toMatchObject({ profile: { name: "steady" }, calls: 200, ratePerSecond: 20 });
  expect(parseCommandLine(["--help"])).toBeNull();
});

test.each([
  [["--profile", "quiet"], /no profile "quiet"; there are steady, failover, chaos, thousand/],
  [["--calls", "0"], /--calls must be a whole number/],
  [["--calls", "1e9"], /--calls must be a whole number/],
  [["--rate", "fast"], /--rate must be a number/],
  [["--url", "example.net"], /--url must be an http/],
  [["--to", ","], /--to needs a number/],
  [["--colour"], /colour/],
])("%j is refused with the reason", (args, reason) => {
  expect(() => parseCommandLine(args)).toThrow(reason);
});
