/** A text field that offers what is known, and takes everything else as well. */
import { Autocomplete } from "@base-ui/react/autocomplete";
import { useState } from "react";
import { FieldFrame, type FieldWords, inputLook } from "./field-frame.tsx";

export type Suggestion = { id: string; text: string /** Told beside it, in small. */; more: string };

type Props = FieldWords & {
  className?: string;
  value: string;
  onChange: (text: string) => void;
  suggestions: readonly Suggestion[];
  placeholder?: string;
  maxLength?: number;
};

const Offered = () => (
  <Autocomplete.Portal>
    <Autocomplete.Positioner className="z-40 outline-none" sideOffset={4}>
      <Autocomplete.Popup className="max-h-[min(var(--available-height),320px)] w-[var(--anchor-width)] min-w-[220px] overflow-y-auto rounded-md border border-line-2 bg-panel py-1 text-ink shadow-float">
        <Autocomplete.List>
          {({ id, text, more }: Suggestion) => (
            <Autocomplete.Item
              key={id}
              value={{ id, text, more }}
              className="grid min-h-8 cursor-default content-center px-2.5 py-1 outline-none data-highlighted:bg-accent-soft"
            >
              <span className="truncate">{text}</span>
              <span className="truncate text-xs text-ink-3">{more}</span>
            </Autocomplete.Item>
          )}
        </Autocomplete.List>
      </Autocomplete.Popup>
    </Autocomplete.Positioner>
  </Autocomplete.Portal>
);

/** What is typed narrows them down; while nothing fits the list is closed, or the page behind it would be out of reach. */
const fitting = (suggestions: readonly Suggestion[], typed: string): readonly Suggestion[] =>
  suggestions.filter(({ text }) => text.toLowerCase().includes(typed.trim().toLowerCase()));

export const SuggestField = ({ value, onChange, suggestions, placeholder, maxLength, ...words }: Props) => {
  const [isOpen, setOpen] = useState(false);
  const offered = fitting(suggestions, value);
  return (
    <FieldFrame {...words}>
      {(ids) => (
        <Autocomplete.Root
          items={offered}
          filter={null}
          value={value}
          itemToStringValue={({ text }: Suggestion) => text}
          openOnInputClick
          open={isOpen && offered.length > 0}
          onOpenChange={setOpen}
          onValueChange={(text, details) => {
            // The list being closed, Escape would empty the field; it is meant for what the field stands in.
            if (details.reason === "escape-key") {
              details.cancel();
              details.allowPropagation();
            } else onChange(text);
          }}
        >
          <Autocomplete.Input {...ids} placeholder={placeholder} maxLength={maxLength} autoComplete="off" className={inputLook} />
          <Offered />
        </Autocomplete.Root>
      )}
    </FieldFrame>
  );
};
