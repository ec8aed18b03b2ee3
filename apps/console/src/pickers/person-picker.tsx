/** Chooses a person by name or address. */
import { trpc } from "../api/trpc.ts";
import { type ThingFieldProps, ThingPicker } from "./thing-picker.tsx";
import { useTyping } from "./use-typing.ts";

type Props = ThingFieldProps & { userId: string | null; onChange: (userId: string | null) => void };

export const PersonPicker = ({ userId, ...rest }: Props) => {
  const { query, options, onSearch } = useTyping();
  const found = trpc.users.list.useQuery(query, options);
  const choices = (found.data?.items ?? []).map(({ id, email, name }) => ({ id, label: email, ...(name === null ? {} : { more: name }) }));
  const state = { id: userId, name: undefined, choices, isSearching: found.isFetching };
  return <ThingPicker {...rest} {...state} onSearch={onSearch} emptyText="Nobody of that name." />;
};
