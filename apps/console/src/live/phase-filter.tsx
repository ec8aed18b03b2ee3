/** All calls, or those of one phase, each with how many there are. */
import { type Phase, phases } from "./filter-calls.ts";

const words: Record<Phase, string> = { routing: "Routing", ringing: "Ringing", connected: "Connected", ended: "Ended" };

type Props = { counts: Record<Phase, number>; phase: Phase | null; onChange: (phase: Phase | null) => void };

export const PhaseFilter = ({ counts, phase, onChange }: Props) => {
  const all = phases.reduce((sum, each) => sum + counts[each], 0);
  const choices = [
    { value: null, label: "All", count: all },
    ...phases.map((value) => ({ value, label: words[value], count: counts[value] })),
  ];
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-1">
      <legend className="sr-only">Phase</legend>
      {choices.map(({ value, label, count }) => (
        <button
          key={label}
          type="button"
          aria-pressed={phase === value}
          onClick={() => onChange(value)}
          className="inline-flex min-h-8 items-center gap-1.5 rounded-md px-2.5 text-ink-2 hover:text-ink aria-pressed:bg-idle-soft aria-pressed:font-[550] aria-pressed:text-ink"
        >
          {label}
          <span className="num text-ink-3">{count}</span>
        </button>
      ))}
    </fieldset>
  );
};
