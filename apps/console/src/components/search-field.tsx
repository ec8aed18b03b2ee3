/** The search of a page, reached by `/`; it asks when the typing pauses. */
import { useTyped } from "../browser/use-typed.ts";
import { inputLook } from "./field-frame.tsx";

const pauseMs = 250;

type Props = { label: string; value: string; onSearch: (text: string) => void };

export const SearchField = ({ label, value, onSearch }: Props) => {
  const { typed: text, setTyped: setText, tellNow } = useTyped({ told: value, tell: onSearch, pauseMs });
  return (
    <div className="relative w-full sm:w-64">
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
        // Whoever goes on at once, to a filter or to a row, is not overtaken by what was typed before.
        onBlur={tellNow}
        className={`${inputLook} min-h-8 py-1 pr-8 text-sm`}
      />
      {text === "" && (
        <kbd
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 rounded border border-line-2 px-1 font-mono text-[11px] text-ink-3"
        >
          /
        </kbd>
      )}
    </div>
  );
};
