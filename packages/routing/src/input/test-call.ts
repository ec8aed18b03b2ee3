/** What an operator asks of a test call: who is called, by whom, and what the agents do. */
import { z } from "zod";
import { textInput } from "./text.ts";

/** How the agents behave that the call is handed to. */
export const testCallCourses = ["answered", "first_busy", "nobody_answers", "caller_hangs_up"] as const;
export type TestCallCourse = (typeof testCallCourses)[number];

export const testCallInput = z.strictObject({
  to: textInput(64).describe("The number that is called."),
  from: z.string().trim().max(64, "At most 64 characters.").default("").describe("The caller; empty: withheld."),
  course: z
    .enum(testCallCourses)
    .default("answered")
    .describe("What becomes of it: the first agent answers, is busy, nobody answers, or the caller hangs up while it rings."),
});
export type TestCallInput = z.output<typeof testCallInput>;
