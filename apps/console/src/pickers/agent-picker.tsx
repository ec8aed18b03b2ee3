/** Chooses a voice agent by name. */
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../api/trpc.ts";
import type { FieldWords } from "../components/field-frame.tsx";
import { Picker } from "../components/picker.tsx";
import { useSettled } from "./use-settled.ts";

const shownAtMost = 20;

type Props = FieldWords & { agentId: string | null; onChange: (agentId: string | null) => void; placeholder?: string; className?: string };

export const AgentPicker = ({ agentId, onChange, ...rest }: Props) => {
  const [text, setText] = useState("");
  const search = useSettled(text);
  const found = trpc.agents.list.useQuery({ limit: shownAtMost, search }, { placeholderData: keepPreviousData });
  const chosen = trpc.agents.get.useQuery({ id: agentId ?? "" }, { enabled: agentId !== null });
  const choices = (found.data?.items ?? []).map(({ id, name, provider }) => ({ id, label: name, more: provider }));
  const value =
    agentId === null ? null : (choices.find(({ id }) => id === agentId) ?? { id: agentId, label: chosen.data?.name ?? agentId });
  return (
    <Picker
      {...rest}
      value={value}
      onChange={(choice) => onChange(choice?.id ?? null)}
      choices={choices}
      isSearching={found.isFetching}
      onSearch={setText}
      emptyText="No agent of that name."
    />
  );
};
