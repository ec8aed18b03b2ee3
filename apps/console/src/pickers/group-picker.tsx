/** Chooses a group of agents by name. */
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../api/trpc.ts";
import type { FieldWords } from "../components/field-frame.tsx";
import { Picker } from "../components/picker.tsx";
import { useSettled } from "./use-settled.ts";

const shownAtMost = 20;

type Props = FieldWords & { groupId: string | null; onChange: (groupId: string | null) => void; placeholder?: string; className?: string };

export const GroupPicker = ({ groupId, onChange, ...rest }: Props) => {
  const [text, setText] = useState("");
  const search = useSettled(text);
  const found = trpc.groups.list.useQuery({ limit: shownAtMost, search }, { placeholderData: keepPreviousData });
  const chosen = trpc.groups.get.useQuery({ id: groupId ?? "" }, { enabled: groupId !== null });
  const choices = (found.data?.items ?? []).map(({ id, name, members }) => ({
    id,
    label: name,
    more: members.length === 1 ? "1 member" : `${members.length} members`,
  }));
  const value =
    groupId === null ? null : (choices.find(({ id }) => id === groupId) ?? { id: groupId, label: chosen.data?.name ?? groupId });
  return (
    <Picker
      {...rest}
      value={value}
      onChange={(choice) => onChange(choice?.id ?? null)}
      choices={choices}
      isSearching={found.isFetching}
      onSearch={setText}
      emptyText="No group of that name."
    />
  );
};
