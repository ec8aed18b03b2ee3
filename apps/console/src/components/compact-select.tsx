/** A choice of a few above a list: its name is said, not shown, since its first option says what it is about. */
import { ChevronDown } from "lucide-react";
import { useId } from "react";
import type { Option } from "./select-field.tsx";

type Props = { label: string; value: string; options: readonly Option[]; onChange: (value: string) => void };

export const CompactSelect = ({ label, value, options, onChange }: Props) => {
  const id = useId();
  return (
    <span className="relative inline-grid">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`min-h-8 appearance-none rounded-md border bg-panel py-1 pr-7 pl-2.5 hover:border-line-strong ${value === "" ? "border-line-2 text-ink-2" : "border-line-strong font-[550] text-ink"}`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={13} aria-hidden className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-ink-3" />
    </span>
  );
};
