/** Chooses one of many by typing: the server is asked for what matches, so ten thousand are as easy as ten. */
import { Combobox } from "@base-ui/react/combobox";
import { Check, ChevronDown } from "lucide-react";
import { FieldFrame, type FieldWords, inputLook } from "./field-frame.tsx";

export type Choice = { id: string; label: string /** Told beside the name, in small. */; more?: string };

type Props = FieldWords & {
  className?: string;
  /** What is chosen, with its name, or nothing. */
  value: Choice | null;
  onChange: (choice: Choice | null) => void;
  /** What matches the typing, as far as it is known. */
  choices: readonly Choice[];
  isSearching: boolean;
  onSearch: (text: string) => void;
  placeholder?: string;
  /** Instead of "Nothing of that name." */
  emptyText?: string;
};

type Details = { reason: string; cancel: () => void; allowPropagation: () => void };

/** The list being closed, Escape would take away what was chosen; it is meant for what the field stands in. */
const isEscape = (details: Details): boolean => {
  if (details.reason !== "escape-key") return false;
  details.cancel();
  details.allowPropagation();
  return true;
};

export const Picker = ({ value, onChange, choices, isSearching, onSearch, placeholder, emptyText, ...words }: Props) => {
  // What is chosen stays in the list while other results come in.
  const items = value === null || choices.some(({ id }) => id === value.id) ? choices : [value, ...choices];
  return (
    <FieldFrame {...words}>
      {(ids) => (
        <Combobox.Root
          items={items}
          value={value}
          onValueChange={(choice, details) => (isEscape(details) ? undefined : onChange(choice))}
          itemToStringLabel={(choice: Choice) => choice.label}
          isItemEqualToValue={(a: Choice, b: Choice) => a.id === b.id}
          filter={null}
          onInputValueChange={(text, details) => {
            const { reason } = details;
            if (isEscape(details)) return;
            if (reason === "input-change" || reason === "input-clear") onSearch(text);
          }}
          onOpenChange={(isOpen) => isOpen && onSearch("")}
        >
          <Combobox.InputGroup className="relative">
            <Combobox.Input {...ids} placeholder={placeholder} className={`${inputLook} pr-8`} />
            <Combobox.Trigger
              aria-label={`Show ${words.label}`}
              className="absolute inset-y-0 right-0 grid w-8 place-items-center text-ink-3"
            >
              <ChevronDown size={14} aria-hidden />
            </Combobox.Trigger>
          </Combobox.InputGroup>
          <Combobox.Portal>
            <Combobox.Positioner className="z-40 outline-none" sideOffset={4}>
              <Combobox.Popup
                aria-busy={isSearching || undefined}
                className="max-h-[min(var(--available-height),320px)] w-[var(--anchor-width)] overflow-y-auto rounded-md border border-line-2 bg-panel py-1 text-ink shadow-float"
              >
                <Combobox.Status className="px-2.5 text-ink-3">{isSearching && items.length === 0 ? "Searching…" : null}</Combobox.Status>
                <Combobox.Empty className="px-2.5 text-ink-3">{isSearching ? null : (emptyText ?? "Nothing of that name.")}</Combobox.Empty>
                <Combobox.List>
                  {(choice: Choice) => (
                    <Combobox.Item
                      key={choice.id}
                      value={choice}
                      className="flex min-h-8 cursor-default items-center gap-2 px-2.5 py-1 outline-none data-highlighted:bg-accent-soft"
                    >
                      <span className="min-w-0 flex-1 truncate">{choice.label}</span>
                      {choice.more !== undefined && <span className="text-xs text-ink-3">{choice.more}</span>}
                      <Combobox.ItemIndicator>
                        <Check size={13} aria-hidden />
                      </Combobox.ItemIndicator>
                    </Combobox.Item>
                  )}
                </Combobox.List>
              </Combobox.Popup>
            </Combobox.Positioner>
          </Combobox.Portal>
        </Combobox.Root>
      )}
    </FieldFrame>
  );
};
