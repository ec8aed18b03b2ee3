/** Chooses what becomes of a test call. */
import { type TestCallCourse, testCallCourses } from "@switchboard/routing/input/test-call";
import type { ComponentProps } from "react";

const words: Record<TestCallCourse, { label: string; what: string }> = {
  answered: { label: "Answered", what: "The first agent rings, answers and talks for a few seconds." },
  first_busy: { label: "First agent busy", what: "The first agent is busy, and you see the next one tried." },
  nobody_answers: { label: "Nobody answers", what: "Agents ring one after the other until the fallback takes the call." },
  caller_hangs_up: { label: "Caller hangs up", what: "The caller gives up while the first agent rings." },
};

/** Takes what a form registers a field with. */
export const CourseField = (field: ComponentProps<"input">) => (
  <fieldset>
    <legend className="mb-1.5 font-[550] text-ink-2">What happens</legend>
    <div className="overflow-clip rounded-lg border border-line">
      {testCallCourses.map((course) => (
        <label
          key={course}
          className="flex cursor-pointer gap-2.5 border-b border-line px-3 py-2 last:border-b-0 has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent"
        >
          <input type="radio" value={course} {...field} className="mt-0.5 accent-accent" />
          <span className="grid gap-0.5">
            <span className="font-[550]">{words[course].label}</span>
            <span className="text-ink-2">{words[course].what}</span>
          </span>
        </label>
      ))}
    </div>
  </fieldset>
);
