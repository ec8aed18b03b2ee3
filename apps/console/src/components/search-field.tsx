/** The search of a page, reached by `/`; it asks when the typing pauses. */
import { useEffect, useState } from "react";
import { inputLook } from "./field-frame.tsx";

const pauseMs = 250;

type Props = { label: string; value: string; onSearch: (text: string) => void };

export const SearchField = ({ label, value, onSearch }: Props) => {
  const [text, setText] = useState(value);
  const [asked, setAsked] = useState(value);
  // The address changed by other means: back, or a link.
  if (value !== asked) {
    setAsked(value);
    setText(value);
  }
  useEffect(() => {
    if (text === asked) return;
    const timer = setTimeout(() => {
      setAsked(text);
      onSearch(text);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text, asked, onSearch]);
  return (
    <div className="relative w-full sm:w-64">
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
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
