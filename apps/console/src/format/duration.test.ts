import { expect, test } from "vitest";
import { formatDuration } from "./duration.ts";

test.each([
  [0, "00:00"],
  [7.9, "00:07"],
  [252, "04:12"],
  [3_723, "1:02:03"],
  [360_000, "100:00:00"],
  [-5, "00:00"],
])("%d s reads %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
