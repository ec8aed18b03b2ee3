/** What a list is narrowed down to, each taken away by itself, or all at once. */
import { X } from "lucide-react";
import type { ReactNode } from "react";

export type Chip = { id: string; label: string; value: ReactNode; onRemove: () => void };

export const FilterChips = ({ chips, onClear }: { chips: readonly Chip[]; onClear: () => void }) =>
  chips.length === 0 ? null : (
    <ul aria-label="Filters that are set" className="mb-3 flex flex-wrap items-center gap-1.5">
      {chips.map(({ id, label, value, onRemove }) => (
        <li key={id} className="inline-flex min-h-7 items-center gap-1 rounded-md bg-idle-soft pl-2">
          <span className="text-ink-2">{label}</span> <span className="font-[550]">{value}</span>
          <button
            type="button"
            aria-label={`Remove the filter ${label}`}
            onClick={onRemove}
            className="grid size-7 place-items-center rounded-md text-ink-3 hover:text-ink"
          >
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <button type="button" onClick={onClear} className="min-h-7 px-1.5 text-ink-2 underline hover:text-ink">
          Clear all
        </button>
      </li>
    </ul>
  );
