/** The form of an outbound rule that is there already. */
import { useMemo } from "react";
import { FormProvider } from "react-hook-form";
import type { OutboundRule } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { useToasts } from "../../components/toasts.tsx";
import { EditForm } from "../../forms/edit-form.tsx";
import { useEditing } from "../../forms/use-editing.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { useUndo } from "../../forms/use-undo.ts";
import type { UnsavedChange } from "../../simulator/simulated-call.ts";
import { DeleteRule } from "../rules/delete-rule.tsx";
import { useUnsaved } from "../rules/use-unsaved.ts";
import { OutboundRuleFields } from "./outbound-rule-fields.tsx";
import { type OutboundRuleOutput, outboundRuleForm, outboundValuesOf } from "./outbound-rule-form.ts";
import { outboundFields, outboundName } from "./outbound-words.ts";

type Props = { rule: OutboundRule; country: string | null; onUnsaved: (change: UnsavedChange) => void; onGone: () => Promise<void> };

const useRuleEditing = ({ rule, country, onUnsaved }: Omit<Props, "onGone">) => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  const undoOf = useUndo();
  const update = trpc.outboundRules.update.useMutation();
  const schema = useMemo(() => outboundRuleForm(country), [country]);
  const form = useFormOf(schema, outboundValuesOf(rule));
  const editing = useEditing({
    form,
    item: rule,
    valuesOf: outboundValuesOf,
    save: (changed, { id, version }) => update.mutateAsync({ ...changed, id, version }),
    read: () => api.client.outboundRules.get.query({ id: rule.id }),
    onSaved: (saved) => {
      toasts.done("The rule is saved", { undo: undoOf(saved.id) });
      api.outboundRules.get.setData({ id: saved.id }, saved);
      void api.outboundRules.invalidate();
    },
  });
  const draftOf = (output: OutboundRuleOutput): UnsavedChange => ({
    kind: "ready",
    draft: { outboundRules: [{ ...output, id: rule.id }] },
  });
  useUnsaved({ control: form.control, isChanged: editing.isChanged, schema, draftOf, onUnsaved });
  return { form, editing };
};

const Delete = ({ rule, country, onGone }: Omit<Props, "onUnsaved">) => {
  const api = trpc.useUtils();
  const remove = trpc.outboundRules.delete.useMutation();
  const onDeleted = async () => {
    await onGone();
    await api.outboundRules.invalidate();
  };
  return (
    <DeleteRule id={rule.id} name={outboundName(rule, country)} remove={() => remove.mutateAsync({ id: rule.id })} onDeleted={onDeleted} />
  );
};

export const EditOutboundRule = (props: Props) => {
  const { form, editing } = useRuleEditing(props);
  return (
    <>
      <FormProvider {...form}>
        <EditForm label="The rule" editing={editing} fields={outboundFields} what="this rule">
          <OutboundRuleFields />
        </EditForm>
      </FormProvider>
      <Delete {...props} />
    </>
  );
};
