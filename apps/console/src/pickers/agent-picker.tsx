/** Chooses a voice agent by name. */
import { trpc } from "../api/trpc.ts";
import { type ThingFieldProps, ThingPicker } from "./thing-picker.tsx";
import { useTyping } from "./use-typing.ts";

type Props = ThingFieldProps & { agentId: string | null; onChange: (agentId: string | null) => void };

export const AgentPicker = ({ agentId, ...rest }: Props) => {
  const { query, options, onSearch } = useTyping();
  const found = trpc.agents.list.useQuery(query, options);
  const chosen = trpc.agents.get.useQuery({ id: agentId ?? "" }, { enabled: agentId !== null });
  const choices = (found.data?.items ?? []).map(({ id, name, provider }) => ({ id, label: name, more: provider }));
  const state = { id: agentId, name: chosen.data?.name, choices, isSearching: found.isFetching };
  return <ThingPicker {...rest} {...state} onSearch={onSearch} emptyText="No agent of that name." />;
};
