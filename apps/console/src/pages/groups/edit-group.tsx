/** The form of a group that is there already. */
import { FormProvider, useWatch } from "react-hook-form";
import type { Distribution, Group } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { useToasts } from "../../components/toasts.tsx";
import { EditForm } from "../../forms/edit-form.tsx";
import { useEditing } from "../../forms/use-editing.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { useUndo } from "../../forms/use-undo.ts";
import { GroupFields } from "./group-fields.tsx";
import { groupFieldsOf, groupForm, groupValuesOf, idsOf } from "./group-form.ts";
import { useMemberNames } from "./use-member-names.ts";

/** `isSettled`: the distribution is there, or can't be had. */
type Props = { group: Group; distribution: Distribution | null; isSettled: boolean };

export const EditGroup = ({ group, distribution, isSettled }: Props) => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  const undoOf = useUndo();
  const update = trpc.groups.update.useMutation();
  const form = useFormOf(groupForm, groupValuesOf(group));
  const memberIds = useWatch({ control: form.control, name: "members", compute: idsOf });
  const ids = [...new Set([...memberIds, ...idsOf(group.members)])];
  const names = useMemberNames(ids, distribution, isSettled);
  const editing = useEditing({
    form,
    item: group,
    valuesOf: groupValuesOf,
    save: (changed, { id, version }) => update.mutateAsync({ ...changed, id, version }),
    read: () => api.client.groups.get.query({ id: group.id }),
    onSaved: (saved) => {
      toasts.done(`“${saved.name}” is saved`, { undo: undoOf(saved.id) });
      api.groups.get.setData({ id: saved.id }, saved);
      void api.groups.invalidate();
      void api.agents.invalidate();
    },
  });
  const fields = groupFieldsOf((agentId) => names.get(agentId)?.name ?? agentId);
  return (
    <FormProvider {...form}>
      <EditForm label={`Group ${group.name}`} editing={editing} fields={fields} what="this group">
        <GroupFields saved={group.strategy} distribution={distribution} names={names} />
      </EditForm>
    </FormProvider>
  );
};
