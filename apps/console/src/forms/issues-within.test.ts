import { expect, test } from "vitest";
import { issuesWithin } from "./issues-within.ts";

test("each issue stands under the part that it is about, one about the whole under nothing", () => {
  const tooLong = { type: "too_big", message: "At most 64 characters." };
  expect(issuesWithin({ number: { type: "server", message: "Not a number." }, trunks: [undefined, tooLong] })).toEqual({
    number: "Not a number.",
    "trunks.1": "At most 64 characters.",
  });
  expect(issuesWithin({ type: "server", message: "This leads in a circle." })).toEqual({ "": "This leads in a circle." });
  expect(issuesWithin(undefined)).toEqual({});
});

test("a list's own issue is not lost", () => {
  expect(issuesWithin({ trunks: { type: "too_small", message: "A rule needs a trunk." } })).toEqual({ trunks: "A rule needs a trunk." });
});
