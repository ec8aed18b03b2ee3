import { expect, test } from "vitest";
import { boundsOf, fromFieldText, rangeOf, toFieldText } from "./time-range.ts";

const now = Date.parse("2026-03-04T12:34:56.789Z");

test("a range that ends now begins at or a little before its length ago, and stays the same for a while", () => {
  expect(boundsOf({ range: "hour" }, now)).toEqual({ after: "2026-03-04T11:34:00.000Z" });
  expect(boundsOf({ range: "day" }, now)).toEqual({ after: "2026-03-03T12:30:00.000Z" });
  expect(boundsOf({ range: "day" }, now + 60_000)).toEqual(boundsOf({ range: "day" }, now));
  expect(boundsOf({ range: "month" }, now)).toEqual({ after: "2026-02-02T12:00:00.000Z" });
});

test("a range of one's own has the ends that are given, also where a link names no range; none is all time", () => {
  const after = "2026-03-01T00:00:00Z";
  expect(boundsOf({ range: "custom", after }, now)).toEqual({ after });
  expect(boundsOf({ after, before: after }, now)).toEqual({ after, before: after });
  expect(boundsOf({ range: "week", after: "2020-01-01T00:00:00Z" }, now)).toEqual({ after: "2026-02-25T12:00:00.000Z" });
  expect([rangeOf({}), rangeOf({ before: after })]).toEqual([null, "custom"]);
  expect(boundsOf({}, now)).toEqual({});
});

test("a moment is typed in the person's zone and comes back to the minute", () => {
  const at = "2026-03-04T12:34:00.000Z";
  expect(fromFieldText(toFieldText(at))).toBe(at);
  expect([toFieldText(undefined), fromFieldText(""), fromFieldText("soon")]).toEqual(["", undefined, undefined]);
});
