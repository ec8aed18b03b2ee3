/** Chooses a person by name or address. */
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../api/trpc.ts";
import type { FieldWords } from "../components/field-frame.tsx";
import { Picker } from "../components/picker.tsx";
import { useSettled } from "./use-settled.ts";

const shownAtMost = 20;

type Props = FieldWords & { userId: string | null; onChange: (userId: string | null) => void; placeholder?: string; className?: string };

export const PersonPicker = ({ userId, onChange, ...rest }: Props) => {
  const [text, setText] = useState("");
  const search = useSettled(text);
  const found = trpc.users.list.useQuery({ limit: shownAtMost, search }, { placeholderData: keepPreviousData });
  const choices = (found.data?.items ?? []).map(({ id, email, name }) => ({ id, label: email, ...(name === null ? {} : { more: name }) }));
  const value = userId === null ? null : (choices.find(({ id }) => id === userId) ?? { id: userId, label: userId });
  return (
    <Picker
      {...rest}
      value={value}
      onChange={(choice) => onChange(choice?.id ?? null)}
      choices={choices}
      isSearching={found.isFetching}
      onSearch={setText}
      emptyText="Nobody of that name."
    />
  );
};
