/** Chooses a rule, inbound or outbound, by what it matches. */
import { trpc } from "../api/trpc.ts";
import { type ThingFieldProps, ThingPicker } from "./thing-picker.tsx";
import { useRuleName } from "./use-rule-name.ts";
import { useTyping } from "./use-typing.ts";

type Props = ThingFieldProps & { ruleId: string | null; onChange: (ruleId: string | null) => void };

export const RulePicker = ({ ruleId, ...rest }: Props) => {
  const { query, options, onSearch } = useTyping();
  const inbound = trpc.inboundRules.list.useQuery(query, options);
  const outbound = trpc.outboundRules.list.useQuery(query, options);
  const name = useRuleName(ruleId);
  const choices = [
    ...(inbound.data?.items ?? []).map(({ id, pattern }) => ({ id, label: pattern, more: "Inbound" })),
    ...(outbound.data?.items ?? []).map(({ id, prefix }) => ({ id, label: prefix ?? "*", more: "Outbound" })),
  ];
  const state = { id: ruleId, name, choices, isSearching: inbound.isFetching || outbound.isFetching };
  return <ThingPicker {...rest} {...state} onSearch={onSearch} emptyText="No such rule." />;
};
