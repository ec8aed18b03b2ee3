/** Which stretch of time a list shows; one's own by two moments in the person's zone. */
import { fromFieldText, rangeOf, rangeWords, type TimeChoice, type TimeRange, timeRanges, toFieldText } from "../format/time-range.ts";
import { CompactSelect } from "./compact-select.tsx";

type MomentProps = { label: string; at: string | undefined; onChange: (at: string | undefined) => void };

const Moment = ({ label, at, onChange }: MomentProps) => (
  <label className="inline-flex items-center gap-1.5 text-ink-2">
    {label}
    <input
      type="datetime-local"
      defaultValue={toFieldText(at)}
      key={at ?? ""}
      onBlur={(event) => {
        const next = fromFieldText(event.target.value);
        if (next !== at) onChange(next);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
      className="num min-h-8 rounded-md border border-line-strong bg-panel px-2 text-ink"
    />
  </label>
);

type Props = {
  choice: TimeChoice;
  /** What is shown where nothing is chosen; any time when it isn't given. */
  otherwise?: TimeRange;
  onChange: (choice: TimeChoice) => void;
};

const options = timeRanges.map((value) => ({ value, label: rangeWords[value] }));
const optionsOrAny = [{ value: "", label: "Any time" }, ...options];

export const TimeRangeField = ({ choice, otherwise, onChange }: Props) => {
  const { after, before } = choice;
  const range = rangeOf(choice) ?? otherwise ?? null;
  return (
    <>
      <CompactSelect
        label="Time"
        value={range ?? ""}
        options={otherwise === undefined ? optionsOrAny : options}
        onChange={(value) => onChange({ range: timeRanges.find((each) => each === value), after: undefined, before: undefined })}
      />
      {range === "custom" && (
        <>
          <Moment label="From" at={after} onChange={(next) => onChange({ range: "custom", after: next, before })} />
          <Moment label="to" at={before} onChange={(next) => onChange({ range: "custom", after, before: next })} />
        </>
      )}
    </>
  );
};
