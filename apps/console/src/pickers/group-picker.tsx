/** Chooses a group of agents by name. */
import { trpc } from "../api/trpc.ts";
import { counted } from "../format/number.ts";
import { type ThingFieldProps, ThingPicker } from "./thing-picker.tsx";
import { useTyping } from "./use-typing.ts";

type Props = ThingFieldProps & { groupId: string | null; onChange: (groupId: string | null) => void };

export const GroupPicker = ({ groupId, ...rest }: Props) => {
  const { query, options, onSearch } = useTyping();
  const found = trpc.groups.list.useQuery(query, options);
  const chosen = trpc.groups.get.useQuery({ id: groupId ?? "" }, { enabled: groupId !== null });
  const choices = (found.data?.items ?? []).map(({ id, name, members }) => ({ id, label: name, more: counted(members.length, "member") }));
  const state = { id: groupId, name: chosen.data?.name, choices, isSearching: found.isFetching };
  return <ThingPicker {...rest} {...state} onSearch={onSearch} emptyText="No group of that name." />;
};
