/** Chooses one of the tenant's things by name; what is chosen has its name also when it is not among those found. */
import type { FieldWords } from "../components/field-frame.tsx";
import { type Choice, Picker } from "../components/picker.tsx";

export type ThingFieldProps = FieldWords & { placeholder?: string; className?: string };

type Props = ThingFieldProps & {
  id: string | null;
  /** Of what is chosen, as far as it is known. */
  name: string | undefined;
  choices: readonly Choice[];
  isSearching: boolean;
  onSearch: (text: string) => void;
  onChange: (id: string | null) => void;
  emptyText: string;
};

export const ThingPicker = ({ id, name, choices, onChange, ...rest }: Props) => {
  const value = id === null ? null : (choices.find((choice) => choice.id === id) ?? { id, label: name ?? id });
  return <Picker {...rest} value={value} choices={choices} onChange={(choice) => onChange(choice?.id ?? null)} />;
};
