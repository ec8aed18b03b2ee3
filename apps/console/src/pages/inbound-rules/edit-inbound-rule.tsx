/** The form of an inbound rule that is there already. */
import { useMemo } from "react";
import { FormProvider } from "react-hook-form";
import type { InboundRule } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { useToasts } from "../../components/toasts.tsx";
import { phraseOfPattern, textOfPhrase } from "../../format/pattern-words.ts";
import { EditForm } from "../../forms/edit-form.tsx";
import { useEditing } from "../../forms/use-editing.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { useUndo } from "../../forms/use-undo.ts";
import type { UnsavedChange } from "../../simulator/simulated-call.ts";
import { DeleteRule } from "../rules/delete-rule.tsx";
import { useUnsaved } from "../rules/use-unsaved.ts";
import { InboundRuleFields } from "./inbound-rule-fields.tsx";
import { type InboundRuleOutput, inboundRuleForm, inboundValuesOf } from "./inbound-rule-form.ts";
import { useInboundWords } from "./use-inbound-words.ts";

type Props = { rule: InboundRule; country: string | null; onUnsaved: (change: UnsavedChange) => void; onGone: () => Promise<void> };

const useRuleEditing = ({ rule, country, onUnsaved }: Omit<Props, "onGone">) => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  const undoOf = useUndo();
  const update = trpc.inboundRules.update.useMutation();
  const schema = useMemo(() => inboundRuleForm(country), [country]);
  const form = useFormOf(schema, inboundValuesOf(rule));
  const editing = useEditing({
    form,
    item: rule,
    valuesOf: inboundValuesOf,
    save: (changed, { id, version }) => {
      // The two halves of a target are changed together.
      const { targetType, targetId } = form.getValues();
      const target = changed.targetId === undefined && changed.targetType === undefined ? {} : { targetType, targetId };
      return update.mutateAsync({ ...changed, ...target, id, version });
    },
    read: () => api.client.inboundRules.get.query({ id: rule.id }),
    onSaved: (saved) => {
      toasts.done("The rule is saved", { undo: undoOf(saved.id) });
      api.inboundRules.get.setData({ id: saved.id }, saved);
      void api.inboundRules.invalidate();
    },
  });
  const draftOf = (output: InboundRuleOutput): UnsavedChange => ({
    kind: "ready",
    draft: { inboundRules: [{ ...output, id: rule.id }] },
  });
  useUnsaved({ control: form.control, isChanged: editing.isChanged, schema, draftOf, onUnsaved });
  return { form, editing };
};

const Delete = ({ rule, country, onGone }: Omit<Props, "onUnsaved">) => {
  const api = trpc.useUtils();
  const remove = trpc.inboundRules.delete.useMutation();
  const onDeleted = async () => {
    await onGone();
    await api.inboundRules.invalidate();
  };
  return (
    <DeleteRule
      id={rule.id}
      name={textOfPhrase(phraseOfPattern(rule.pattern, country))}
      remove={() => remove.mutateAsync({ id: rule.id })}
      onDeleted={onDeleted}
    />
  );
};

export const EditInboundRule = (props: Props) => {
  const { form, editing } = useRuleEditing(props);
  return (
    <>
      <FormProvider {...form}>
        <EditForm label="The rule" editing={editing} fields={useInboundWords()} what="this rule">
          <InboundRuleFields />
        </EditForm>
      </FormProvider>
      <Delete {...props} />
    </>
  );
};
