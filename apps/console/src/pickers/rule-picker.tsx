/** Chooses a rule, inbound or outbound, by what it matches. */
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../api/trpc.ts";
import type { FieldWords } from "../components/field-frame.tsx";
import { Picker } from "../components/picker.tsx";
import { useRuleName } from "./use-rule-name.ts";
import { useSettled } from "./use-settled.ts";

/** Of each direction. */
const shownAtMost = 10;

type Props = FieldWords & { ruleId: string | null; onChange: (ruleId: string | null) => void; placeholder?: string; className?: string };

export const RulePicker = ({ ruleId, onChange, ...rest }: Props) => {
  const [text, setText] = useState("");
  const query = { limit: shownAtMost, search: useSettled(text) };
  const inbound = trpc.inboundRules.list.useQuery(query, { placeholderData: keepPreviousData });
  const outbound = trpc.outboundRules.list.useQuery(query, { placeholderData: keepPreviousData });
  const name = useRuleName(ruleId);
  const choices = [
    ...(inbound.data?.items ?? []).map(({ id, pattern }) => ({ id, label: pattern, more: "Inbound" })),
    ...(outbound.data?.items ?? []).map(({ id, prefix }) => ({ id, label: prefix ?? "*", more: "Outbound" })),
  ];
  const value = ruleId === null ? null : (choices.find(({ id }) => id === ruleId) ?? { id: ruleId, label: name });
  return (
    <Picker
      {...rest}
      value={value}
      onChange={(choice) => onChange(choice?.id ?? null)}
      choices={choices}
      isSearching={inbound.isFetching || outbound.isFetching}
      onSearch={setText}
      emptyText="No such rule."
    />
  );
};
